"""Work in numbers: what is counted in acts and not in people."""
