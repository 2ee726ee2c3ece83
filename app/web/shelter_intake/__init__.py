"""Whom a shelter takes, and from when: read by those who place people, set by its supervisor or an administrator."""
