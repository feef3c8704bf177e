"""The office calendar: which days are worked, and on which day a term ends.

In: public holidays of Viet Nam and the office's own rows of data. Out: a day, and how it was found.
"""
