"""A province's units and people from a workbook, looked at before anything changes, and back.

A preview judges the rows of a draft by what is known now; taking in judges them again and takes
the good ones: new units and people in bulk, what changes an existing unit as an event.
"""
