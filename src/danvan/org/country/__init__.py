"""The country's places and their People's Committees over the reform of 2025, as data.

In: `units.csv` and its neighbours, made by `tests/danvan/org/make_country.py` from public lists.
Out: units with names, places, codes, events and successions (`load`). `reform` does the same for
one province's departments and communes, from a file of steps.
"""
