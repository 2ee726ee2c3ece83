"""Row-level security of frozen reports: an agency's own, written once."""

OWN = "agency_id = (SELECT ctx_agency())"
# Who keeps a frozen report is told which of its people's cases are no more than numbers, and no more of an erasure.
ERASED = """
CREATE FUNCTION erased_members(p_cases uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT e.case_id FROM erasure e WHERE e.state = 'done' AND e.case_id = ANY (p_cases) AND EXISTS
   (SELECT 1 FROM edition_member m WHERE m.case_id = e.case_id AND m.agency_id = ctx_agency()) $$;
REVOKE ALL ON FUNCTION erased_members(uuid[]) FROM PUBLIC;
"""
POSTGRESQL_DOWN = "DROP FUNCTION erased_members(uuid[])"
TABLES = ("report_edition", "edition_member")


def postgresql(app_role: str, backup_role: str) -> list[str]:
    """All statements for PostgreSQL, in order: nobody may change or take away what is frozen."""
    done = []
    for table in TABLES:
        done += [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f'GRANT SELECT ON {table} TO "{backup_role}"',
            f'GRANT SELECT, INSERT ON {table} TO "{app_role}"',
            f'CREATE POLICY {table}_select ON {table} FOR SELECT TO "{app_role}" USING ({OWN})',
            f'CREATE POLICY {table}_insert ON {table} FOR INSERT TO "{app_role}" WITH CHECK ({OWN})',
            f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        ]
    return [*done, ERASED, f'GRANT EXECUTE ON FUNCTION erased_members(uuid[]) TO "{app_role}"']


def sqlite() -> list[str]:
    """All statements for SQLite: triggers in place of grants that are not given."""
    return [
        f"CREATE TRIGGER {table}_no_{when.lower()} BEFORE {when} ON {table}"
        " BEGIN SELECT RAISE(ABORT, 'append only'); END"
        for table in TABLES
        for when in ("UPDATE", "DELETE")
    ]
