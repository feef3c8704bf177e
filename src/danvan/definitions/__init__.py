"""Definitions are data: registers, indicators, regimes, scoring tables, kinds and groups of units.

In: YAML that each stage ships under its `data/`, every row with its source and its validity.
Out: the definition in force on a day, by kind and code; older versions stay for what used them.
"""
