"""What was known of clocks and stays: who keeps it, who reads it, what an erasure takes away, as of migration 0041."""

from migrations.frozen.row_security_0001 import NOT_BARRED, live, own, system
from migrations.frozen.row_security_0030 import erasing

__all__ = ["POSTGRESQL_DOWN", "SQLITE_DOWN", "erasing", "erasing_no_more", "erasing_too", "postgresql", "sqlite"]

KEPT = {
    "case_clock": ("former_clock", "clock_id", ("due_at", "stopped_at", "voided_at", "paused_at", "exempt_until")),
    "stay": ("former_stay", "stay_id", ("arrived_on", "left_on")),
}
READERS = {
    "former_clock": f"{live('former_clock')} OR {system('statistics')}",
    "former_stay": f"({own()} AND {NOT_BARRED}) OR {live('former_stay')} OR {system('statistics')}",
}
MARK = "    DELETE FROM case_key WHERE case_id = v_case;\n"
LINE = "    DELETE FROM former_stay WHERE case_id = v_case;\n"


def _columns(table: str) -> str:
    _, whose, said = KEPT[table]
    return ", ".join((whose, "since", "until", "case_id", "agency_id", *said))


def _values(table: str) -> str:
    before = ", ".join(f"OLD.{name}" for name in ("case_id", "agency_id", *KEPT[table][2]))
    return f"OLD.id, OLD.known_since, NEW.known_since, {before}"


def postgresql(app_role: str, backup_role: str) -> list[str]:
    """All statements for PostgreSQL, in order."""
    done = []
    for table, (former, _, _) in KEPT.items():
        # The history is written by the database itself, as the owner: nobody who changes a row can leave it out. A
        # change that waited for another began before it; it cannot be older than what it changes.
        done.append(f"""
CREATE FUNCTION keep_{former}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    NEW.known_since := greatest(NEW.known_since, OLD.known_since);
    IF NEW.known_since > OLD.known_since THEN
        INSERT INTO {former} ({_columns(table)}) VALUES ({_values(table)});
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION keep_{former}() FROM PUBLIC;
CREATE TRIGGER {table}_known BEFORE UPDATE OF known_since ON {table}
    FOR EACH ROW EXECUTE FUNCTION keep_{former}();
""")
    for table, rule in READERS.items():
        done += [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"]
        done.append(f'GRANT SELECT ON {table} TO "{app_role}", "{backup_role}"')
        done.append(f'CREATE POLICY {table}_select ON {table} FOR SELECT TO "{app_role}" USING ({rule})')
    return done


POSTGRESQL_DOWN = [f"DROP FUNCTION keep_{former}() CASCADE" for former, _, _ in KEPT.values()]


def sqlite() -> list[str]:
    """All statements for SQLite."""
    done = []
    for table, (former, _, _) in KEPT.items():
        done += [
            f"CREATE TRIGGER {table}_known AFTER UPDATE OF known_since ON {table}"
            f" WHEN NEW.known_since > OLD.known_since BEGIN INSERT INTO {former} ({_columns(table)})"
            f" VALUES ({_values(table)}); END",
            f"CREATE TRIGGER {former}_no_update BEFORE UPDATE ON {former}"
            " BEGIN SELECT RAISE(ABORT, 'what was known is kept'); END",
        ]
    return done


SQLITE_DOWN = [f"DROP TRIGGER {table}_known" for table in KEPT]


def erasing_too(definition: str) -> str:
    """The function that erases, which takes the former days of stays as well; raises ValueError without a place."""
    if MARK not in definition:
        raise ValueError("erase_case deletes no keys")
    return definition.replace(MARK, MARK + LINE, 1)


def erasing_no_more(definition: str) -> str:
    """The way back."""
    return definition.replace(LINE, "", 1)
