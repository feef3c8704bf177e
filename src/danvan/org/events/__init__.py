"""What happens to units: each event on its day, by its legal document, and how to take it back.

A kind of event, a module. Each closes the dated rows that end, opens those that begin, says who
takes over from whom, and has the paths made anew. Days: `on` is the first day of what is new. One
event at a time: two moves that are each sound can close a circle together.
"""
