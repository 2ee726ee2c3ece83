"""What somebody has typed into a form and not sent."""
