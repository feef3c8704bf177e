"""A refusal in words, whichever stage refuses: doors show the words, and need not know the stage."""


class NotAccepted(Exception):
    """What was asked cannot be done as it was asked; the text says what to do."""
