"""What the reader must find wrong in the five source documents, and nothing else, in their order.

Each: the code, words of the place as printed, and why it is wrong. Decided by reading the documents.
"""

EXPECTED: dict[str, list[tuple[str, str, str]]] = {
    "000": [
        ("term", "25-NQ/TW", "of term XI, on this subject; the text says VIII"),
        ("number", "16-CT-TTg", "16/CT-TTg further on"),
        ("kind", "04/2015-NQ-CP", "a decree with the sign of a resolution; 04/2015/NĐ-CP further on"),
        ("date", "19-NQ/TW", "18 and 19-NQ/TW are of October 2017, the text says January"),
        ("quote", "“Một số vấn đề", "the title ends at “; về” without a closing mark"),
    ],
    "001": [
        ("date", "11/12/2107", "a century too late"),
        ("date", "72-KH/TU", "of January 2018 like 71-KH/TU, by another document of the province"),
    ],
    "002": [
        ("same_number", "34-KH/BDVTU-BCSDUBND tỉnh", "cited without “tỉnh” in the preamble"),
        ("quote", "“về tăng cường", "the title of a resolution never closes"),
        ("note", "¹", "no footnote follows"),
    ],
    "003": [
        ("same_number", "71-KH/TU", "of Tỉnh ủy first, of Ban Thường vụ Tỉnh ủy then"),
    ],
    "004": [
        ("base", "128/145", "145 counts the towns too, everywhere else"),
        ("same_number", "25-NQ/TW", "of term XI on mobilisation, of term IX on religion"),
        ("ratio", "291/417", "is 69,78 %"),
        ("base", "15/15 huyện, thành phố và sở", "15 counts no departments"),
        ("same_number", "11-CT/TU", "of Tỉnh ủy first, of its standing board then"),
        ("number", "1.6151", "four digits behind the point"),
        ("number", "3.177.540,000", "point and comma cannot both be right"),
        ("term", "59-CT/TW", "December 2000 is of term VIII, the text says IX"),
        ("term", "09-NQ/TW", "January 2002 is of term IX, the text says XI"),
        ("same_number", "43-CT/TW", "one of 2010, one of 2015"),
    ],
}  # fmt: skip

# The other documents at hand, where something is truly wrong; in the rest nothing is.
OTHERS: dict[str, list[tuple[str, str, str]]] = {
    "05": [
        ("date", "23/12/2025", "cited in a plan of 10/12/2025"),
        ("same_number", "16/KH-BTT-MTTQ", "16/KH-MTTQ-BTT above"),
    ],
    "41": [("number", "15/2007QĐ-UBND", "no slash behind the year")],
}
