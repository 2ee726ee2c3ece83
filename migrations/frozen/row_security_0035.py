"""Row-level security of the table of migration 0035, as it stood then."""

from migrations.frozen.row_security_0001 import live, own, system

SEEN = f"{live('emergency_opening')} OR {system('sign_in')}"

POLICIES = {
    "SELECT": SEEN,
    "INSERT": f"{own()} AND {live('emergency_opening')}",
    # Signing in ends what is over, whether or not the case is still open to the agency by then.
    "UPDATE": f"({own()} AND {live('emergency_opening')}) OR {system('sign_in')}",
}


def postgresql(app_role: str, backup_role: str) -> list[str]:
    """All statements for PostgreSQL, in order."""
    table = "emergency_opening"
    done = [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"]
    done += [
        f'GRANT SELECT ON {table} TO "{backup_role}"',
        f'GRANT SELECT, INSERT ON {table} TO "{app_role}"',
        # Neither who, nor which case, nor until when is ever written anew.
        f'GRANT UPDATE (ended_at) ON {table} TO "{app_role}"',
    ]
    for command, rule in POLICIES.items():
        using = "" if command == "INSERT" else f" USING ({rule})"
        check = f" WITH CHECK ({rule})" if command in ("INSERT", "UPDATE") else ""
        done.append(f'CREATE POLICY {table}_{command.lower()} ON {table} FOR {command} TO "{app_role}"{using}{check}')
    return done
