"""Cases: the list, one case, its steps, opening one."""
