"""What goes wrong in a house: the register of incidents with their first steps, and complaints of residents."""
