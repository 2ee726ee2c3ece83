"""Roll-ups as migration 0033 left them: an act looks at the units and counts that it touches, and no further.

Before, a fact about somebody made all of her facts be counted anew in each of their months. And cells of a million
cases took more than half an hour to be made anew, for the words of each fact were carried through every sort.
"""

from migrations.frozen.rollups_0023 import GIVEN, NATION, OF_A_FACT

ALL = """
    SELECT e.person, e.record_id, e.agency_id, e.metric, e.occurred_on, e.recorded_at, e.weight, e.said, 1 AS side
      FROM every_fact e WHERE e.occurred_on >= v_first AND e.occurred_on < v_last
"""

UNITS = """(VALUES
        ('month', date_trunc('month', {day}::timestamp)::date),
        ('year', date_trunc('year', {day}::timestamp)::date),
        ('april', (date_trunc('year', {day} - interval '3 months') + interval '3 months')::date)
    ) u (unit, start_on)"""

# The same as app/queries/count_facts.py and counts.py say; a test holds the two together, cell by cell. People and
# overlaps are told by all counts of a person, whatever count was touched. Who it is comes first in every sort: it parts
# rows at once, where words have to be compared one by one.
CELLS = f"""
WITH given AS ({{given}}), net AS (
    SELECT side, person, record_id, agency_id, metric, occurred_on, said, min(recorded_at) AS recorded_at
      FROM given GROUP BY side, person, record_id, agency_id, metric, occurred_on, said HAVING sum(weight) > 0
), spread AS (
    SELECT n.*, u.unit, u.start_on FROM net n CROSS JOIN LATERAL {UNITS.format(day="n.occurred_on")}
     WHERE {{units}}
), readers AS (
    SELECT s.*, '{NATION}'::uuid AS reader, s.person AS who FROM spread s
    UNION ALL SELECT s.*, s.agency_id, s.record_id FROM spread s
), firsts AS (
    SELECT DISTINCT ON (who, metric, start_on, unit, reader, side) side, unit, start_on, reader, metric, said
      FROM readers WHERE {{metrics}}
     ORDER BY who, metric, start_on, unit, reader, side, occurred_on, recorded_at, agency_id, record_id
), alike AS (
    SELECT side, unit, start_on, reader, metric, said, count(*) AS people FROM firsts GROUP BY 1, 2, 3, 4, 5, 6
), told AS (
    SELECT a.side, a.unit, a.start_on, a.reader, a.metric, a.people, {{said}} AS said FROM alike a
), grown AS (
    SELECT t.*, CASE WHEN (t.said ->> 'is_child')::boolean THEN 'child' ELSE 'adult' END AS grown FROM told t
), counted AS (
    SELECT DISTINCT side, unit, start_on, reader, who, metric, agency_id FROM readers
), lists AS (
    SELECT side, unit, start_on, reader, who,
           agency_id::text || ':' || string_agg(metric, ',' ORDER BY metric) AS list
      FROM counted WHERE reader = '{NATION}' GROUP BY who, agency_id, start_on, unit, reader, side
), parts AS (
    SELECT side, unit, start_on, reader, 'total' AS dimension, metric, '' AS value, people FROM alike
    UNION ALL
    SELECT g.side, g.unit, g.start_on, g.reader, d.key, g.metric, coalesce(d.value, ''), g.people FROM grown g
     CROSS JOIN LATERAL jsonb_each_text((g.said - 'is_child') || jsonb_build_object(
        'adult_child', g.grown, 'age_band', g.grown || ':' || (g.said ->> 'age_band'))) d
    UNION ALL
    SELECT side, unit, start_on, reader, 'agency', metric, agency_id::text, 1 FROM counted WHERE {{metrics}}
    UNION ALL
    SELECT side, unit, start_on, reader, 'people', '', string_agg(DISTINCT metric, ',' ORDER BY metric), 1
      FROM counted GROUP BY who, start_on, unit, reader, side
    UNION ALL
    SELECT side, unit, start_on, reader, 'overlap', '', string_agg(list, ';' ORDER BY list), 1
      FROM lists GROUP BY who, start_on, unit, reader, side HAVING count(*) > 1
)
"""

TOUCHED = CELLS.format(
    given=GIVEN,
    said="a.said",
    units="p_units IS NULL OR u.unit || u.start_on = ANY (p_units)",
    metrics="(p_metrics IS NULL OR metric = ANY (p_metrics))",
)
ANEW = CELLS.format(
    given=ALL,
    said="(SELECT s.said FROM every_saying s WHERE s.id = a.said)",
    units="u.unit = ANY (v_units)",
    metrics="true",
)

WRITE_CHANGES = f"""
-- What the facts of some people change: those of side 1 hold from now on, those of side -1 held before. Looked at are
-- these units and these counts alone; NULL stands for all.
CREATE FUNCTION write_changes(p_facts jsonb, p_units text[], p_metrics text[]) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO count_delta (id, unit, start_on, agency_id, changes, recorded_at)
    {TOUCHED}
    SELECT gen_random_uuid(), c.unit, c.start_on, c.reader, json_object_agg(c.cell, c.people), now()
      FROM (SELECT p.unit, p.start_on, p.reader, p.dimension || '|' || p.metric || '|' || p.value AS cell,
                   sum(p.side * p.people) AS people
              FROM parts p GROUP BY 1, 2, 3, 4 HAVING sum(p.side * p.people) <> 0) c
     GROUP BY c.unit, c.start_on, c.reader;
END $$;
REVOKE ALL ON FUNCTION write_changes(jsonb, text[], text[]) FROM PUBLIC;
"""

ROLL_UP_FACTS = f"""
CREATE OR REPLACE FUNCTION roll_up_facts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    v_records uuid[]; v_facts jsonb; v_gone jsonb := '[]'; v_days date[]; v_metrics text[]; v_units text[];
    v_first date; v_last date;
BEGIN
    SELECT array_agg(DISTINCT record_id), array_agg(DISTINCT occurred_on), array_agg(DISTINCT metric::text)
      INTO v_records, v_days, v_metrics FROM fresh;
    IF v_records IS NULL THEN RETURN NULL; END IF;
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_agg(to_jsonb(g)), v_days || array_agg(g.occurred_on), v_metrics || array_agg(g.metric::text)
          INTO v_gone, v_days, v_metrics FROM gone g;
    END IF;
    SELECT array_agg(DISTINCT u.unit || u.start_on), date_trunc('year', min(d.day) - interval '3 months'),
           date_trunc('year', max(d.day)::timestamp) + interval '15 months'
      INTO v_units, v_first, v_last FROM unnest(v_days) d (day) CROSS JOIN LATERAL {UNITS.format(day="d.day")};
    v_records := lock_people(v_records);
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
    PERFORM write_changes(v_facts, v_units, v_metrics);
    RETURN NULL;
END $$;
"""

ROLL_UP_COUNTS = f"""
-- All cells anew: after rows were copied in past the triggers, or a breakdown was added. What a fact says is kept once
-- for all that say the same, so that what is sorted is narrow; and a year is made at a time.
CREATE OR REPLACE FUNCTION roll_up_counts() RETURNS void LANGUAGE plpgsql
SET search_path = public, pg_temp SET work_mem = '256MB' AS $$
DECLARE v_units text[]; v_first date; v_last date;
BEGIN
    LOCK TABLE record_person, count_fact IN SHARE MODE;
    DELETE FROM count_delta;
    DELETE FROM count_cell;
    CREATE TEMP TABLE every_fact AS
    SELECT coalesce(p.person_id, f.record_id) AS person, f.record_id, f.agency_id, f.metric::text AS metric,
           f.occurred_on, f.recorded_at, f.weight, f.id,
           md5((to_jsonb(f) - {OF_A_FACT})::text)::uuid AS said
      FROM count_fact f LEFT JOIN record_person p ON p.record_id = f.record_id
     ORDER BY f.occurred_on;
    CREATE INDEX ON every_fact USING brin (occurred_on);
    CREATE TEMP TABLE every_saying AS
    SELECT o.said AS id, to_jsonb(f) - {OF_A_FACT} AS said
      FROM (SELECT DISTINCT ON (e.said) e.said, e.id FROM every_fact e) o JOIN count_fact f ON f.id = o.id;
    CREATE INDEX ON every_saying (id);
    ANALYZE every_fact;
    ANALYZE every_saying;
    FOR v_units, v_first, v_last IN
        SELECT k.units, y + k.later, y + k.later + interval '1 year'
          FROM (SELECT generate_series(date_trunc('year', min(occurred_on)::timestamp) - interval '1 year',
                                       max(occurred_on)::timestamp, interval '1 year') AS y FROM every_fact) years
         CROSS JOIN (VALUES (ARRAY['month', 'year'], interval '0'), (ARRAY['april'], interval '3 months'))
                    k (units, later)
    LOOP
        INSERT INTO count_cell (unit, start_on, agency_id, dimension, metric, value, people)
        {ANEW}
        SELECT p.unit, p.start_on, p.reader, p.dimension, p.metric, p.value, sum(p.people)
          FROM parts p GROUP BY 1, 2, 3, 4, 5, 6;
    END LOOP;
    DROP TABLE every_fact, every_saying;
END $$;
"""


def _of_before(text: str, name: str) -> str:
    """The text of a function as 0023 left it."""
    start = text.index(f"CREATE FUNCTION {name}(")
    return text[start : text.index("END $$;", start) + len("END $$;")]


def postgresql(functions_before: str) -> list[str]:
    """All statements for PostgreSQL, in order; what 0023 left is needed for the function of links."""
    links = _of_before(functions_before, "roll_up_links").replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    links = links.replace("write_changes(v_facts)", "write_changes(v_facts, NULL, NULL)")
    return [WRITE_CHANGES, ROLL_UP_FACTS, links, ROLL_UP_COUNTS, "DROP FUNCTION write_changes(jsonb)"]


def postgresql_down(functions_before: str) -> list[str]:
    """The way back to the functions of 0023."""
    replaced = ("roll_up_links", "roll_up_facts", "roll_up_counts")
    again = [
        _of_before(functions_before, name).replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION") for name in replaced
    ]
    made = _of_before(functions_before, "write_changes")
    gone = "DROP FUNCTION write_changes(jsonb, text[], text[])"
    return [made, "REVOKE ALL ON FUNCTION write_changes(jsonb) FROM PUBLIC", *again, gone]
