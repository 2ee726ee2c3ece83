"""The caseload of an agency, for its supervisor: who works on what, what is overdue, cover, bars."""
