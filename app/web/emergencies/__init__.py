"""Opening a case of one's own agency in an emergency, and closing it."""
