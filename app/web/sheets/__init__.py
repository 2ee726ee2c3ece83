"""The procedure's forms on paper."""
