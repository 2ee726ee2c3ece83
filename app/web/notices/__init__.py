"""The inbox of notices."""
