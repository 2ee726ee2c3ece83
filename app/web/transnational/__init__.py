"""Referral to the mechanism of another country."""
