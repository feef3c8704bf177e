"""Duties: one's own work, the matrix, lists, one assignment."""
