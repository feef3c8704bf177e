"""danvan: document → duty → record → figure → report → score → publication.

Each folder is one stage of that line, or the ground below it. Read `pipeline.py` first.
"""
