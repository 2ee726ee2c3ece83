"""Pages of the data protection officer: unusual reading, and whether the record is whole."""
