"""Units and people from a workbook, looked at before they are taken in, and back into one."""
