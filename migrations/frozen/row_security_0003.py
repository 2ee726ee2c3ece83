"""Row-level security and grants of the tables that migration 0003 brings, as they stood in it."""

from migrations.frozen.row_security_0001 import ADMINISTERED, ADMINISTRATOR, of_party

POLICIES: dict[str, dict[str, str]] = {
    "clock_pause": of_party("clock_pause"),
    "clock_exemption": of_party("clock_exemption"),
    "clock_silence": of_party("clock_silence"),
    "focal_point": {**ADMINISTERED, "DELETE": ADMINISTRATOR},
}


def postgresql(app_role: str, backup_role: str) -> list[str]:
    """All statements for PostgreSQL, in order."""
    done: list[str] = []
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
