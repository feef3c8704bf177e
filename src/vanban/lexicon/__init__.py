"""Words as data: what the reader knows about the language of offices."""
