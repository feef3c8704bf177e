"""Workbooks of units and people: what stands in one, read within limits, and written. No database."""
