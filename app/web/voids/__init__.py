"""Beds out of use: put there, put back, their end changed; how long beds are made ready."""
