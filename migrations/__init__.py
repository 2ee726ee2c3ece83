"""The database's history. A migration imports nothing of the application: it must mean the same for ever."""
