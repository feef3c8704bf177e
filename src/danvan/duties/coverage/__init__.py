"""How a lower plan takes up the duties of an upper one.

In: the sentences of both plans. Out: for each duty taken up, weakened or left out, with reasons.
Plain Python but for `actions`, `asking` and `models` above it.
"""
