"""The house rules as tests over the source. Each rule has a good and a bad sample of its own."""
