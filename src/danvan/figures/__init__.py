"""Figures: indicators counted from records and assignments, by unit and period.

In: indicator definitions as data. Out: values with numerator and denominator, and the way down to what was counted.
"""
