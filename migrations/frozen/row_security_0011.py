"""Row-level security of the tables of migration 0011, as it stood then, and the limits that cannot stand together."""

OWN = "(agency_id = (SELECT ctx_agency()) AND (case_id = ANY ((SELECT barred_cases())::uuid[])) IS NOT TRUE)"


def _in_house(table: str, *commands: str, system: str = "") -> dict[str, str]:
    """What a house writes of a resident: the house's, and to read the live parties'."""
    also = f" OR (SELECT ctx_system()) = '{system}'" if system else ""
    return {"SELECT": f"{OWN} OR may_see({table}.case_id){also}", **dict.fromkeys(commands, OWN)}


POLICIES: dict[str, dict[str, str]] = {
    "movement_limit": _in_house("movement_limit", "INSERT", "UPDATE", system="statistics"),
    "limit_review": _in_house("limit_review", "INSERT"),
}

ONE_OF_A_KIND = "movement_limit_one_of_a_kind"
RANGE = f"""
ALTER TABLE movement_limit ADD CONSTRAINT {ONE_OF_A_KIND} EXCLUDE USING gist
    (case_id WITH =, agency_id WITH =, kind WITH =, daterange(from_on, coalesce(lifted_on, ends_on), '[)') WITH &&);
"""


def postgresql(app_role: str, backup_role: str) -> list[str]:
    """All statements for PostgreSQL, in order."""
    done = [RANGE]
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
    """All statements for SQLite: triggers in place of the exclusion constraint."""
    over, new_over = "coalesce(o.lifted_on, o.ends_on)", "coalesce(NEW.lifted_on, NEW.ends_on)"
    same = "o.case_id = NEW.case_id AND o.agency_id = NEW.agency_id AND o.kind = NEW.kind"
    meets = f"o.from_on < {over} AND o.from_on < {new_over} AND NEW.from_on < {over}"
    body = (
        f"SELECT RAISE(ABORT, '{ONE_OF_A_KIND}') WHERE NEW.from_on < {new_over} AND EXISTS"
        f" (SELECT 1 FROM movement_limit o WHERE o.id <> NEW.id AND {same} AND {meets});"
    )
    return [
        f"CREATE TRIGGER {ONE_OF_A_KIND}_{when.lower()} BEFORE {when} ON movement_limit BEGIN {body} END"
        for when in ("INSERT", "UPDATE")
    ]
