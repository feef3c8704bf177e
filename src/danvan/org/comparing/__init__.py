"""What the rows of a workbook would change, held against what is known. No database.

`Units` judges the rows of units, `People` those of people: each row gets a plan, which says what
will happen, or by its reasons why nothing can. Days are half-open: until is the first day after.
"""
