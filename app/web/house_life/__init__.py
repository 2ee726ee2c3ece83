"""Life in a house, as those who follow a resident's case read it."""
