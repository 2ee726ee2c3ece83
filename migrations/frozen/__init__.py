"""What migrations rest on, as it stood when each was written."""
