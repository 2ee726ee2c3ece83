"""The beds of a shelter, and one stay: the board of the house."""
