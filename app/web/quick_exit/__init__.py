"""Out of the system at once, to a page that says nothing of it."""
