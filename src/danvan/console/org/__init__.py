"""Organisations: the tree over time, its events, units, people, committees, rights, spreadsheets."""
