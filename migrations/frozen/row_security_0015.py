"""Row-level security of the tables of migration 0015, as it stood then."""

from migrations.frozen.row_security_0001 import AGENCY, KNOWN, own

KEEPS_ALL = "(SELECT ctx_has('statistics_supervisor'))"
IS_SHELTER = f"EXISTS (SELECT 1 FROM shelter s WHERE s.agency_id = {AGENCY})"

POLICIES: dict[str, dict[str, str]] = {
    "funding_call": {"SELECT": KNOWN, "INSERT": f"{own()} AND {KEEPS_ALL}"},
    "assisted_groups": {
        "SELECT": KNOWN,
        "INSERT": f"{own()} AND ({KEEPS_ALL} OR (place_id = {AGENCY} AND {IS_SHELTER}))",
    },
}


def postgresql(app_role: str, backup_role: str) -> list[str]:
    """All statements for PostgreSQL, in order."""
    done = []
    for table, rules in POLICIES.items():
        done += [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"]
        done.append(f'GRANT SELECT, INSERT ON {table} TO "{app_role}"')
        done.append(f'GRANT SELECT ON {table} TO "{backup_role}"')
        done.append(f'CREATE POLICY {table}_select ON {table} FOR SELECT TO "{app_role}" USING ({rules["SELECT"]})')
        done.append(
            f'CREATE POLICY {table}_insert ON {table} FOR INSERT TO "{app_role}" WITH CHECK ({rules["INSERT"]})'
        )
    return done
