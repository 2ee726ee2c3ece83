"""What an erasure cuts as of migration 0042: all days and moments of a case, in `erase_case` and of those of before.

A moment becomes the first of its month on the country's clocks, at midnight in UTC, which is the same day there. What
is counted stays the same: a deadline that was missed stops on the second, days waited keep their number, and no span
meets another.
"""

from migrations.frozen.row_security_0030 import erasing

__all__ = ["erasing", "erasing_no_more", "erasing_too", "of_before", "postgresql", "postgresql_down", "sqlite"]

ZONE = "Europe/Belgrade"
ERASED = "SELECT e.case_id FROM erasure e WHERE e.state = 'done'"

DAYS: dict[str, tuple[str, ...]] = {
    "appointment": ("held_on",),
    "belonging": ("occurred_on", "returned_on"),
    "case_move": ("moved_on",),
    "clock_exemption": ("until_on",),
    "complaint": ("received_on", "answer_told_on"),
    "guardian": ("from_on", "to_on"),
    "incident": ("occurred_on",),
    "legal_hold": ("until",),
    "limit_review": ("reviewed_on",),
    "meeting_follow_up": ("due_on",),
    "movement_limit": ("from_on", "social_worker_told_on"),
    "person_request": ("received_on", "due_on", "answered_on"),
    "transnational_packet": ("answer_due_on", "answered_on"),
}
"""Those that were not cut before; of the others `erase_case` has lines of its own."""

MOMENTS: dict[str, tuple[str, ...]] = {
    "acknowledgement": ("recorded_at",),
    "appointment": ("recorded_at", "outcome_at"),
    "bed_hold": ("expires_at",),
    "belonging": ("recorded_at",),
    "call_attempt": ("attempted_at",),
    "case_bar": ("set_at", "lifted_at"),
    "case_clock": (
        *("started_at", "due_at", "voided_at", "lapse_noticed_at", "first_due_at", "paused_at", "exempt_until"),
        *("remind_at", "reminded_at", "known_since"),
    ),
    "case_event": ("recorded_at", "voided_at"),
    "case_move": ("recorded_at",),
    "case_staff": ("since", "ended_at"),
    "clock_exemption": ("granted_at", "revoked_at"),
    "clock_pause": ("began_at", "recorded_at", "ended_at", "end_recorded_at", "voided_at"),
    "clock_silence": ("set_at", "lifted_at"),
    "companion_stay": ("recorded_at",),
    "complaint": ("recorded_at", "due_at", "overdue_noticed_at", "answered_at"),
    "consent": ("recorded_at", "withdrawn_at"),
    "emergency_opening": ("opened_at", "ended_at"),
    "exit_approval": ("asked_at", "recorded_at"),
    "exit_wish": ("recorded_at",),
    "incident": ("recorded_at", "closed_at"),
    "incident_step": ("due_at", "done_at", "told_at", "escalated_at"),
    "keep_apart": ("set_at", "lifted_at"),
    "legal_hold": ("placed_at", "lifted_at"),
    "limit_review": ("recorded_at",),
    "meeting_case": ("decided_at",),
    "meeting_follow_up": ("recorded_at", "done_at"),
    "movement_limit": ("recorded_at", "lifted_at", "review_noticed_at"),
    "note": ("recorded_at",),
    "notice": ("created_at", "read_at", "delivered_at"),
    "overstay": ("recorded_at",),
    "person_request": ("recorded_at",),
    "place_need": ("recorded_at",),
    "referral": (
        *("sent_at", "seen_at", "claimed_at", "decided_at", "done_at", "withdrawn_at", "expires_at", "returned_at"),
        "expired_at",
    ),
    "relocation": ("planned_at", "made_at", "cancelled_at"),
    "relocation_place": ("written_at",),
    "safety_offer": ("recorded_at",),
    "service_given": ("recorded_at", "voided_at"),
    "stay": ("recorded_at", "known_since"),
    "stay_transfer": ("recorded_at",),
    "transnational_packet": ("made_at", "reminded_at"),
}
MARK = "    UPDATE case_party SET opened_on = date_trunc('month', opened_on) WHERE case_id = v_case;\n"


def _day(column: str, *, sqlite: bool, later: int = 0) -> str:
    """The first of a day's month, or a day later."""
    if sqlite:
        return f"date({column}, 'start of month', '+{later} days')"
    return f"(date_trunc('month', {column}::timestamp)::date + {later})"


def _moment(column: str, *, sqlite: bool, day: int = 1) -> str:
    """The first or second of a moment's month. April to October begin two hours ahead of UTC, the others one."""
    if sqlite:
        begins = f"strftime('%m', {column}, '+2 hours') BETWEEN '04' AND '10'"
        ahead = f"CASE WHEN {begins} THEN '+2 hours' ELSE '+1 hours' END"
        return f"strftime('%Y-%m-0{day} 00:00:00.000000', {column}, {ahead})"
    first = f"date_trunc('month', {column} AT TIME ZONE '{ZONE}') AT TIME ZONE 'UTC'"
    return f"({first} + interval '{day - 1} days')"


def _stop(*, sqlite: bool) -> str:
    due = "CASE WHEN exempt_until > due_at THEN exempt_until ELSE due_at END"
    late, in_time = _moment("stopped_at", sqlite=sqlite, day=2), _moment("stopped_at", sqlite=sqlite)
    return f"CASE WHEN stopped_at > {due} THEN {late} ELSE {in_time} END"


def _ways(*, sqlite: bool) -> dict[str, dict[str, str]]:
    """What else the columns of a table become."""
    second = _day("from_on", sqlite=sqlite, later=1)
    children = dict.fromkeys(("children_under_3", "children_3_to_11", "children_12_to_17"), "0")
    return {
        "appointment": {"begins_at": "NULL"},
        "case_clock": {"stopped_at": _stop(sqlite=sqlite)},
        "case_move": {"changes": "'{}'"},
        "emergency_opening": {"ends_at": _moment("opened_at", sqlite=sqlite, day=2)},
        "incident": {"begins_at": "NULL"},
        # A span without days, for two of a kind in one month may not meet: ended by who ordered it, where nobody did.
        "movement_limit": {
            "lifted_on": _day("from_on", sqlite=sqlite),
            "ends_on": second,
            "review_on": second,
            "lifted_by_id": "coalesce(lifted_by_id, ordered_by_id)",
        },
        "place_need": {"has_disability": "'unknown'", "has_children": "'unknown'", **children},
    }


def cut(whose: str, *, sqlite: bool) -> list[str]:
    """All statements that cut, of cases that `whose` names, such as `= v_case`."""
    ways = _ways(sqlite=sqlite)
    done = [*_parties(whose, sqlite=sqlite), *_needs(whose, sqlite=sqlite)]
    for table in sorted({*DAYS, *MOMENTS, *ways}):
        values = {name: _day(name, sqlite=sqlite) for name in DAYS.get(table, ())}
        values |= {name: _moment(name, sqlite=sqlite) for name in MOMENTS.get(table, ())}
        told = ", ".join(f"{name} = {value}" for name, value in (values | ways.get(table, {})).items())
        done.append(f"UPDATE {table} SET {told} WHERE case_id {whose}")
    done.append(f"UPDATE cases SET recorded_at = {_moment('recorded_at', sqlite=sqlite)} WHERE id {whose}")
    return done + _former_clocks(whose, sqlite=sqlite)


def _parties(whose: str, *, sqlite: bool) -> list[str]:
    """Who became a party after whom stays as it was, a second apart."""
    first = _moment("case_party.since", sqlite=sqlite)
    later = f"strftime('%Y-%m-%d %H:%M:%S.000000', {first}, '+' || r.place || ' seconds')"
    since = later if sqlite else f"{first} + r.place * interval '1 second'"
    place = "row_number() OVER (PARTITION BY case_id ORDER BY since, id) - 1 AS place"
    return [
        f"UPDATE case_party SET since = {since}, ended_at = {_moment('ended_at', sqlite=sqlite)}"
        f" FROM (SELECT id, {place} FROM case_party WHERE case_id {whose}) r WHERE r.id = case_party.id"
    ]


def _needs(whose: str, *, sqlite: bool) -> list[str]:
    """What was asked for until one day is one need: it is moved as a whole, so that the days waited are as many."""
    day = "CAST(strftime('%d', g.first) AS INTEGER)" if sqlite else "extract(day FROM g.first)::integer"
    back = {name: f"date({name}, (1 - {day}) || ' days')" if sqlite else f"{name} - ({day} - 1)" for name in NEED}
    days = ", ".join(f"{name} = {value}" for name, value in back.items())
    moments = ", ".join(f"{name} = {_moment(name, sqlite=sqlite)}" for name in ("recorded_at", "voided_at"))
    of = "PARTITION BY case_id, voided_at IS NULL, coalesce(met_on, ended_on)"
    return [
        f"UPDATE unmet_need SET {days}, {moments} FROM (SELECT id, min(asked_on) OVER ({of}) AS first"
        f" FROM unmet_need WHERE case_id {whose}) g WHERE g.id = unmet_need.id"
    ]


NEED = ("asked_on", "met_on", "ended_on")


def _former_clocks(whose: str, *, sqlite: bool) -> list[str]:
    """What a deadline said at the end of a month is what it is known to have said in it; the rows are never changed."""
    names = ("since", "until", "due_at", "voided_at", "paused_at", "exempt_until")
    values = {"clock_id": "clock_id", "case_id": "case_id", "agency_id": "agency_id"}
    values |= {name: _moment(name, sqlite=sqlite) for name in names} | {"stopped_at": _stop(sqlite=sqlite)}
    first, rows = values["since"], f"WHERE case_id {whose}"
    return [
        f"DELETE FROM former_clock {rows} AND {first} = {values['until']}",
        f"INSERT INTO former_clock ({', '.join(values)}) SELECT {', '.join(values.values())} FROM former_clock {rows}"
        f" AND since <> {first}",
        f"DELETE FROM former_clock {rows} AND since <> {first}",
    ]


def of_before(*, sqlite: bool) -> list[str]:
    """The same for all that was erased before; and a row of no nights for each of their stays that has none."""
    nothing = (
        "INSERT INTO kept_nights (id, agency_id, stay_id, record_id, is_cot, month, nights, once_here, once)"
        " SELECT s.id, s.agency_id, s.id, s.record_id, b.is_cot, s.arrived_on, 0, 0, 0 FROM stay s JOIN bed b"
        f" ON b.id = s.bed_id WHERE s.case_id IN ({ERASED})"
        " AND NOT EXISTS (SELECT 1 FROM kept_nights k WHERE k.stay_id = s.id)"
    )
    return [*cut(f"IN ({ERASED})", sqlite=sqlite), nothing]


LINES = "".join(f"    {statement};\n" for statement in cut("= v_case", sqlite=False))


def erasing_too(definition: str) -> str:
    """The function that erases, which cuts all days; raises ValueError where it has no place for that."""
    if MARK not in definition:
        raise ValueError("erase_case cuts no days of parties")
    return definition.replace(MARK, MARK + LINES, 1)


def erasing_no_more(definition: str) -> str:
    """The way back."""
    return definition.replace(LINES, "", 1)


# The history of a clock and of a stay is written by the database as they change. Of a case that is erased there is none
# any more, and since when it is known is cut like everything else.
UNLESS_ERASED = """
    IF NEW.known_since < OLD.known_since
       AND EXISTS (SELECT 1 FROM erasure e WHERE e.case_id = OLD.case_id AND e.state = 'done') THEN
        RETURN NEW;
    END IF;"""
KEPT = {
    "case_clock": ("former_clock", "clock_id", ("due_at", "stopped_at", "voided_at", "paused_at", "exempt_until")),
    "stay": ("former_stay", "stay_id", ("arrived_on", "left_on")),
}


def _keeping(table: str, unless: str) -> str:
    former, whose, said = KEPT[table]
    columns = ", ".join((whose, "since", "until", "case_id", "agency_id", *said))
    before = ", ".join(f"OLD.{name}" for name in ("case_id", "agency_id", *said))
    return f"""
CREATE OR REPLACE FUNCTION keep_{former}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN{unless}
    NEW.known_since := greatest(NEW.known_since, OLD.known_since);
    IF NEW.known_since > OLD.known_since THEN
        INSERT INTO {former} ({columns}) VALUES (OLD.id, OLD.known_since, NEW.known_since, {before});
    END IF;
    RETURN NEW;
END $$;
"""


# A move of a case to another version was kept from its erasure as well, which failed where there was one.
MOVES = """
CREATE FUNCTION refuse_change_of_move() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND EXISTS (SELECT 1 FROM erasure e WHERE e.case_id = OLD.case_id AND e.state = 'done') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'append only';
END $$;
DROP TRIGGER case_move_kept ON case_move;
CREATE TRIGGER case_move_kept BEFORE UPDATE OR DELETE ON case_move
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_move();
"""
MOVES_DOWN = """
DROP TRIGGER case_move_kept ON case_move;
CREATE TRIGGER case_move_kept BEFORE UPDATE OR DELETE ON case_move FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP FUNCTION refuse_change_of_move();
"""


def postgresql() -> list[str]:
    """All statements for PostgreSQL but the function that erases, in order."""
    return [MOVES, *(_keeping(table, UNLESS_ERASED) for table in KEPT)]


def postgresql_down() -> list[str]:
    """The way back."""
    return [*(_keeping(table, "") for table in KEPT), MOVES_DOWN]


def sqlite(*, unless_erased: bool = True) -> list[str]:
    """All statements for SQLite; or the way back."""
    when = "WHEN NOT EXISTS (SELECT 1 FROM erasure e WHERE e.case_id = OLD.case_id AND e.state = 'done')"
    return [
        "DROP TRIGGER case_move_no_update",
        f"CREATE TRIGGER case_move_no_update BEFORE UPDATE ON case_move {when if unless_erased else ''}"
        " BEGIN SELECT RAISE(ABORT, 'append only'); END",
    ]
