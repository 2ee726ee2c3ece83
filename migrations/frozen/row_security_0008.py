"""Row-level security of the tables of migration 0008, as it stood then."""

OWN = "agency_id = (SELECT ctx_agency())"
KNOWN = (
    "(SELECT ctx_agency()) IS NOT NULL OR (SELECT ctx_system()) IN"
    " ('sign_in', 'setup', 'tick', 'statistics', 'linker', 'placement', 'auditor')"
)
ADMINISTRATOR = "(SELECT ctx_has('administrator')) OR (SELECT ctx_system()) = 'setup'"

POLICIES: dict[str, dict[str, str]] = {
    "premises": {"SELECT": KNOWN, "INSERT": ADMINISTRATOR, "UPDATE": ADMINISTRATOR},
    "shelter_address": {"SELECT": OWN, "INSERT": OWN, "UPDATE": OWN, "DELETE": OWN},
}


def postgresql(app_role: str, backup_role: str, *tables: str) -> list[str]:
    """All statements for PostgreSQL, in order."""
    done = []
    for table in tables:
        done += [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"]
        done.append(f'GRANT SELECT ON {table} TO "{backup_role}"')
        for command, rule in POLICIES[table].items():
            done.append(f'GRANT {command} ON {table} TO "{app_role}"')
            using = "" if command == "INSERT" else f" USING ({rule})"
            check = f" WITH CHECK ({rule})" if command in ("INSERT", "UPDATE") else ""
            name = f"{table}_{command.lower()}"
            done.append(f'CREATE POLICY {name} ON {table} FOR {command} TO "{app_role}"{using}{check}')
    return done
