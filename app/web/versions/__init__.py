"""Versions of the procedure: a case moved from one to another."""
