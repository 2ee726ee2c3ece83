"""Counts of a month or a range, who stands behind a number, and the files that leave."""
