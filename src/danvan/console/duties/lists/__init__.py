"""Assignments in a list: filtered, printed to a sheet, worked on many at once."""
