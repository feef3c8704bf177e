"""Messages to people: rows of an outbox, written in the transaction of what they tell.

In: who is told, what, what it is about. Out: the notices of a person.
"""
