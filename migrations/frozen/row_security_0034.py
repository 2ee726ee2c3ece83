"""Row-level security of the table of migration 0034, as it stood then; no administrator writes a role alone."""

OWN = "agency_id = (SELECT ctx_agency())"
OVERSEES = "(SELECT ctx_oversees())"
ADMINISTRATOR = "(SELECT ctx_has('administrator'))"
SETUP = "(SELECT ctx_system()) IN ('setup')"
MINE = "asked_by_id = (SELECT ctx_member())"

# Its agency's supervisor, who decides; administrators, who ask and decide where there is no supervisor; who asked.
SEEN = f"({OWN} AND {OVERSEES}) OR {ADMINISTRATOR} OR {MINE}"
ASKED = f"{MINE} AND state = 'asked' AND ({OWN} OR {ADMINISTRATOR})"
# Who decides signs with her own name; that she is another than who asked, and who it is about, the table itself holds.
DECIDED = f"({SEEN}) AND (state IN ('expired', 'withdrawn') OR decided_by_id = (SELECT ctx_member()))"


def postgresql(app_role: str, backup_role: str) -> list[str]:
    """All statements for PostgreSQL, in order."""
    return [
        "ALTER TABLE approval ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE approval FORCE ROW LEVEL SECURITY",
        f'GRANT SELECT ON approval TO "{backup_role}"',
        f'GRANT SELECT, INSERT ON approval TO "{app_role}"',
        # What was asked is never written anew.
        f'GRANT UPDATE (state, decided_by_id, decided_at) ON approval TO "{app_role}"',
        f'CREATE POLICY approval_select ON approval FOR SELECT TO "{app_role}" USING ({SEEN})',
        f'CREATE POLICY approval_insert ON approval FOR INSERT TO "{app_role}" WITH CHECK ({ASKED})',
        f'CREATE POLICY approval_update ON approval FOR UPDATE TO "{app_role}"'
        f" USING (state = 'asked' AND ({SEEN})) WITH CHECK ({DECIDED})",
        *_roles(SETUP, f"{ADMINISTRATOR} OR {SETUP}"),
    ]


def postgresql_down() -> list[str]:
    """Roles as they were given before: by one administrator."""
    return _roles(f"{ADMINISTRATOR} OR {SETUP}", ADMINISTRATOR)


def _roles(gives: str, takes: str) -> list[str]:
    return [
        f"ALTER POLICY member_role_insert ON member_role WITH CHECK ({gives})",
        f"ALTER POLICY member_role_update ON member_role USING ({gives}) WITH CHECK ({gives})",
        f"ALTER POLICY member_role_delete ON member_role USING ({takes})",
    ]
