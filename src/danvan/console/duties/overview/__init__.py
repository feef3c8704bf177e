"""Units against assignments: the matrix, the calendar and its feed, themes."""
