"""Frozen reports: the list, signing one, and each with its people and what differs from the one before."""
