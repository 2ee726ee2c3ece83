"""Row-level security of the table of migration 0040, as it stood then: signing in alone reads and writes passkeys."""

from migrations.frozen.row_security_0001 import system

SIGNING_IN = system("sign_in")
COMMANDS = ("SELECT", "INSERT", "UPDATE", "DELETE")


def postgresql(app_role: str, backup_role: str) -> list[str]:
    """All statements for PostgreSQL, in order."""
    table = "passkey"
    done = [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"]
    done += [
        f'GRANT SELECT ON {table} TO "{backup_role}"',
        f'GRANT SELECT, INSERT, DELETE ON {table} TO "{app_role}"',
        # Whose it is, and what key: written once.
        f'GRANT UPDATE (sign_count, last_used_at) ON {table} TO "{app_role}"',
    ]
    for command in COMMANDS:
        using = "" if command == "INSERT" else f" USING ({SIGNING_IN})"
        check = f" WITH CHECK ({SIGNING_IN})" if command in ("INSERT", "UPDATE") else ""
        done.append(f'CREATE POLICY {table}_{command.lower()} ON {table} FOR {command} TO "{app_role}"{using}{check}')
    return done
