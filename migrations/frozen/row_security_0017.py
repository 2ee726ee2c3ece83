"""Row-level security of the tables of migration 0017, as it stood then."""

AGENCY = "agency_id = (SELECT ctx_agency())"
NOT_BARRED = "(case_id = ANY ((SELECT barred_cases())::uuid[])) IS NOT TRUE"
OWN = f"({AGENCY} AND {NOT_BARRED})"
ANSWERS = "(made_to = 'house' OR (SELECT ctx_has('agency_supervisor')) OR (SELECT ctx_system()) = 'tick')"
ANOTHER = "(about_member_id IS NULL OR about_member_id IS DISTINCT FROM (SELECT ctx_member()))"
COMPLAINT = f"{OWN} AND {ANSWERS} AND {ANOTHER}"


def _in_house(table: str, *commands: str) -> dict[str, str]:
    """What a shelter writes of a resident: the shelter's, and to read the live parties'."""
    return {"SELECT": f"{OWN} OR may_see({table}.case_id)", **dict.fromkeys(commands, OWN)}


POLICIES: dict[str, dict[str, str]] = {
    "house_text": {"SELECT": AGENCY, "INSERT": AGENCY},
    "acknowledgement": _in_house("acknowledgement", "INSERT"),
    "belonging": _in_house("belonging", "INSERT", "UPDATE"),
    "appointment": _in_house("appointment", "INSERT", "UPDATE"),
    "complaint": {"SELECT": COMPLAINT, "INSERT": "recorded_by_id = (SELECT ctx_member())", "UPDATE": COMPLAINT},
    "incident": _in_house("incident", "INSERT", "UPDATE"),
    "incident_step": _in_house("incident_step", "INSERT", "UPDATE"),
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
