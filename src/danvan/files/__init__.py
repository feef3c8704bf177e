"""Attachments, kept as they came.

In: bytes that somebody sent, checked by content and size. Out: the same bytes, with name and hash.
"""
