"""Signals: sent by early identifiers, answered by the agency that they were sent to."""
