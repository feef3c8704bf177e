"""What has happened in the demo province before a visitor arrives on 18 March 2024."""


def load_history() -> None:
    """Take in the earlier plan, assign its duties and let some of them be done. Safe to repeat."""
