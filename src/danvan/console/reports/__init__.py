"""The pages of reports: the list, writing, reading, and the province's consolidated one."""
