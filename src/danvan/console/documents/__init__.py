"""Documents: their register, what was read in them, and its comparison with the source."""
