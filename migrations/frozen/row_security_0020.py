"""Row-level security of children in cots as migration 0020 left it: the statistics count nights, and change none."""

NOT_BARRED = "(case_id = ANY ((SELECT barred_cases())::uuid[])) IS NOT TRUE"
BEFORE = (
    f"(agency_id = (SELECT ctx_agency()) AND {NOT_BARRED}) OR may_see(companion_stay.case_id)"
    " OR (SELECT ctx_system()) IN ('placement', 'tick')"
)
READ = BEFORE.replace("'tick')", "'tick', 'statistics')")


def postgresql(app_role: str) -> list[str]:
    """Who may read them from here on."""
    return _reading(app_role, READ)


def postgresql_down(app_role: str) -> list[str]:
    """Who might read them before."""
    return _reading(app_role, BEFORE)


def _reading(app_role: str, rule: str) -> list[str]:
    return [
        "DROP POLICY companion_stay_select ON companion_stay",
        f'CREATE POLICY companion_stay_select ON companion_stay FOR SELECT TO "{app_role}" USING ({rule})',
    ]
