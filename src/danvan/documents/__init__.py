"""Documents: received, kept, read by `vanban`, and checked by a person.

In: a file. Out: a document with identity, its reading as people corrected it, and its citations.
"""
