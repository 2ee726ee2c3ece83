"""Asking that a closed case be erased, and deciding on it: two people."""
