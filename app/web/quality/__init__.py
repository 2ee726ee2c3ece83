"""The quality of what was counted: what is missing, late, or at odds."""
