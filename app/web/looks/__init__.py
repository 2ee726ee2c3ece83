"""Who looked at the people of an agency."""
