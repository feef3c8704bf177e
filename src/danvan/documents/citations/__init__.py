"""Which document is meant: its identity, citations of it, and its card where its text is not here."""
