"""The pages of events of units: entering one of any kind, all of them, one, and taking it back."""
