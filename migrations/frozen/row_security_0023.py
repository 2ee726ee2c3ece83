"""What keeps the history of persons and the links of erased records, and who reads it, as migration 0023 left it."""

LINKING = "(SELECT ctx_system()) IN ('linker', 'statistics') OR (SELECT ctx_has('link_reviewer'))"
READ = f"{LINKING} OR (SELECT ctx_has('statistics_supervisor'))"

# The history is written by the database itself, as the owner: nobody who changes a person can leave it out or write one
# of her own. A run that waited for another began before it; its change cannot be older than what it changes.
KEEP = """
CREATE FUNCTION keep_former_person() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    NEW.since := greatest(NEW.since, OLD.since);
    IF NEW.since > OLD.since THEN
        INSERT INTO former_person (record_id, since, until, person_id)
        VALUES (OLD.record_id, OLD.since, NEW.since, OLD.person_id);
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION keep_link() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO kept_link VALUES (OLD.record_a_id, OLD.record_b_id) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE FUNCTION refuse_change_of_person() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'persons are kept'; END $$;
REVOKE ALL ON FUNCTION keep_former_person(), keep_link() FROM PUBLIC;
CREATE TRIGGER record_person_kept BEFORE UPDATE ON record_person FOR EACH ROW
    WHEN (NEW.person_id IS DISTINCT FROM OLD.person_id OR NEW.since IS DISTINCT FROM OLD.since)
    EXECUTE FUNCTION keep_former_person();
CREATE TRIGGER record_person_no_delete BEFORE DELETE ON record_person FOR EACH ROW
    WHEN (OLD.person_id <> OLD.record_id) EXECUTE FUNCTION refuse_change_of_person();
CREATE TRIGGER link_pair_kept AFTER DELETE ON link_pair FOR EACH ROW
    WHEN (OLD.state IN ('sure', 'confirmed')) EXECUTE FUNCTION keep_link();
"""

# Of what was erased before, the links are gone: who was one person with it then stays so.
OF_BEFORE = """
INSERT INTO kept_link (record_a_id, record_b_id)
SELECT DISTINCT CASE WHEN one.record_id < other.record_id THEN one.record_id ELSE other.record_id END,
    CASE WHEN one.record_id < other.record_id THEN other.record_id ELSE one.record_id END
FROM record_person one JOIN client_record erased ON erased.id = one.record_id AND erased.identity IS NULL
JOIN record_person other ON other.person_id = one.person_id AND other.record_id <> one.record_id
"""
READERS = {"former_person": READ, "kept_link": LINKING}


def postgresql(app_role: str, backup_role: str) -> list[str]:
    """All statements for PostgreSQL, in order."""
    done = [KEEP, OF_BEFORE]
    for table, rule in READERS.items():
        done += [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"]
        done.append(f'GRANT SELECT ON {table} TO "{app_role}", "{backup_role}"')
        done.append(f'CREATE POLICY {table}_select ON {table} FOR SELECT TO "{app_role}" USING ({rule})')
    return done


POSTGRESQL_DOWN = [
    f"DROP FUNCTION {name}() CASCADE" for name in ("keep_former_person", "keep_link", "refuse_change_of_person")
]


def _refused(table: str, act: str, when: str = "") -> str:
    return (
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} {when}"
        " BEGIN SELECT RAISE(ABORT, 'persons are kept'); END"
    )


def sqlite() -> list[str]:
    """All statements for SQLite."""
    return [
        "CREATE TRIGGER record_person_kept AFTER UPDATE ON record_person WHEN NEW.since > OLD.since"
        " BEGIN INSERT INTO former_person (record_id, since, until, person_id)"
        " VALUES (OLD.record_id, OLD.since, NEW.since, OLD.person_id); END",
        "CREATE TRIGGER link_pair_kept AFTER DELETE ON link_pair WHEN OLD.state IN ('sure', 'confirmed')"
        " BEGIN INSERT OR IGNORE INTO kept_link VALUES (OLD.record_a_id, OLD.record_b_id); END",
        _refused("record_person", "UPDATE", "WHEN NEW.since < OLD.since"),
        _refused("record_person", "DELETE", "WHEN OLD.person_id <> OLD.record_id"),
        _refused("former_person", "UPDATE"),
        _refused("former_person", "DELETE"),
        OF_BEFORE,
    ]


SQLITE_DOWN = [
    f"DROP TRIGGER {name}"
    for name in ("record_person_kept", "link_pair_kept", "record_person_no_update", "record_person_no_delete")
]
