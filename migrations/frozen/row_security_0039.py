"""Row-level security of the table of migration 0039, as it stood then."""

from migrations.frozen.row_security_0001 import MEMBER, own, system

HERS = f"{own()} AND member_id = {MEMBER}"
POLICIES = {
    # The clock takes away what is old, and an erasure what is of its case; both without a key.
    "SELECT": f"({HERS}) OR {system('tick')}",
    "INSERT": HERS,
    "UPDATE": HERS,
    "DELETE": f"({HERS}) OR {system('tick')}",
}


def postgresql(app_role: str, backup_role: str) -> list[str]:
    """All statements for PostgreSQL, in order."""
    table = "unsent_form"
    done = [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"]
    done += [
        f'GRANT SELECT ON {table} TO "{backup_role}"',
        f'GRANT SELECT, INSERT, DELETE ON {table} TO "{app_role}"',
        f'GRANT UPDATE (content, opening, kept_at) ON {table} TO "{app_role}"',
    ]
    for command, rule in POLICIES.items():
        using = "" if command == "INSERT" else f" USING ({rule})"
        check = f" WITH CHECK ({rule})" if command in ("INSERT", "UPDATE") else ""
        done.append(f'CREATE POLICY {table}_{command.lower()} ON {table} FOR {command} TO "{app_role}"{using}{check}')
    return done
