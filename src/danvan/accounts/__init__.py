"""Who signs in, and how: invitations, second factors, what a password must be.

In: a person of `org`, invited by an administrator. Out: an account that proves who it is.
What an account may do is not decided here: rights follow from posts (`org`).
"""
