"""The pages of steering committees: the list, one with its terms, set up, renewed, reviewed."""
