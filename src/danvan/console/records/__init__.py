"""The pages of registers and their records: how far they are kept, one register, one record."""
