"""Calls for proposals: who may apply for money, and whom a call leaves out."""
