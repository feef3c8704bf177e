"""Official documents as Nghị định 30/2020/NĐ-CP, Phụ lục I, lays them out, as DOCX and as PDF.

Say what the document holds (`layout.OfficialDocument`), get its bytes (`writing.write`): where each
part stands, how large and how bold, is decided here and nowhere else.
"""
