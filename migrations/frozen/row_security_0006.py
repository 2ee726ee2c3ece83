"""Row-level security of the tables of migration 0006, as it stood then."""

OWN = "agency_id = (SELECT ctx_agency())"


def _of_party(table: str) -> dict[str, str]:
    """A table of a case: a live party reads and changes it, and adds what it recorded itself."""
    live = f"may_see({table}.case_id)"
    return {"SELECT": live, "INSERT": f"{OWN} AND {live}", "UPDATE": live}


INVITED = """
CREATE FUNCTION invited(p_meeting uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM meeting_agency i WHERE i.meeting_id = p_meeting AND i.agency_id = ctx_agency())
        OR EXISTS (SELECT 1 FROM meeting m WHERE m.id = p_meeting AND m.agency_id = ctx_agency());
END $$
"""
CALLED = (
    "EXISTS (SELECT 1 FROM meeting m WHERE m.id = meeting_agency.meeting_id AND m.agency_id = (SELECT ctx_agency()))"
)

POLICIES: dict[str, dict[str, str]] = {
    "transnational_packet": _of_party("transnational_packet"),
    "meeting": {"SELECT": "invited(id)", "INSERT": OWN},
    "meeting_agency": {"SELECT": "invited(meeting_id)", "INSERT": CALLED, "UPDATE": "invited(meeting_id)"},
    "meeting_case": _of_party("meeting_case"),
    "meeting_follow_up": _of_party("meeting_follow_up"),
}


def postgresql(app_role: str, backup_role: str) -> list[str]:
    """All statements for PostgreSQL, in order."""
    done = [
        INVITED,
        "REVOKE ALL ON FUNCTION invited(uuid) FROM PUBLIC",
        f'GRANT EXECUTE ON FUNCTION invited(uuid) TO "{app_role}"',
    ]
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
