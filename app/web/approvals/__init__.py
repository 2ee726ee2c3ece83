"""What another must approve before it is done: two people."""
