"""What browsers report of pages that were to do what the content policy forbids."""
