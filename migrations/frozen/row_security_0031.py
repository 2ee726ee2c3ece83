"""Row-level security of the tables of migration 0031, as it stood then."""

from migrations.frozen.row_security_0001 import live, own, pointer


def _seen(table: str) -> str:
    """A live party, and the agency that wrote it afterwards: it is kept when the case is closed or handed over."""
    return f"{live(table)} OR ({own()} AND {pointer(table)})"


POLICIES: dict[str, dict[str, str]] = {
    "person_request": {
        "SELECT": _seen("person_request"),
        "INSERT": f"{own()} AND {live('person_request')}",
        "UPDATE": _seen("person_request"),
    },
    "legal_hold": {
        "SELECT": _seen("legal_hold"),
        # On a closed case above all: that is when it would be erased.
        "INSERT": f"{own()} AND {pointer('legal_hold')}",
        "UPDATE": f"{own()} AND {pointer('legal_hold')}",
    },
}


def postgresql(app_role: str, backup_role: str) -> list[str]:
    """All statements for PostgreSQL, in order."""
    done = []
    for table, rules in POLICIES.items():
        done += [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"]
        done.append(f'GRANT SELECT ON {table} TO "{backup_role}"')
        for command, rule in rules.items():
            done.append(f'GRANT {command} ON {table} TO "{app_role}"')
            using = "" if command == "INSERT" else f" USING ({rule})"
            check = f" WITH CHECK ({rule})" if command in ("INSERT", "UPDATE") else ""
            name = f"{table}_{command.lower()}"
            done.append(f'CREATE POLICY {name} ON {table} FOR {command} TO "{app_role}"{using}{check}')
    return done
