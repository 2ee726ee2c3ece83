"""Case meetings: called, attended, decided upon, followed up."""
