"""Row-level security and the constraint on periods of migration 0016, as they stood then."""

AGENCY = "(SELECT ctx_agency())"
OWN = f"agency_id = {AGENCY}"
KNOWN = (
    f"{AGENCY} IS NOT NULL OR (SELECT ctx_system()) IN"
    " ('sign_in', 'setup', 'tick', 'statistics', 'linker', 'placement', 'auditor')"
)
KEEPS = f"{OWN} OR (SELECT ctx_has('administrator')) OR (SELECT ctx_system()) = 'setup'"
NOT_BARRED = "(case_id = ANY ((SELECT barred_cases())::uuid[])) IS NOT TRUE"
MINE = f"({OWN} AND {NOT_BARRED})"
PLACED = f"{MINE} OR may_see(relocation.case_id) OR (SELECT ctx_system()) IN ('placement', 'tick')"
PLACES = f"({OWN} AND may_see(relocation_place.case_id))"
DRIVES = f"(driver_id = (SELECT ctx_member()) AND {NOT_BARRED})"
TOLD = f"{OWN} OR told_agency_id = {AGENCY}"

POLICIES: dict[str, dict[str, str]] = {
    "premises_period": {"SELECT": KNOWN, "INSERT": KEEPS, "UPDATE": KEEPS},
    "premises_alarm": {"SELECT": OWN, "INSERT": OWN, "UPDATE": OWN},
    "alarm_told": {"SELECT": TOLD, "INSERT": OWN, "UPDATE": OWN},
    "relocation": {"SELECT": PLACED, "INSERT": MINE, "UPDATE": MINE},
    "relocation_place": {
        "SELECT": f"{PLACES} OR {DRIVES}",
        "INSERT": PLACES,
        "UPDATE": PLACES,
        "DELETE": PLACES,
    },
}
TABLES = tuple(POLICIES)

ONE_AT_A_TIME = "premises_period_one_at_a_time"


def postgresql(app_role: str, backup_role: str) -> list[str]:
    """All statements for PostgreSQL, in order."""
    done = [
        f"ALTER TABLE premises_period ADD CONSTRAINT {ONE_AT_A_TIME}"
        " EXCLUDE USING gist (premises_id WITH =, daterange(from_on, to_on, '[)') WITH &&)"
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


def sqlite() -> list[str]:
    """The same for SQLite: triggers in place of the exclusion constraint. An empty period overlaps nothing."""
    stop, new_stop = "coalesce(o.to_on, '9999-12-31')", "coalesce(NEW.to_on, '9999-12-31')"
    body = (
        f"SELECT RAISE(ABORT, '{ONE_AT_A_TIME}') WHERE NEW.from_on < {new_stop} AND EXISTS"
        " (SELECT 1 FROM premises_period o WHERE o.id <> NEW.id AND o.premises_id = NEW.premises_id"
        f" AND o.from_on < {stop} AND o.from_on < {new_stop} AND NEW.from_on < {stop});"
    )
    return [
        f"CREATE TRIGGER {ONE_AT_A_TIME}_{when.lower()} BEFORE {when} ON premises_period BEGIN {body} END"
        for when in ("INSERT", "UPDATE")
    ]
