"""Messages to people: rows of an outbox, written in the transaction of what they tell.

In: who is told, what, where it leads. Out: the notices of a person; e-mail is sent from the same rows.
"""
