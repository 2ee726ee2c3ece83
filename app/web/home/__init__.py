"""My work: what waits for the member today."""
