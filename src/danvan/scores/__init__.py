"""Scores: self-scoring on a table, with points that the system proves, and appraisal with reasons.

In: scoring tables as data, assignments. Out: a unit's score, every point with its ground.
"""
