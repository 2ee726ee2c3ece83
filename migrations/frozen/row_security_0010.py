"""Row-level security, range constraints and triggers of the tables of migration 0010, as they stood then."""

OWN = "agency_id = (SELECT ctx_agency())"
KNOWN = "(SELECT ctx_agency()) IS NOT NULL"
SEEN = f"{OWN} OR (SELECT ctx_system()) IN ('placement', 'tick')"

POLICIES: dict[str, dict[str, str]] = {
    "bed_void": {"SELECT": SEEN, "INSERT": OWN, "UPDATE": OWN},
    "void_revision": {"SELECT": OWN, "INSERT": OWN},
    "turnaround": {"SELECT": KNOWN, "INSERT": OWN, "UPDATE": OWN},
}

# Two tables cannot share an exclusion constraint: who writes one of them waits for the bed, then looks at the others.
# It looks with the owner's rights, for a stay that the writer may not see fills a bed as well.
VOIDS = """
ALTER TABLE bed_void ADD CONSTRAINT bed_void_one_a_bed
    EXCLUDE USING gist (bed_id WITH =, daterange(from_on, to_on, '[)') WITH &&);

CREATE FUNCTION refuse_void_bed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(('x' || left(replace(NEW.bed_id::text, '-', ''), 16))::bit(64)::bigint);
    IF TG_TABLE_NAME = 'stay' THEN
        IF EXISTS (SELECT 1 FROM bed_void v WHERE v.bed_id = NEW.bed_id
                   AND daterange(v.from_on, v.to_on, '[)') && daterange(NEW.arrived_on, NEW.left_on, '[)')) THEN
            RAISE exclusion_violation USING MESSAGE = 'stay_in_void_bed';
        END IF;
    ELSIF TG_TABLE_NAME = 'bed_hold' THEN
        IF EXISTS (SELECT 1 FROM bed_void v WHERE v.bed_id = NEW.bed_id
                   AND daterange(v.from_on, v.to_on, '[)') && daterange(NEW.from_on, NEW.to_on, '[)')) THEN
            RAISE exclusion_violation USING MESSAGE = 'bed_hold_of_void_bed';
        END IF;
    ELSE
        IF EXISTS (SELECT 1 FROM stay s WHERE s.bed_id = NEW.bed_id
                   AND daterange(s.arrived_on, s.left_on, '[)') && daterange(NEW.from_on, NEW.to_on, '[)'))
           OR EXISTS (SELECT 1 FROM bed_hold h WHERE h.bed_id = NEW.bed_id AND h.state = 'held'
                      AND daterange(h.from_on, h.to_on, '[)') && daterange(NEW.from_on, NEW.to_on, '[)')) THEN
            RAISE exclusion_violation USING MESSAGE = 'bed_void_of_used_bed';
        END IF;
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION refuse_void_bed() FROM PUBLIC;

CREATE TRIGGER stay_in_void_bed_insert BEFORE INSERT ON stay FOR EACH ROW EXECUTE FUNCTION refuse_void_bed();
CREATE TRIGGER stay_in_void_bed_update BEFORE UPDATE ON stay FOR EACH ROW
    WHEN (NEW.bed_id <> OLD.bed_id OR NEW.arrived_on < OLD.arrived_on
          OR coalesce(NEW.left_on, 'infinity') > coalesce(OLD.left_on, 'infinity'))
    EXECUTE FUNCTION refuse_void_bed();
CREATE TRIGGER bed_hold_of_void_bed_insert BEFORE INSERT ON bed_hold FOR EACH ROW WHEN (NEW.state = 'held')
    EXECUTE FUNCTION refuse_void_bed();
CREATE TRIGGER bed_hold_of_void_bed_update BEFORE UPDATE ON bed_hold FOR EACH ROW WHEN (NEW.state = 'held')
    EXECUTE FUNCTION refuse_void_bed();
CREATE TRIGGER bed_void_of_used_bed_insert BEFORE INSERT ON bed_void FOR EACH ROW EXECUTE FUNCTION refuse_void_bed();
CREATE TRIGGER bed_void_of_used_bed_update BEFORE UPDATE ON bed_void FOR EACH ROW
    WHEN (NEW.bed_id <> OLD.bed_id OR NEW.from_on < OLD.from_on
          OR coalesce(NEW.to_on, 'infinity') > coalesce(OLD.to_on, 'infinity'))
    EXECUTE FUNCTION refuse_void_bed();
"""

NEVER = "'9999-12-31'"
STAY, HOLD, VOID = ("stay", "arrived_on", "left_on"), ("bed_hold", "from_on", "to_on"), ("bed_void", "from_on", "to_on")
HELD = "{row}.state = 'held'"


def postgresql(app_role: str, backup_role: str) -> list[str]:
    """All statements for PostgreSQL, in order."""
    done = [VOIDS]
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


def postgresql_down() -> list[str]:
    """The function, and with it the triggers that call it."""
    return ["DROP FUNCTION refuse_void_bed() CASCADE"]


def _apart(
    name: str, one: tuple[str, str, str], other: tuple[str, str, str], mine: str = "1", theirs: str = "1"
) -> list[str]:
    """Triggers that refuse a row of one table which overlaps a row of the other for the same bed."""
    table, start, end = one
    their_table, their_start, their_end = other
    stop, their_stop = f"coalesce(NEW.{end}, {NEVER})", f"coalesce(o.{their_end}, {NEVER})"
    body = (
        f"SELECT RAISE(ABORT, '{name}') WHERE {mine} AND NEW.{start} < {stop} AND EXISTS"
        f" (SELECT 1 FROM {their_table} o WHERE o.bed_id = NEW.bed_id AND {theirs} AND o.{their_start} < {their_stop}"
        f" AND o.{their_start} < {stop} AND NEW.{start} < {their_stop});"
    )
    return [
        f"CREATE TRIGGER {name}_{other[0]}_{when.lower()} BEFORE {when} ON {table} BEGIN {body} END"
        for when in ("INSERT", "UPDATE")
    ]


def sqlite() -> list[str]:
    """All statements for SQLite: triggers in place of exclusion constraints."""
    another = "o.id <> NEW.id"
    return [
        *_apart("bed_void_one_a_bed", VOID, VOID, theirs=another),
        *_apart("stay_in_void_bed", STAY, VOID),
        *_apart("bed_hold_of_void_bed", HOLD, VOID, mine=HELD.format(row="NEW")),
        *_apart("bed_void_of_used_bed", VOID, STAY),
        *_apart("bed_void_of_used_bed", VOID, HOLD, theirs=HELD.format(row="o")),
    ]


def sqlite_down() -> list[str]:
    """The triggers that stand on tables which stay."""
    names = ("stay_in_void_bed_bed_void", "bed_hold_of_void_bed_bed_void")
    return [f"DROP TRIGGER {name}_{when}" for name in names for when in ("insert", "update")]
