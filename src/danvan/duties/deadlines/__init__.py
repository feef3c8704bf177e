"""On which days a duty is due: occurrences, terms that are extended or stood still, clashes."""
