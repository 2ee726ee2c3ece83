"""Pages by which an agency's supervisor takes in its register."""
