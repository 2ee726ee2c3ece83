"""Leaving at high risk: the house asks, police and prosecution answer, a safety plan is offered."""
