"""Who was stopped from opening more cases, and letting her on."""
