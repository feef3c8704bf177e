"""The pages of figures: all indicators, one with its course and its ground, a frozen one."""
