"""Row-level security of the tables of migration 0004, as it stood there."""

from migrations.frozen.row_security_0001 import AGENCY, KNOWN, MEMBER, OVERSEES, of_party, own, system

STANDS_FOR = "ANY ((SELECT ctx_stands_for())::uuid[])"
SIGNAL = "EXISTS (SELECT 1 FROM signal s WHERE s.id = signal_key.signal_id"

POLICIES: dict[str, dict[str, str]] = {
    "signal": {
        "SELECT": f"from_agency_id = {AGENCY} OR to_agency_id = {AGENCY}",
        "INSERT": f"from_agency_id = {AGENCY}",
        # Answering for its sender, a receiver passes it on to where it cannot see it any more.
        "UPDATE": f"to_agency_id = {AGENCY} OR (from_agency_id = {AGENCY} AND {system('answering')})",
    },
    "signal_key": {
        "SELECT": own(),
        "INSERT": f"{SIGNAL} AND signal_key.agency_id IN (s.from_agency_id, s.to_agency_id))",
        "DELETE": own(),
    },
    "hotline_contact": {
        "SELECT": f"{own()} OR (SELECT ctx_has('statistics_supervisor')) OR {system('statistics')}",
        "INSERT": own(),
        "UPDATE": own(),
    },
    "venue": {"SELECT": own(), "INSERT": own()},
    "venue_visit": {"SELECT": own(), "INSERT": own()},
    "operation": {
        "SELECT": f"{own()} AND ({OVERSEES} OR made_by_id = {STANDS_FOR} OR EXISTS (SELECT 1 FROM operation_member m"
        f" WHERE m.operation_id = operation.id AND m.member_id = {STANDS_FOR}))",
        "INSERT": f"{own()} AND made_by_id = {MEMBER}",
    },
    "operation_member": {
        # Without a subquery, unlike all others: the policy of operation reads this table from within another.
        "SELECT": "agency_id = ctx_agency()",
        "INSERT": f"{own()} AND added_by_id = {MEMBER}"
        " AND EXISTS (SELECT 1 FROM operation o WHERE o.id = operation_member.operation_id)",
    },
    "operation_case": {name: rule for name, rule in of_party("operation_case").items() if name != "UPDATE"},
    "training_session": {"SELECT": KNOWN, "INSERT": own()},
    "signal_case": {name: rule for name, rule in of_party("signal_case").items() if name != "UPDATE"},
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


def postgresql_down() -> list[str]:
    """Drop the policies that read another table, which would hold it."""
    return ["DROP POLICY operation_select ON operation", "DROP POLICY operation_member_insert ON operation_member"]
