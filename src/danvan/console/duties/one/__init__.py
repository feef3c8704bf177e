"""One assignment, its duty and its deeds."""
