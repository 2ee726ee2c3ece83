"""Row-level security, range constraints and triggers of the tables of migration 0018, as they stood then."""

from migrations.frozen import row_security_0010 as before

AGENCY = "(SELECT ctx_agency())"
OWN = f"agency_id = {AGENCY}"
NOT_BARRED = "(case_id = ANY ((SELECT barred_cases())::uuid[])) IS NOT TRUE"
PLACING = "(SELECT ctx_system()) IN ('placement', 'tick')"
MINE = f"({OWN} AND {NOT_BARRED})"


def placed(table: str, *commands: str) -> dict[str, str]:
    """As the stay itself: the house keeps it while consent is withdrawn, parties and placing see it."""
    live = f"may_see({table}.case_id)"
    seen = f"{MINE} OR {live} OR {PLACING}"
    rules = {"SELECT": seen, "INSERT": f"{live} OR {MINE}", "UPDATE": seen}
    return {command: rules[command] for command in commands}


POLICIES: dict[str, dict[str, str]] = {
    "companion_stay": placed("companion_stay", "SELECT", "INSERT", "UPDATE"),
    "overstay": placed("overstay", "SELECT", "INSERT"),
    "stay_transfer": placed("stay_transfer", "SELECT", "INSERT"),
    "stay_correction": placed("stay_correction", "SELECT", "INSERT"),
    "exit_wish": placed("exit_wish", "SELECT", "INSERT"),
    "safety_offer": placed("safety_offer", "SELECT", "INSERT"),
    "exit_approval": {
        "SELECT": "may_see(exit_approval.case_id)",
        "INSERT": f"{OWN} AND may_see(exit_approval.case_id)",
        "UPDATE": "may_see(exit_approval.case_id)",
    },
    # To the house alone, and to none of the other parties: they would learn that there is something to compare with.
    "stay_conflict": {
        "SELECT": f"{MINE} OR {PLACING}",
        "INSERT": PLACING,
        "UPDATE": f"{MINE} OR {PLACING}",
    },
}

COTS = """
ALTER TABLE companion_stay ADD CONSTRAINT companion_one_a_cot
    EXCLUDE USING gist (bed_id WITH =, daterange(arrived_on, left_on, '[)') WITH &&) WHERE (bed_id IS NOT NULL);

CREATE FUNCTION refuse_wrong_bed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'bed' THEN
        RAISE check_violation USING MESSAGE = 'bed_stays_what_it_is';
    ELSIF TG_TABLE_NAME = 'stay' AND EXISTS (SELECT 1 FROM bed b WHERE b.id = NEW.bed_id AND b.is_cot) THEN
        RAISE check_violation USING MESSAGE = 'resident_in_cot';
    ELSIF TG_TABLE_NAME = 'companion_stay'
          AND EXISTS (SELECT 1 FROM bed b WHERE b.id = NEW.bed_id AND NOT b.is_cot) THEN
        RAISE check_violation USING MESSAGE = 'companion_in_bed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER resident_in_cot_insert BEFORE INSERT ON stay FOR EACH ROW EXECUTE FUNCTION refuse_wrong_bed();
CREATE TRIGGER resident_in_cot_update BEFORE UPDATE ON stay FOR EACH ROW WHEN (NEW.bed_id <> OLD.bed_id)
    EXECUTE FUNCTION refuse_wrong_bed();
CREATE TRIGGER companion_in_bed_insert BEFORE INSERT ON companion_stay FOR EACH ROW
    EXECUTE FUNCTION refuse_wrong_bed();
CREATE TRIGGER companion_in_bed_update BEFORE UPDATE ON companion_stay FOR EACH ROW
    EXECUTE FUNCTION refuse_wrong_bed();
CREATE TRIGGER bed_stays_what_it_is BEFORE UPDATE ON bed FOR EACH ROW WHEN (NEW.is_cot <> OLD.is_cot)
    EXECUTE FUNCTION refuse_wrong_bed();

CREATE OR REPLACE FUNCTION refuse_void_bed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(('x' || left(replace(NEW.bed_id::text, '-', ''), 16))::bit(64)::bigint);
    IF TG_TABLE_NAME = 'stay' OR TG_TABLE_NAME = 'companion_stay' THEN
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
           OR EXISTS (SELECT 1 FROM companion_stay c WHERE c.bed_id = NEW.bed_id
                      AND daterange(c.arrived_on, c.left_on, '[)') && daterange(NEW.from_on, NEW.to_on, '[)'))
           OR EXISTS (SELECT 1 FROM bed_hold h WHERE h.bed_id = NEW.bed_id AND h.state = 'held'
                      AND daterange(h.from_on, h.to_on, '[)') && daterange(NEW.from_on, NEW.to_on, '[)')) THEN
            RAISE exclusion_violation USING MESSAGE = 'bed_void_of_used_bed';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER companion_in_void_cot_insert BEFORE INSERT ON companion_stay FOR EACH ROW
    WHEN (NEW.bed_id IS NOT NULL) EXECUTE FUNCTION refuse_void_bed();
CREATE TRIGGER companion_in_void_cot_update BEFORE UPDATE ON companion_stay FOR EACH ROW
    WHEN (NEW.bed_id IS NOT NULL AND (NEW.bed_id IS DISTINCT FROM OLD.bed_id OR NEW.arrived_on < OLD.arrived_on
          OR coalesce(NEW.left_on, 'infinity') > coalesce(OLD.left_on, 'infinity')))
    EXECUTE FUNCTION refuse_void_bed();
"""

WITHOUT_COTS = before.VOIDS[before.VOIDS.index("CREATE FUNCTION") : before.VOIDS.index("REVOKE ALL")].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)


def postgresql(app_role: str, backup_role: str) -> list[str]:
    """All statements for PostgreSQL, in order."""
    done = [COTS]
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


COMPANION = ("companion_stay", "arrived_on", "left_on")
WRONG = {
    "stay": ("resident_in_cot", "b.is_cot"),
    "companion_stay": ("companion_in_bed", "NOT b.is_cot"),
}


def sqlite() -> list[str]:
    """All statements for SQLite: triggers in place of constraints."""
    return [
        *before._apart("companion_one_a_cot", COMPANION, COMPANION, theirs="o.id <> NEW.id"),
        *before._apart("stay_in_void_cot", COMPANION, before.VOID),
        *before._apart("bed_void_of_used_cot", before.VOID, COMPANION),
        *(
            f"CREATE TRIGGER {name}_{when.lower()} BEFORE {when} ON {table} BEGIN SELECT RAISE(ABORT, '{name}')"
            f" WHERE EXISTS (SELECT 1 FROM bed b WHERE b.id = NEW.bed_id AND {wrong}); END"
            for table, (name, wrong) in WRONG.items()
            for when in ("INSERT", "UPDATE")
        ),
        "CREATE TRIGGER bed_stays_what_it_is BEFORE UPDATE ON bed WHEN NEW.is_cot <> OLD.is_cot"
        " BEGIN SELECT RAISE(ABORT, 'bed_stays_what_it_is'); END",
    ]


def postgresql_down() -> list[str]:
    """The functions as they were."""
    return ["DROP FUNCTION refuse_wrong_bed() CASCADE", WITHOUT_COTS]


def sqlite_down() -> list[str]:
    """The triggers that stand on tables which stay."""
    on_others = ("resident_in_cot_insert", "resident_in_cot_update", "bed_stays_what_it_is")
    on_voids = ("bed_void_of_used_cot_companion_stay_insert", "bed_void_of_used_cot_companion_stay_update")
    return [f"DROP TRIGGER {name}" for name in (*on_others, *on_voids)]
