"""What the tests stand on and what is not a test: PostgreSQL, Chromium, the runner."""
