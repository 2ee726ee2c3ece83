"""The address of a shelter: written by the shelter, opened with a purpose by those who bring someone there."""
