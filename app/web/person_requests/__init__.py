"""What a person asks about what is recorded of her, and the paper that she is given."""
