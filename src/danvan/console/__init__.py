"""The officers' face: one module for each stage. Views find, ask, call and answer; they decide nothing."""
