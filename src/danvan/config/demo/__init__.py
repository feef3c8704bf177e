"""The province of the demonstration: invented texts, units and people, and how they are loaded.

`plan.txt` is the plan that a visitor takes in first, `unit_plan.txt` a department's answer to it,
`earlier_plan.txt` one that has been worked on since January. `make_docx` writes the DOCX files.
"""
