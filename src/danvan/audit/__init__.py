"""Who did what, in what post, when, from where, and what it was before and after.

In: one entry for every change, written in the change's own transaction.
Out: the history of a thing. Entries are never changed: the application's role has no right to.
"""
