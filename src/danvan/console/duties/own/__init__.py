"""One's own day: what waits for whom, and the leader's page."""
