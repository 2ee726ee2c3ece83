"""Documents on a case: the list, putting one there, handing one out, taking one off."""
