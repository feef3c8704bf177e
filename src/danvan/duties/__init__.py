"""Duties: what a text says must be done, and its assignments to units, followed to their end.

In: a proofread document, or a conclusion from a later stage. Out: assignments with state, deadline,
evidence and history; lateness is derived, never stored.
"""
