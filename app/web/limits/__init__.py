"""Movement limits of a resident: ordered, reviewed, lifted, printed, counted."""
