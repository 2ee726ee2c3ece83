"""Roll-ups of the counts on PostgreSQL as migration 0023 left them: what writes them, folds them up and reads them.

A cell is how many people (or records of an agency's own) a number of a unit counts: a calendar month, a calendar year
or a year from 1 April. Facts and links write what they change, signed, in their own transaction; nobody waits for a row
that everybody writes. What is written is folded into cells now and then.
"""

NATION = "00000000-0000-0000-0000-000000000000"
"""Whose numbers the nation's are, where an agency's own stand under the agency."""

LINKS = 0x70656F70
"""The advisory lock that who changes links holds alone, and who writes facts holds together with the others."""

OF_A_FACT = (
    "ARRAY['id', 'case_id', 'agency_id', 'record_id', 'event_id', 'metric', 'occurred_on', 'recorded_at', 'weight',"
    " 'person', 'side']"
)
"""What a fact says of whom, when and for whom; every other column of it is a breakdown, those of later too."""

GIVEN = f"""
    SELECT (g ->> 'person')::uuid AS person, (g ->> 'record_id')::uuid AS record_id,
           (g ->> 'agency_id')::uuid AS agency_id, g ->> 'metric' AS metric, (g ->> 'occurred_on')::date AS occurred_on,
           (g ->> 'recorded_at')::timestamptz AS recorded_at, (g ->> 'weight')::int AS weight,
           (g ->> 'side')::int AS side, g - {OF_A_FACT} AS said
      FROM jsonb_array_elements(p_facts) g
"""
ALL = f"""
    SELECT coalesce(p.person_id, f.record_id) AS person, f.record_id, f.agency_id, f.metric::text AS metric,
           f.occurred_on, f.recorded_at, f.weight, to_jsonb(f) - {OF_A_FACT} AS said, 1 AS side
      FROM count_fact f LEFT JOIN record_person p ON p.record_id = f.record_id
"""

# The same as app/queries/count_facts.py and counts.py say; a test holds the two together, cell by cell.
CELLS = f"""
WITH given AS ({{given}}), net AS (
    SELECT side, person, record_id, agency_id, metric, occurred_on, said, min(recorded_at) AS recorded_at
      FROM given GROUP BY side, person, record_id, agency_id, metric, occurred_on, said HAVING sum(weight) > 0
), spread AS (
    SELECT n.*, u.unit, u.start_on FROM net n CROSS JOIN LATERAL (VALUES
        ('month', date_trunc('month', n.occurred_on::timestamp)::date),
        ('year', date_trunc('year', n.occurred_on::timestamp)::date),
        ('april', (date_trunc('year', n.occurred_on - interval '3 months') + interval '3 months')::date)
    ) u (unit, start_on)
), readers AS (
    SELECT s.*, '{NATION}'::uuid AS reader, s.person AS who FROM spread s
    UNION ALL SELECT s.*, s.agency_id, s.record_id FROM spread s
), firsts AS (
    SELECT DISTINCT ON (side, unit, start_on, reader, who, metric) side, unit, start_on, reader, metric, said,
           CASE WHEN (said ->> 'is_child')::boolean THEN 'child' ELSE 'adult' END AS grown
      FROM readers
     ORDER BY side, unit, start_on, reader, who, metric, occurred_on, recorded_at, agency_id, record_id
), counted AS (
    SELECT DISTINCT side, unit, start_on, reader, who, metric, agency_id FROM readers
), lists AS (
    SELECT side, unit, start_on, reader, who,
           agency_id::text || ':' || string_agg(metric, ',' ORDER BY metric) AS list
      FROM counted WHERE reader = '{NATION}' GROUP BY side, unit, start_on, reader, who, agency_id
), parts AS (
    SELECT side, unit, start_on, reader, 'total' AS dimension, metric, '' AS value FROM firsts
    UNION ALL
    SELECT f.side, f.unit, f.start_on, f.reader, d.key, f.metric, coalesce(d.value, '') FROM firsts f
     CROSS JOIN LATERAL jsonb_each_text((f.said - 'is_child') || jsonb_build_object(
        'adult_child', f.grown, 'age_band', f.grown || ':' || (f.said ->> 'age_band'))) d
    UNION ALL
    SELECT side, unit, start_on, reader, 'agency', metric, agency_id::text FROM counted
    UNION ALL
    SELECT side, unit, start_on, reader, 'people', '', string_agg(DISTINCT metric, ',' ORDER BY metric)
      FROM counted GROUP BY side, unit, start_on, reader, who
    UNION ALL
    SELECT side, unit, start_on, reader, 'overlap', '', string_agg(list, ';' ORDER BY list)
      FROM lists GROUP BY side, unit, start_on, reader, who HAVING count(*) > 1
)
"""

FUNCTIONS = f"""
-- What the facts of some people change: those of side 1 hold from now on, those of side -1 held before.
CREATE FUNCTION write_changes(p_facts jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO count_delta (id, unit, start_on, agency_id, changes, recorded_at)
    {CELLS.format(given=GIVEN)}
    SELECT gen_random_uuid(), c.unit, c.start_on, c.reader, json_object_agg(c.cell, c.people), now()
      FROM (SELECT p.unit, p.start_on, p.reader, p.dimension || '|' || p.metric || '|' || p.value AS cell,
                   sum(p.side) AS people
              FROM parts p GROUP BY 1, 2, 3, 4 HAVING sum(p.side) <> 0) c
     GROUP BY c.unit, c.start_on, c.reader;
END $$;

-- Its own record first: who has put that right may be about to change its links.
CREATE FUNCTION lock_people(p_records uuid[]) RETURNS uuid[]
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE v_linked uuid[];
BEGIN
    PERFORM 1 FROM client_record WHERE id = ANY (p_records) ORDER BY id FOR NO KEY UPDATE;
    PERFORM pg_advisory_xact_lock_shared({LINKS});
    SELECT array_agg(l.record_id) INTO v_linked FROM (
        SELECT r.record_id FROM record_person r
         WHERE r.person_id IN (SELECT person_id FROM record_person WHERE record_id = ANY (p_records))
         ORDER BY r.record_id FOR NO KEY UPDATE) l;
    RETURN p_records || v_linked;
END $$;

CREATE FUNCTION roll_up_facts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    v_records uuid[]; v_facts jsonb; v_gone jsonb := '[]'; v_first date; v_last date;
BEGIN
    SELECT array_agg(DISTINCT record_id), min(occurred_on), max(occurred_on) INTO v_records, v_first, v_last FROM fresh;
    IF v_records IS NULL THEN RETURN NULL; END IF;
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_agg(to_jsonb(g)), least(v_first, min(g.occurred_on)), greatest(v_last, max(g.occurred_on))
          INTO v_gone, v_first, v_last FROM gone g;
    END IF;
    v_records := lock_people(v_records);
    -- No unit of these facts begins or ends outside of that.
    v_first := date_trunc('year', v_first - interval '3 months');
    v_last := date_trunc('year', v_last::timestamp) + interval '15 months';
    WITH people AS (
        SELECT r.record_id, coalesce(p.person_id, r.record_id) AS person
          FROM unnest(v_records) r (record_id) LEFT JOIN record_person p ON p.record_id = r.record_id GROUP BY 1, 2
    ), sided AS (
        SELECT to_jsonb(f) AS fact, f.record_id, s.side
          FROM count_fact f JOIN (VALUES (1), (-1)) s (side) ON s.side = 1 OR f.id NOT IN (SELECT id FROM fresh)
         WHERE f.record_id = ANY (v_records) AND f.occurred_on >= v_first AND f.occurred_on < v_last
        UNION ALL SELECT g, (g ->> 'record_id')::uuid, -1 FROM jsonb_array_elements(v_gone) g
    ) SELECT jsonb_agg(s.fact || jsonb_build_object('person', p.person, 'side', s.side)) INTO v_facts
        FROM sided s JOIN people p USING (record_id);
    PERFORM write_changes(v_facts);
    RETURN NULL;
END $$;

CREATE FUNCTION lock_links() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_advisory_xact_lock({LINKS}); RETURN NULL; END $$;

CREATE FUNCTION roll_up_links() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE v_was jsonb; v_people uuid[]; v_records uuid[]; v_facts jsonb;
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT jsonb_object_agg(record_id, record_id), array_agg(person_id) INTO v_was, v_people FROM fresh;
    ELSE
        SELECT jsonb_object_agg(o.record_id, o.person_id), array_agg(o.person_id) || array_agg(n.person_id)
          INTO v_was, v_people
          FROM gone o JOIN fresh n ON n.record_id = o.record_id AND n.person_id <> o.person_id;
    END IF;
    IF v_was IS NULL THEN RETURN NULL; END IF;
    SELECT array_agg(record_id) INTO v_records FROM record_person WHERE person_id = ANY (v_people);
    -- Who is alone before and after changes no number: most records, when they are looked at for the first time.
    IF NOT EXISTS (SELECT FROM record_person WHERE record_id = ANY (v_records)
                   GROUP BY person_id HAVING count(*) > 1)
       AND NOT EXISTS (SELECT FROM (SELECT coalesce(v_was ->> record_id::text, person_id::text) AS was
                                      FROM record_person WHERE record_id = ANY (v_records)) w
                       GROUP BY was HAVING count(*) > 1)
    THEN RETURN NULL; END IF;
    SELECT jsonb_agg(to_jsonb(f) || jsonb_build_object('side', s.side, 'person',
               CASE WHEN s.side = -1 THEN coalesce(v_was ->> f.record_id::text, p.person_id::text)
                    ELSE p.person_id::text END)) INTO v_facts
      FROM count_fact f JOIN record_person p ON p.record_id = f.record_id CROSS JOIN (VALUES (1), (-1)) s (side)
     WHERE f.record_id = ANY (v_records);
    PERFORM write_changes(v_facts);
    RETURN NULL;
END $$;

CREATE FUNCTION compact_counts() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE v_folded bigint;
BEGIN
    IF NOT pg_try_advisory_xact_lock({LINKS + 1}) THEN RETURN 0; END IF;
    WITH folded AS (DELETE FROM count_delta RETURNING *), cells AS (
        SELECT f.unit, f.start_on, f.agency_id, split_part(c.key, '|', 1) AS dimension,
               split_part(c.key, '|', 2) AS metric, substr(c.key, length(split_part(c.key, '|', 1))
                   + length(split_part(c.key, '|', 2)) + 3) AS value, sum(c.value::int) AS people
          FROM folded f CROSS JOIN LATERAL json_each_text(f.changes) c GROUP BY 1, 2, 3, 4, 5, 6
    ), done AS (
        INSERT INTO count_cell (unit, start_on, agency_id, dimension, metric, value, people)
        SELECT * FROM cells WHERE people <> 0
        ON CONFLICT (unit, start_on, agency_id, dimension, metric, value)
        DO UPDATE SET people = count_cell.people + excluded.people
    ) SELECT count(*) INTO v_folded FROM folded;
    RETURN v_folded;
END $$;

-- All cells anew: after rows were copied in past the triggers, or a breakdown was added.
CREATE FUNCTION roll_up_counts() RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    LOCK TABLE record_person, count_fact IN SHARE MODE;
    DELETE FROM count_delta;
    DELETE FROM count_cell;
    INSERT INTO count_cell (unit, start_on, agency_id, dimension, metric, value, people)
    {CELLS.format(given=ALL)}
    SELECT p.unit, p.start_on, p.reader, p.dimension, p.metric, p.value, count(*)
      FROM parts p GROUP BY 1, 2, 3, 4, 5, 6;
END $$;

REVOKE ALL ON FUNCTION write_changes(jsonb), lock_people(uuid[]), roll_up_facts(),
    roll_up_links(), compact_counts(), roll_up_counts() FROM PUBLIC;

CREATE TRIGGER count_fact_rolled_up AFTER INSERT ON count_fact REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION roll_up_facts();
CREATE TRIGGER count_fact_cut AFTER UPDATE ON count_fact REFERENCING OLD TABLE AS gone NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION roll_up_facts();
CREATE TRIGGER record_person_alone BEFORE INSERT OR UPDATE OF person_id ON record_person
    FOR EACH STATEMENT EXECUTE FUNCTION lock_links();
CREATE TRIGGER record_person_linked AFTER INSERT ON record_person REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION roll_up_links();
CREATE TRIGGER record_person_moved AFTER UPDATE ON record_person REFERENCING OLD TABLE AS gone NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION roll_up_links();
"""

READ = (
    "agency_id = (SELECT ctx_agency()) OR (SELECT ctx_has('statistics_supervisor'))"
    " OR (SELECT ctx_system()) = 'statistics'"
)


def postgresql(app_role: str, backup_role: str) -> list[str]:
    """All statements for PostgreSQL, in order."""
    done = [FUNCTIONS, f'GRANT EXECUTE ON FUNCTION compact_counts() TO "{app_role}"']
    for table in ("count_delta", "count_cell"):
        done += [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"]
        done.append(f'GRANT SELECT ON {table} TO "{app_role}", "{backup_role}"')
        done.append(f'CREATE POLICY {table}_select ON {table} FOR SELECT TO "{app_role}" USING ({READ})')
    return [*done, "SELECT roll_up_counts()"]


POSTGRESQL_DOWN = [
    f"DROP FUNCTION {name} CASCADE"
    for name in (
        *("roll_up_counts()", "compact_counts()", "roll_up_links()", "lock_links()", "roll_up_facts()"),
        *("lock_people(uuid[])", "write_changes(jsonb)"),
    )
]
