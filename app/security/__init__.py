"""Who may do and see what: actors, the policy table, the scope of queries, field classes, the vault, passwords."""
