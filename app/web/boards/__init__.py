"""All places as numbers. The boards of one house are in `beds`."""
