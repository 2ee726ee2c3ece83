"""Pages of the link reviewer: pairs of records that may be one person."""
