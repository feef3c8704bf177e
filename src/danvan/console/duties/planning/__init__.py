"""Plans of units: who has one, what it takes up, and writing it."""
