"""The database's own functions as they stood in migration 0001, and which of them run with their owner's rights."""

STANDING = """
CREATE FUNCTION {name}(p_case uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    v_agency uuid := ctx_agency();
    v_member uuid := ctx_member();
    v_oversees boolean := ctx_oversees();
    v_stands_for uuid[] := ctx_stands_for();
BEGIN
    RETURN EXISTS (SELECT 1 FROM case_party p
                   WHERE p.case_id = p_case AND p.agency_id = v_agency AND {standing})
       AND (v_oversees OR EXISTS (SELECT 1 FROM case_staff s
                   WHERE s.case_id = p_case AND s.agency_id = v_agency AND s.ended_at IS NULL
                     AND s.member_id = ANY (v_stands_for)))
       AND NOT EXISTS (SELECT 1 FROM case_bar b
                   WHERE b.case_id = p_case AND b.member_id = v_member AND b.lifted_at IS NULL);
END $$;
"""

MAY_SEE = STANDING.format(name="may_see", standing="p.ended_at IS NULL")
MAY_POINT = STANDING.format(
    name="may_point", standing="(p.ended_at IS NULL OR p.end_kind IN ('handed_over', 'closed'))"
)

# The context is one text, set for one transaction: member|agency|roles|system|stands_for.
# An unset or reset setting is '' and not NULL, and '' must mean no rows: hence nullif everywhere.
FUNCTIONS = f"""
CREATE FUNCTION ctx(part integer) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(split_part(current_setting('app.ctx', true), '|', part), '') $$;
CREATE FUNCTION ctx_member() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT ctx(1)::uuid $$;
CREATE FUNCTION ctx_agency() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT ctx(2)::uuid $$;
CREATE FUNCTION ctx_has(role text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(role = ANY (string_to_array(ctx(3), ',')), false) $$;
CREATE FUNCTION ctx_system() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT coalesce(ctx(4), '') $$;
CREATE FUNCTION ctx_stands_for() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(string_to_array(ctx(5), ',')::uuid[], '{{}}') $$;
CREATE FUNCTION ctx_oversees() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT ctx_has('agency_supervisor') OR ctx_system() IN ('tick', 'answering') $$;

-- In plpgsql, which keeps the plans of a session: in plain SQL each statement would plan them anew.
CREATE FUNCTION barred(p_case uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS
$$ BEGIN RETURN EXISTS (SELECT 1 FROM case_bar b
                  WHERE b.case_id = p_case AND b.member_id = ctx_member() AND b.lifted_at IS NULL); END $$;

CREATE FUNCTION barred_cases() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS
$$ BEGIN RETURN ARRAY(SELECT b.case_id FROM case_bar b
                      WHERE b.member_id = ctx_member() AND b.lifted_at IS NULL); END $$;

{MAY_SEE}
{MAY_POINT}
CREATE FUNCTION open_case(p_case jsonb, p_party uuid, p_staff uuid, p_basis text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_agency agency;
    v_case cases;
BEGIN
    SELECT * INTO STRICT v_agency FROM agency WHERE id = ctx_agency();
    IF p_basis NOT IN ('opening', 'import') THEN RAISE EXCEPTION 'basis'; END IF;
    v_case := jsonb_populate_record(NULL::cases, p_case);
    v_case.opened_by_agency_id := v_agency.id;
    v_case.lead_agency_id := v_agency.id;
    v_case.origin := v_agency.kind;
    IF v_case.previous_case_id IS NOT NULL AND NOT may_see(v_case.previous_case_id) THEN
        RAISE EXCEPTION 'previous case';
    END IF;
    INSERT INTO cases VALUES (v_case.*);
    INSERT INTO case_party (id, case_id, agency_id, agency_kind, kind, basis, since, case_state, stage, opened_on)
    VALUES (p_party, v_case.id, v_agency.id, v_agency.kind, 'duty', p_basis, v_case.recorded_at,
            v_case.status, '', v_case.opened_on);
    IF ctx_member() IS NOT NULL THEN
        INSERT INTO case_staff (id, case_id, agency_id, member_id, since)
        VALUES (p_staff, v_case.id, v_agency.id, ctx_member(), v_case.recorded_at);
    END IF;
END $$;

CREATE FUNCTION add_party(p_id uuid, p_case uuid, p_agency uuid, p_kind text, p_basis text, p_referral uuid,
                          p_staff uuid, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_agency agency;
BEGIN
    IF barred(p_case) THEN RAISE EXCEPTION 'basis'; END IF;
    IF p_basis IN ('call', 'referral', 'hand_over') THEN
        PERFORM 1 FROM referral r WHERE r.id = p_referral AND r.case_id = p_case
            AND r.to_agency_id = ctx_agency() AND p_agency = ctx_agency()
            AND r.state IN ('sent', 'seen', 'claimed');
        IF NOT FOUND THEN RAISE EXCEPTION 'basis'; END IF;
    ELSIF p_basis <> 'care_decision' OR NOT may_see(p_case) THEN
        RAISE EXCEPTION 'basis';
    END IF;
    SELECT * INTO STRICT v_agency FROM agency WHERE id = p_agency;
    INSERT INTO case_party (id, case_id, agency_id, agency_kind, kind, basis, since, case_state, stage, opened_on)
    SELECT p_id, c.id, v_agency.id, v_agency.kind, p_kind, p_basis, p_at, p.case_state, p.stage, c.opened_on
      FROM cases c JOIN LATERAL (SELECT case_state, stage FROM case_party WHERE case_id = c.id
                                  ORDER BY ended_at IS NULL DESC LIMIT 1) p ON true
     WHERE c.id = p_case
    ON CONFLICT (case_id, agency_id) WHERE ended_at IS NULL DO NOTHING;
    IF p_agency = ctx_agency() AND ctx_member() IS NOT NULL THEN
        INSERT INTO case_staff (id, case_id, agency_id, member_id, since)
        VALUES (p_staff, p_case, v_agency.id, ctx_member(), p_at)
        ON CONFLICT (case_id, member_id) WHERE ended_at IS NULL DO NOTHING;
    END IF;
END $$;

CREATE FUNCTION end_party(p_case uuid, p_agency uuid, p_end_kind text, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT may_see(p_case) THEN RAISE EXCEPTION 'basis'; END IF;
    UPDATE case_party SET ended_at = p_at, end_kind = p_end_kind
     WHERE case_id = p_case AND agency_id = p_agency AND ended_at IS NULL;
END $$;

CREATE FUNCTION grantor_keys(p_case uuid, p_referral uuid)
RETURNS TABLE (holder_id uuid, kind varchar, wrapped bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT k.holder_id, k.kind, k.wrapped
     FROM referral r JOIN case_key k ON k.case_id = r.case_id AND k.holder_id = r.from_agency_id
    WHERE r.id = p_referral AND r.case_id = p_case AND r.to_agency_id = ctx_agency()
      AND r.state IN ('sent', 'seen', 'claimed') AND NOT barred(p_case) $$;

CREATE FUNCTION lead_of_stay(p_stay uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS
$$ SELECT c.lead_agency_id FROM stay s JOIN cases c ON c.id = s.case_id
    WHERE s.id = p_stay AND s.agency_id = ctx_agency() AND s.left_on IS NULL AND NOT barred(s.case_id) $$;

CREATE FUNCTION case_references(p_cases uuid[]) RETURNS TABLE (id uuid, reference varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT c.id, c.reference FROM cases c WHERE ctx_has('statistics_supervisor') AND c.id = ANY (p_cases) $$;

CREATE FUNCTION audit_append(p_chain integer, p_at timestamptz, p_action text, p_case uuid, p_detail text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_position integer;
    v_previous text;
    v_at timestamptz := coalesce(p_at, clock_timestamp());
    v_digest text;
BEGIN
    SELECT length + 1, head INTO STRICT v_position, v_previous
      FROM audit_chain WHERE number = p_chain FOR UPDATE;
    v_digest := encode(sha256(convert_to(concat_ws('|', p_chain, v_position,
        (extract(epoch FROM v_at) * 1000000)::bigint, coalesce(ctx_member()::text, ''),
        coalesce(ctx_agency()::text, ''), p_action, coalesce(p_case::text, ''), p_detail, v_previous), 'UTF8')), 'hex');
    INSERT INTO audit_entry (chain, position, at, member_id, agency_id, action, case_id, detail, previous, digest)
    VALUES (p_chain, v_position, v_at, ctx_member(), ctx_agency(), p_action, p_case, p_detail, v_previous, v_digest);
    UPDATE audit_chain SET length = v_position, head = v_digest WHERE number = p_chain;
END $$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'append only'; END $$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""

DEFINERS = (
    "barred(uuid)",
    "barred_cases()",
    "may_see(uuid)",
    "may_point(uuid)",
    "open_case(jsonb, uuid, uuid, text)",
    "add_party(uuid, uuid, uuid, text, text, uuid, uuid, timestamptz)",
    "end_party(uuid, uuid, text, timestamptz)",
    "grantor_keys(uuid, uuid)",
    "lead_of_stay(uuid)",
    "case_references(uuid[])",
    "audit_append(integer, timestamptz, text, uuid, text)",
)
