"""Records: the daily work, written down where it happens.

In: register definitions as data, and what officers enter. Out: records, and duties from conclusions.
"""
