"""The location of a house is known: raised, told, stood down by two."""
