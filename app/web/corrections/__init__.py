"""Corrections: a step put right or taken back, and the person's own record put right."""
