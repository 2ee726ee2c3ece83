"""Row-level security of the tables of migration 0009, as it stood then."""

from migrations.frozen.row_security_0001 import AGENCY, KNOWN, own

KEEPS_ALL = "(SELECT ctx_has('statistics_supervisor'))"
READS_ALL = f"{KEEPS_ALL} OR (SELECT ctx_has('national_coordinator'))"
IS_SHELTER = f"EXISTS (SELECT 1 FROM shelter s WHERE s.agency_id = {AGENCY})"


def paid(grant: str) -> str:
    """The agency is one of the places that the grant pays for."""
    return f"EXISTS (SELECT 1 FROM funding_payee p WHERE p.grant_id = {grant} AND p.agency_id = {AGENCY})"


def recorded(table: str) -> str:
    """The agency recorded the grant itself."""
    return f"EXISTS (SELECT 1 FROM funding_grant g WHERE g.id = {table}.grant_id AND g.agency_id = {AGENCY})"


POLICIES: dict[str, dict[str, str]] = {
    "funding_payer": {"SELECT": KNOWN, "INSERT": f"{own()} AND ({KEEPS_ALL} OR {IS_SHELTER})"},
    "funding_grant": {
        "SELECT": f"{READS_ALL} OR {own()} OR {paid('funding_grant.id')}",
        "INSERT": f"{own()} AND ({KEEPS_ALL} OR {IS_SHELTER})",
    },
    "funding_payee": {
        # Without a subquery, unlike all others: the policy of funding_grant reads this table from within another.
        "SELECT": "ctx_has('statistics_supervisor') OR ctx_has('national_coordinator') OR agency_id = ctx_agency()",
        "INSERT": f"{KEEPS_ALL} OR ({own()} AND {recorded('funding_payee')})",
    },
    "funding_change": {
        "SELECT": f"{READS_ALL} OR {own()} OR {paid('funding_change.grant_id')}",
        "INSERT": f"{own()} AND ({KEEPS_ALL} OR {recorded('funding_change')})",
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
            check = f" WITH CHECK ({rule})" if command == "INSERT" else ""
            name = f"{table}_{command.lower()}"
            done.append(f'CREATE POLICY {name} ON {table} FOR {command} TO "{app_role}"{using}{check}')
    return done


def postgresql_down() -> list[str]:
    """Drop the policies that read another table, which would hold it."""
    return [
        "DROP POLICY funding_grant_select ON funding_grant",
        "DROP POLICY funding_payee_insert ON funding_payee",
        "DROP POLICY funding_change_select ON funding_change",
        "DROP POLICY funding_change_insert ON funding_change",
    ]
