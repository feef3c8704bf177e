"""A unit writes its plan: from the duties laid on it to the official document."""
