"""Bringing a person from a house that must be left to another place."""
