"""Row-level security of the tables of migration 0005, as it stood in it."""

from migrations.frozen.row_security_0001 import OVERSEES, live, own, pointer

POLICIES: dict[str, dict[str, str]] = {
    "case_move": {
        "SELECT": pointer("case_move"),
        "INSERT": f"{own()} AND {OVERSEES} AND {live('case_move')}",
    },
}
"""No table here is updated by anyone but where it is said, and none is deleted from."""

KEPT_AS_WRITTEN = ("case_move",)
"""Tables whose rows nobody changes, not even their owner."""


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
            done.append(
                f'CREATE POLICY {table}_{command.lower()} ON {table} FOR {command} TO "{app_role}"{using}{check}'
            )
    done += [
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        for table in KEPT_AS_WRITTEN
    ]
    return done


def sqlite() -> list[str]:
    """All statements for SQLite: triggers in place of grants that are not given."""
    return [
        f"CREATE TRIGGER {table}_no_{when.lower()} BEFORE {when} ON {table}"
        " BEGIN SELECT RAISE(ABORT, 'append only'); END"
        for table in KEPT_AS_WRITTEN
        for when in ("UPDATE", "DELETE")
    ]
