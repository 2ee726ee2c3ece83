"""The houses of a shelter: open, suspended, closed, and where residents go."""
