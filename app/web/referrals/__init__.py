"""Referrals: the queue of an agency, and answering one."""
