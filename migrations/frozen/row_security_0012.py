"""Row-level security of stays and void beds as migration 0012 left it: the statistics count nights, and change none."""

OWN = "agency_id = (SELECT ctx_agency())"
NOT_BARRED = "(case_id = ANY ((SELECT barred_cases())::uuid[])) IS NOT TRUE"
SYSTEMS = "(SELECT ctx_system()) IN ('placement', 'tick')"
BEFORE = {
    "stay": f"({OWN} AND {NOT_BARRED}) OR may_see(stay.case_id) OR {SYSTEMS}",
    "bed_void": f"{OWN} OR {SYSTEMS}",
}
READ = {table: rule.replace("'tick')", "'tick', 'statistics')") for table, rule in BEFORE.items()}


def postgresql(app_role: str) -> list[str]:
    """Who may read them from here on."""
    return _reading(app_role, READ)


def postgresql_down(app_role: str) -> list[str]:
    """Who might read them before."""
    return _reading(app_role, BEFORE)


def _reading(app_role: str, rules: dict[str, str]) -> list[str]:
    done = []
    for table, rule in rules.items():
        done.append(f"DROP POLICY {table}_select ON {table}")
        done.append(f'CREATE POLICY {table}_select ON {table} FOR SELECT TO "{app_role}" USING ({rule})')
    return done
