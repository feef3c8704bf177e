"""Benchmarks: each prints its figure and keeps it in `var/bench.json`. `make bench ONLY=name` runs one."""
