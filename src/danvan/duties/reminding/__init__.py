"""Who is told of what waits: reminders, escalation, letters at once, one digest a day."""
