"""Reports: a unit's closed statement for a period, submitted, returned, accepted, consolidated.

In: regimes as data, figures, narrative. Out: frozen reports, and official DOCX.
"""
