"""How dates and numbers are written on screen (shared by languages)."""
