"""A country's own versions of the procedure: drafts, and their release by two administrators."""
