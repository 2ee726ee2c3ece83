"""Row-level security of the tables of migration 0019, and the one function that erases, as they stood then."""

OWN = "agency_id = (SELECT ctx_agency())"
STATISTICS = "(SELECT ctx_system()) = 'statistics'"

POLICIES: dict[str, dict[str, str]] = {
    "erasure": {"SELECT": OWN, "INSERT": OWN, "UPDATE": OWN},
    "kept_nights": {"SELECT": f"{OWN} OR {STATISTICS}", "INSERT": STATISTICS},
}

# What is erased belongs to many agencies, none of which may write another's rows: it is done here, once two members of
# the agency that leads the closed case have said so, and in no other way.
ERASE = """
CREATE FUNCTION erase_case(p_erasure uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_case uuid; v_record uuid;
BEGIN
    SELECT e.case_id INTO v_case FROM erasure e JOIN cases c ON c.id = e.case_id
     WHERE e.id = p_erasure AND e.state = 'done' AND e.agency_id = ctx_agency() AND e.decided_by_id = ctx_member()
       AND e.asked_by_id <> e.decided_by_id AND c.lead_agency_id = e.agency_id AND c.status = 'closed';
    IF v_case IS NULL OR barred(v_case) THEN RAISE EXCEPTION 'basis'; END IF;
    SELECT id INTO v_record FROM client_record WHERE case_id = v_case;

    DELETE FROM case_key WHERE case_id = v_case;
    DELETE FROM packet_key WHERE referral_id IN (SELECT id FROM referral WHERE case_id = v_case);
    DELETE FROM stay_key WHERE stay_id IN (SELECT id FROM stay WHERE case_id = v_case);
    DELETE FROM search_token WHERE record_id = v_record;
    DELETE FROM link_token WHERE record_id = v_record;
    DELETE FROM link_pair WHERE record_a_id = v_record OR record_b_id = v_record;
    DELETE FROM register_row WHERE record_id = v_record;
    DELETE FROM record_change WHERE case_id = v_case;
    DELETE FROM signature WHERE case_id = v_case;
    DELETE FROM stay_conflict WHERE case_id = v_case;
    DELETE FROM stay_correction WHERE case_id = v_case;

    UPDATE case_bar SET reason = NULL WHERE case_id = v_case;
    UPDATE case_event SET answers = NULL, identity = NULL, reason = NULL,
        occurred_on = date_trunc('month', occurred_on) WHERE case_id = v_case;
    UPDATE keep_apart SET reason = NULL WHERE case_id = v_case;
    UPDATE note SET text = NULL, occurred_on = date_trunc('month', occurred_on) WHERE case_id = v_case;
    UPDATE place_need SET wishes = NULL WHERE case_id = v_case;
    UPDATE service_given SET note = NULL, occurred_on = date_trunc('month', occurred_on) WHERE case_id = v_case;
    UPDATE transnational_packet SET content = NULL, identity = NULL, answer_note = NULL WHERE case_id = v_case;
    UPDATE guardian SET details = NULL WHERE case_id = v_case;
    UPDATE meeting_case SET decision = NULL WHERE case_id = v_case;
    UPDATE meeting_follow_up SET task = NULL WHERE case_id = v_case;
    UPDATE referral SET packet = NULL, return_note = NULL WHERE case_id = v_case;
    UPDATE clock_exemption SET reason = NULL WHERE case_id = v_case;
    UPDATE clock_pause SET reason = NULL WHERE case_id = v_case;
    UPDATE movement_limit SET reason = NULL, own_words = NULL, lift_reason = NULL WHERE case_id = v_case;
    UPDATE limit_review SET note = NULL WHERE case_id = v_case;
    UPDATE complaint SET told = NULL, answer = NULL WHERE case_id = v_case;
    UPDATE appointment SET note = NULL WHERE case_id = v_case;
    UPDATE belonging SET description = NULL WHERE case_id = v_case;
    UPDATE incident SET case_wrapped = NULL, account = NULL, conclusion = NULL WHERE case_id = v_case;
    UPDATE incident_step SET note = NULL WHERE case_id = v_case;
    UPDATE relocation_place SET place = NULL WHERE case_id = v_case;
    UPDATE client_record SET identity = NULL, safe_contact = NULL, has_safe_contact = false, language = 'unknown',
        snapshot_on = date_trunc('month', snapshot_on) WHERE case_id = v_case;

    UPDATE bed_void SET stay_id = NULL WHERE stay_id IN (SELECT id FROM stay WHERE case_id = v_case);
    UPDATE stay SET safety = NULL, expected_until = NULL, arrived_on = date_trunc('month', arrived_on),
        left_on = date_trunc('month', arrived_on) WHERE case_id = v_case;
    UPDATE bed_hold SET state = CASE WHEN state = 'held' THEN 'expired' ELSE state END,
        from_on = date_trunc('month', from_on), to_on = date_trunc('month', from_on) + interval '1 day'
     WHERE case_id = v_case;
    UPDATE exit_wish SET words = NULL, said_on = date_trunc('month', said_on) WHERE case_id = v_case;
    UPDATE exit_approval SET answered_on = date_trunc('month', answered_on) WHERE case_id = v_case;
    UPDATE safety_offer SET offered_on = date_trunc('month', offered_on) WHERE case_id = v_case;
    UPDATE acknowledgement SET occurred_on = date_trunc('month', occurred_on) WHERE case_id = v_case;
    UPDATE consent SET occurred_on = date_trunc('month', occurred_on),
        withdrawn_on = date_trunc('month', withdrawn_on) WHERE case_id = v_case;
    UPDATE case_move SET moved_on = date_trunc('month', moved_on) WHERE case_id = v_case;
    UPDATE relocation SET leave_on = date_trunc('month', leave_on) WHERE case_id = v_case;
    UPDATE overstay SET expected_until = date_trunc('month', expected_until),
        agreed_until = date_trunc('month', agreed_until), decided_on = date_trunc('month', decided_on)
     WHERE case_id = v_case;
    UPDATE companion_stay SET arrived_on = date_trunc('month', arrived_on), left_on = date_trunc('month', arrived_on)
     WHERE case_id = v_case;
    UPDATE count_fact SET occurred_on = date_trunc('month', occurred_on) WHERE case_id = v_case;
    UPDATE cases SET opened_on = date_trunc('month', opened_on), closed_on = date_trunc('month', closed_on)
     WHERE id = v_case;
    UPDATE case_party SET opened_on = date_trunc('month', opened_on) WHERE case_id = v_case;
END $$;
REVOKE ALL ON FUNCTION erase_case(uuid) FROM PUBLIC;
"""
POSTGRESQL_DOWN = "DROP FUNCTION erase_case(uuid)"


def postgresql(app_role: str, backup_role: str) -> list[str]:
    """All statements for PostgreSQL, in order."""
    done = [ERASE, f'GRANT EXECUTE ON FUNCTION erase_case(uuid) TO "{app_role}"']
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
