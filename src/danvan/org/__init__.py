"""Units over time, the people in them, the posts they hold, and what follows from a post.

In: a province's units and people. Out: the units that a printed name means on a date, and the
Actor on whose behalf everything later is done.
"""
