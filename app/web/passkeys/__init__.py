"""One's own passkeys: what there is, one more, one less."""
