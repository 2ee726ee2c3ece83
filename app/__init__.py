"""Throughcare: the case and victim-referral system of a national referral mechanism."""
