"""The one function that clears what is over its period beside cases, as it stood in migration 0038.

Who approves may be of another agency than whose rows they are, and nobody may delete notices: it is done here, once two
members have said so, and in no other way.
"""

CLEAR = """
CREATE FUNCTION clear_over(p_approval uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_agency uuid; v_what text; v_before date; v_number integer;
BEGIN
    SELECT a.agency_id, a.asked::json ->> 'what', (a.asked::json ->> 'before')::date INTO v_agency, v_what, v_before
      FROM approval a WHERE a.id = p_approval AND a.kind = 'clearing' AND a.state = 'approved'
       AND a.decided_by_id = ctx_member() AND a.asked_by_id <> a.decided_by_id;
    -- No class is kept for less than a month, whatever was asked.
    IF v_agency IS NULL OR v_before > CURRENT_DATE - 27 THEN RAISE EXCEPTION 'basis'; END IF;
    IF v_what = 'notice' THEN
        DELETE FROM notice WHERE agency_id = v_agency AND date(read_at) < v_before;
    ELSIF v_what = 'register_draft' THEN
        DELETE FROM register_draft WHERE agency_id = v_agency AND date(made_at) < v_before;
    ELSIF v_what = 'hotline_contact' THEN
        UPDATE hotline_contact SET note = NULL, signal_id = NULL, occurred_on = date_trunc('month', occurred_on),
            recorded_at = date_trunc('month', recorded_at)
         WHERE agency_id = v_agency AND occurred_on < v_before
           AND (note IS NOT NULL OR signal_id IS NOT NULL OR extract(day FROM occurred_on) <> 1);
    ELSIF v_what = 'signal' THEN
        UPDATE signal SET noticed = NULL, contact = NULL, basis_reason = NULL, sent_at = date_trunc('month', sent_at),
            received_at = date_trunc('month', received_at), decided_at = date_trunc('month', decided_at)
         WHERE to_agency_id = v_agency AND state = 'closed' AND date(decided_at) < v_before
           AND (noticed IS NOT NULL OR contact IS NOT NULL OR basis_reason IS NOT NULL
                OR extract(day FROM decided_at) <> 1);
    ELSE RAISE EXCEPTION 'basis';
    END IF;
    GET DIAGNOSTICS v_number = ROW_COUNT;
    RETURN v_number;
END $$;
REVOKE ALL ON FUNCTION clear_over(uuid) FROM PUBLIC;
"""
POSTGRESQL_DOWN = "DROP FUNCTION clear_over(uuid)"


def postgresql(app_role: str) -> list[str]:
    """All statements for PostgreSQL, in order."""
    return [CLEAR, f'GRANT EXECUTE ON FUNCTION clear_over(uuid) TO "{app_role}"']
