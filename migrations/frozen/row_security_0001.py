"""Row-level security, grants and range constraints as they stood in migration 0001."""

from migrations.frozen.functions_0001 import DEFINERS, FUNCTIONS

AGENCY = "(SELECT ctx_agency())"
MEMBER = "(SELECT ctx_member())"
KNOWN = f"{AGENCY} IS NOT NULL"
ADMINISTRATOR = "(SELECT ctx_has('administrator'))"
OVERSEES = "(SELECT ctx_oversees())"


def system(*names: str) -> str:
    """One of the system's own actors."""
    listed = ", ".join(f"'{name}'" for name in names)
    return f"(SELECT ctx_system()) IN ({listed})"


def live(table: str) -> str:
    """The agency is a party now, the member in its team and not barred."""
    return f"may_see({table}.case_id)"


def pointer(table: str) -> str:
    """As live, and also where the agency handed over, or saw the case closed."""
    return f"may_point({table}.case_id)"


NOT_BARRED = "(case_id = ANY ((SELECT barred_cases())::uuid[])) IS NOT TRUE"
"""Asked once a statement and not once a row; of a row without a case there is nothing to be barred from."""

TEAM = (
    f"({OVERSEES} OR EXISTS (SELECT 1 FROM case_staff s WHERE s.case_id = case_party.case_id"
    f" AND s.agency_id = {AGENCY} AND s.ended_at IS NULL"
    " AND s.member_id = ANY ((SELECT ctx_stands_for())::uuid[])))"
)


def own(column: str = "agency_id") -> str:
    """The row is the agency's own."""
    return f"{column} = {AGENCY}"


def of_party(table: str, *also: str) -> dict[str, str]:
    """A table of a case: a live party reads and changes it, and adds what it recorded itself."""
    seen = " OR ".join((live(table), *also))
    return {"SELECT": seen, "INSERT": f"{own()} AND {live(table)}", "UPDATE": live(table)}


def kept(table: str) -> dict[str, str]:
    """A table of a case whose own rows an agency keeps after handing over."""
    return of_party(table, f"({own()} AND {pointer(table)})")


def of_agency(*commands: str, column: str = "agency_id") -> dict[str, str]:
    """A table whose rows are an agency's own."""
    return dict.fromkeys(("SELECT", "INSERT", "UPDATE", *commands), own(column))


def placed(table: str) -> dict[str, str]:
    """Stays and holds: agency_id is the shelter, which keeps them while consent is withdrawn (decision 1)."""
    mine = f"({own()} AND {NOT_BARRED})"
    seen = f"{mine} OR {live(table)} OR {system('placement', 'tick')}"
    return {"SELECT": seen, "INSERT": f"{live(table)} OR {mine}", "UPDATE": seen}


SETUP = system("setup")
LINKER = system("linker")
LINKING = f"{system('linker', 'statistics')} OR (SELECT ctx_has('link_reviewer'))"
ADMINISTERED = {
    "SELECT": f"{KNOWN} OR {system('sign_in', 'setup', 'tick', 'statistics', 'linker', 'placement', 'auditor')}",
    "INSERT": f"{ADMINISTRATOR} OR {SETUP}",
    "UPDATE": f"{ADMINISTRATOR} OR {SETUP}",
}
QUEUED = f"(to_agency_id = {AGENCY} AND state IN ('sent', 'seen', 'claimed'))"

POLICIES: dict[str, dict[str, str]] = {
    "agency": ADMINISTERED,
    "shelter": ADMINISTERED,
    "room": ADMINISTERED,
    "bed": ADMINISTERED,
    "duty_shift": {**ADMINISTERED, "DELETE": ADMINISTRATOR},
    "member": {
        **ADMINISTERED,
        "UPDATE": f"{ADMINISTRATOR} OR {SETUP} OR id = {MEMBER}",
    },
    "member_role": {**ADMINISTERED, "DELETE": ADMINISTRATOR},
    "member_secret": {
        "SELECT": system("sign_in"),
        "INSERT": f"{ADMINISTRATOR} OR {SETUP}",
        "UPDATE": f"{ADMINISTRATOR} OR {system('sign_in', 'setup')}",
    },
    "cover": {
        "SELECT": f"{own()} OR {system('sign_in')}",
        "INSERT": f"{own()} AND (SELECT ctx_has('agency_supervisor'))",
        "UPDATE": f"{own()} AND (SELECT ctx_has('agency_supervisor'))",
        "DELETE": f"{own()} AND (SELECT ctx_has('agency_supervisor'))",
    },
    "sign_in_session": dict.fromkeys(("SELECT", "INSERT", "UPDATE", "DELETE"), system("sign_in")),
    "sign_in_attempt": dict.fromkeys(("SELECT", "INSERT", "UPDATE", "DELETE"), system("sign_in")),
    "request_key": {
        **dict.fromkeys(("INSERT", "UPDATE"), f"member_id = {MEMBER}"),
        "SELECT": f"member_id = {MEMBER} OR {system('tick')}",
        "DELETE": system("tick"),
    },
    "cases": {
        "SELECT": pointer("cases").replace("cases.case_id", "cases.id"),
        "UPDATE": live("cases").replace("cases.case_id", "cases.id"),
    },
    "case_party": {
        # Of its own rows, which lists walk through, without a call for each.
        "SELECT": f"({own()} AND (ended_at IS NULL OR end_kind IN ('handed_over', 'closed')) AND {TEAM}"
        f" AND {NOT_BARRED}) OR may_see(case_id)",
        "UPDATE": "may_see(case_id)",
    },
    "case_staff": {
        "SELECT": own(),
        # By the function: the policy of case_party reads this table, and a policy may not come back to itself.
        "INSERT": f"{own()} AND {OVERSEES} AND may_see(case_id)",
        "UPDATE": f"{own()} AND {OVERSEES} AND may_see(case_id)",
    },
    "case_bar": {
        "SELECT": f"{own()} AND {OVERSEES} AND {NOT_BARRED}",
        "INSERT": f"{own()} AND {OVERSEES} AND {live('case_bar')}",
        "UPDATE": f"{own()} AND {OVERSEES} AND {NOT_BARRED}",
    },
    "case_key": {
        "SELECT": f"({own('holder_id')} AND {live('case_key')})"
        f" OR ({LINKER} AND holder_id = '00000000-0000-0000-0000-000000000001')",
        "INSERT": live("case_key"),
        "UPDATE": live("case_key"),
        "DELETE": live("case_key"),
    },
    "workflow_run": {
        "SELECT": pointer("workflow_run"),
        "INSERT": live("workflow_run"),
        "UPDATE": live("workflow_run"),
    },
    "client_record": of_party("client_record", LINKER),
    "case_event": kept("case_event"),
    "note": kept("note"),
    "service_given": kept("service_given"),
    "case_clock": of_party("case_clock"),
    "signature": of_party("signature"),
    "consent": of_party("consent"),
    "keep_apart": of_party("keep_apart", system("placement")),
    "guardian": of_party("guardian"),
    "record_change": {name: rule for name, rule in of_party("record_change").items() if name != "UPDATE"},
    "call_attempt": of_party("call_attempt"),
    "unmet_need": of_party("unmet_need", system("statistics")),
    "stay": placed("stay"),
    "bed_hold": placed("bed_hold"),
    "stay_key": of_agency("DELETE"),
    "referral": {
        "SELECT": f"{NOT_BARRED} AND ({QUEUED} OR {live('referral')})",
        "INSERT": f"from_agency_id = {AGENCY} AND {live('referral')}",
        "UPDATE": f"{NOT_BARRED} AND (to_agency_id = {AGENCY} OR {live('referral')})",
    },
    "packet_key": {
        "SELECT": own(),
        "INSERT": KNOWN,
        "UPDATE": own(),
        "DELETE": "EXISTS (SELECT 1 FROM referral r WHERE r.id = packet_key.referral_id)",
    },
    "search_token": of_agency("DELETE"),
    "link_token": {"SELECT": LINKER, "INSERT": f"{KNOWN} OR {LINKER}", "DELETE": f"{KNOWN} OR {LINKER}"},
    "link_pair": dict.fromkeys(("SELECT", "INSERT", "UPDATE"), LINKING),
    "record_person": {
        "SELECT": f"{LINKING} OR (SELECT ctx_has('statistics_supervisor'))",
        **dict.fromkeys(("INSERT", "UPDATE", "DELETE"), LINKING),
    },
    "count_fact": {
        "SELECT": f"{own()} OR (SELECT ctx_has('statistics_supervisor')) OR {system('statistics')}",
        "INSERT": own(),
    },
    "notice": {
        "SELECT": f"{own()} AND {NOT_BARRED}",
        "INSERT": f"{KNOWN} OR {system('tick')}",
        "UPDATE": f"{own()} AND {NOT_BARRED}",
    },
    "register_mapping": of_agency(),
    "register_import": of_agency(),
    "register_draft": of_agency("DELETE"),
    "register_row": of_agency(),
    "audit_chain": {"SELECT": system("auditor")},
    "audit_entry": {"SELECT": system("auditor")},
}

# A party's state, stage and day are copies for lists; who is a party is written through the functions alone.
UPDATABLE_COLUMNS = {"case_party": "(case_state, stage, opened_on)"}

RANGES = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE stay ADD CONSTRAINT stay_one_a_bed
    EXCLUDE USING gist (bed_id WITH =, daterange(arrived_on, left_on, '[)') WITH &&);
ALTER TABLE stay ADD CONSTRAINT stay_one_a_record
    EXCLUDE USING gist (record_id WITH =, daterange(arrived_on, left_on, '[)') WITH &&);
ALTER TABLE bed_hold ADD CONSTRAINT bed_hold_one_a_bed
    EXCLUDE USING gist (bed_id WITH =, daterange(from_on, to_on, '[)') WITH &&) WHERE (state = 'held');
"""


def postgresql(app_role: str, backup_role: str) -> list[str]:
    """All statements for PostgreSQL, in order."""
    done = [FUNCTIONS, RANGES, f'GRANT USAGE ON SCHEMA public TO "{app_role}", "{backup_role}"']
    done += [f'GRANT SELECT ON ALL TABLES IN SCHEMA public TO "{backup_role}"']
    done += [f'GRANT SELECT ON alembic_version TO "{app_role}"']
    for name in DEFINERS:
        done += [f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC", f'GRANT EXECUTE ON FUNCTION {name} TO "{app_role}"']
    for table, rules in POLICIES.items():
        done += [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"]
        for command, rule in rules.items():
            columns = UPDATABLE_COLUMNS.get(table, "") if command == "UPDATE" else ""
            done.append(f'GRANT {command} {columns} ON {table} TO "{app_role}"')
            using = "" if command == "INSERT" else f" USING ({rule})"
            check = f" WITH CHECK ({rule})" if command in ("INSERT", "UPDATE") else ""
            # What an update leaves behind may be out of sight: an answered referral has left the queue.
            if (table, command) == ("referral", "UPDATE"):
                check = f" WITH CHECK (to_agency_id = {AGENCY} OR from_agency_id = {AGENCY} OR {live('referral')})"
            name = f"{table}_{command.lower()}"
            done.append(f'CREATE POLICY {name} ON {table} FOR {command} TO "{app_role}"{using}{check}')
    return done


def _no_overlap(table: str, name: str, key: str, start: str, end: str, condition: str) -> list[str]:
    stop, new_stop = f"coalesce(o.{end}, '9999-12-31')", f"coalesce(NEW.{end}, '9999-12-31')"
    body = (
        f"SELECT RAISE(ABORT, '{name}') WHERE {condition.format(row='NEW')} AND NEW.{start} < {new_stop} AND EXISTS"
        f" (SELECT 1 FROM {table} o WHERE o.id <> NEW.id AND o.{key} = NEW.{key} AND {condition.format(row='o')}"
        f" AND o.{start} < {stop} AND o.{start} < {new_stop} AND NEW.{start} < {stop});"
    )
    return [
        f"CREATE TRIGGER {name}_{when.lower()} BEFORE {when} ON {table} BEGIN {body} END"
        for when in ("INSERT", "UPDATE")
    ]


def sqlite() -> list[str]:
    """All statements for SQLite: triggers in place of exclusion constraints and of append-only grants."""
    return [
        *_no_overlap("stay", "stay_one_a_bed", "bed_id", "arrived_on", "left_on", "1"),
        *_no_overlap("stay", "stay_one_a_record", "record_id", "arrived_on", "left_on", "1"),
        *_no_overlap("bed_hold", "bed_hold_one_a_bed", "bed_id", "from_on", "to_on", "{row}.state = 'held'"),
        *(
            f"CREATE TRIGGER audit_entry_no_{when.lower()} BEFORE {when} ON audit_entry"
            " BEGIN SELECT RAISE(ABORT, 'append only'); END"
            for when in ("UPDATE", "DELETE")
        ),
        "CREATE TRIGGER audit_entry_head AFTER INSERT ON audit_entry BEGIN UPDATE audit_chain"
        " SET length = NEW.position, head = NEW.digest WHERE number = NEW.chain; END",
    ]


def postgresql_down() -> list[str]:
    """Drop the functions, and with them the policies and triggers that call them."""
    plain = ("ctx(integer)", "ctx_member()", "ctx_agency()", "ctx_has(text)", "ctx_system()", "ctx_stands_for()")
    return [f"DROP FUNCTION {name} CASCADE" for name in (*DEFINERS, "ctx_oversees()", "refuse_change()", *plain)]
