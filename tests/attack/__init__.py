"""Attacks with a foreign tool on the served application: `make attack`, outside the suite for the time they take."""
