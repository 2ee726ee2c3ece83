"""Read only: each takes the session and its actor and gives row dataclasses. Writes nothing, opens no sealed value."""
