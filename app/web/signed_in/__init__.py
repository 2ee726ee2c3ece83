"""Where one is signed in, and ending it."""
