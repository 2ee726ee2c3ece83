"""Row-level security of second factors, recovery codes and invitations: signing in alone reads and writes them.

Nor does an administrator write a password any more.
"""

SIGNING_IN = "(SELECT ctx_system()) IN ('sign_in')"
TABLES = ("member_factor", "recovery_code", "invitation")
COMMANDS = ("SELECT", "INSERT", "UPDATE", "DELETE")
SETTING_UP = "(SELECT ctx_system()) IN ('sign_in', 'setup')"
ADMINISTRATOR = "(SELECT ctx_has('administrator'))"


def postgresql(app_role: str, backup_role: str) -> list[str]:
    """All statements for PostgreSQL, in order."""
    done = []
    for table in TABLES:
        done += [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f'GRANT SELECT ON {table} TO "{backup_role}"',
            f'GRANT {", ".join(COMMANDS)} ON {table} TO "{app_role}"',
            *(_policy(table, command, app_role) for command in COMMANDS),
        ]
    return done + _of_passwords(SETTING_UP, SETTING_UP)


def postgresql_down() -> list[str]:
    """Passwords as they were written before."""
    setup = "(SELECT ctx_system()) IN ('setup')"
    return _of_passwords(f"{ADMINISTRATOR} OR {setup}", f"{ADMINISTRATOR} OR {SETTING_UP}")


def _of_passwords(insert: str, update: str) -> list[str]:
    return [
        f"ALTER POLICY member_secret_insert ON member_secret WITH CHECK ({insert})",
        f"ALTER POLICY member_secret_update ON member_secret USING ({update}) WITH CHECK ({update})",
    ]


def _policy(table: str, command: str, app_role: str) -> str:
    using = "" if command == "INSERT" else f" USING ({SIGNING_IN})"
    check = f" WITH CHECK ({SIGNING_IN})" if command in ("INSERT", "UPDATE") else ""
    return f'CREATE POLICY {table}_{command.lower()} ON {table} FOR {command} TO "{app_role}"{using}{check}'
