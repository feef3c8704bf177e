"""The pages of people: the list, one person, appointing, lending a post."""
