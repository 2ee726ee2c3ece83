"""Keep apart: from whom and from which place a person is kept away."""
