"""Capital and small letters of Vietnamese, as the inside of a character class.

Where a word must only not go on, `(?!\\w)` says so more cheaply; any letter is `[^\\W\\d_]`.
"""

UPPER = "A-ZÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĐĨŨƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA, 2)))
LOWER = UPPER.lower()
