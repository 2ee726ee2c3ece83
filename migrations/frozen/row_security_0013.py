"""Row-level security of the tables of migration 0013, and the range that no two periods share, as they stood then."""

READERS = "'sign_in', 'setup', 'tick', 'statistics', 'linker', 'placement', 'auditor'"
KNOWN = f"(SELECT ctx_agency()) IS NOT NULL OR (SELECT ctx_system()) IN ({READERS})"
OWN = "(agency_id = (SELECT ctx_agency()) AND (SELECT ctx_has('agency_supervisor')))"
KEEPS = f"(SELECT ctx_has('administrator')) OR (SELECT ctx_system()) = 'setup' OR {OWN}"

POLICIES: dict[str, dict[str, str]] = {
    "shelter_intake": {"SELECT": KNOWN, "INSERT": KEEPS, "UPDATE": KEEPS, "DELETE": KEEPS},
}

PERIODS = (
    "ALTER TABLE shelter_intake ADD CONSTRAINT shelter_intake_one_a_day"
    " EXCLUDE USING gist (agency_id WITH =, daterange(valid_from, valid_to, '[)') WITH &&)"
)


def postgresql(app_role: str, backup_role: str) -> list[str]:
    """All statements for PostgreSQL, in order."""
    done = [PERIODS]
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
    """The trigger that stands in for the exclusion constraint."""
    body = (
        "SELECT RAISE(ABORT, 'shelter_intake_one_a_day') WHERE EXISTS (SELECT 1 FROM shelter_intake o"
        " WHERE o.id <> NEW.id AND o.agency_id = NEW.agency_id"
        " AND o.valid_from < coalesce(NEW.valid_to, '9999-12-31')"
        " AND NEW.valid_from < coalesce(o.valid_to, '9999-12-31'));"
    )
    return [
        f"CREATE TRIGGER shelter_intake_one_a_day_{when.lower()} BEFORE {when} ON shelter_intake BEGIN {body} END"
        for when in ("INSERT", "UPDATE")
    ]
