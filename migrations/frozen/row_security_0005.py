"""Row-level security of the tables of migration 0005, as it stood in it."""

from migrations.frozen.row_security_0001 import ADMINISTRATOR, KNOWN, MEMBER, OVERSEES, SETUP, live, own, pointer

SIGNED = (
    "EXISTS (SELECT 1 FROM procedure_draft d WHERE d.name = procedure_release.name"
    " AND d.signed_by_id = procedure_release.first_signed_by_id AND d.signed_digest = procedure_release.digest"
    " AND d.checked_digest = procedure_release.digest AND d.is_sound)"
)
"""Another administrator has put her name under this very text, and it was checked as it stands."""

POLICIES: dict[str, dict[str, str]] = {
    "case_move": {
        "SELECT": pointer("case_move"),
        "INSERT": f"{own()} AND {OVERSEES} AND {live('case_move')}",
    },
    "procedure_draft": {
        "SELECT": f"{ADMINISTRATOR} OR {SETUP}",
        "INSERT": f"{ADMINISTRATOR} AND created_by_id = {MEMBER} AND signed_by_id IS NULL",
        "UPDATE": f"{ADMINISTRATOR} OR {SETUP}",
        "DELETE": ADMINISTRATOR,
    },
    "procedure_release": {
        "SELECT": f"{KNOWN} OR {SETUP}",
        "INSERT": f"{ADMINISTRATOR} AND released_by_id = {MEMBER} AND {SIGNED}",
    },
}
"""What is not named here is done by nobody."""

LEFT_BEHIND = {
    "procedure_draft": f"({ADMINISTRATOR} AND (signed_by_id IS NULL OR signed_by_id = {MEMBER})) OR {SETUP}",
}
"""What an update may leave behind, where that is more than what it may touch: a signature is only one's own."""

KEPT_AS_WRITTEN = ("case_move", "procedure_release")
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
            left = LEFT_BEHIND.get(table, rule) if command == "UPDATE" else rule
            check = f" WITH CHECK ({left})" if command in ("INSERT", "UPDATE") else ""
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
