"""Stories of people, told through the pages in a real browser."""
