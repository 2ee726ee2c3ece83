"""Drawings that are more than columns: pure functions from numbers to shapes, and the one place that writes SVG."""
