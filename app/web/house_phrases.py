"""Keys of life in a house in words: why something was refused, what a notice says. A part of phrases.py."""

from flask_babel import lazy_gettext as _l

HOUSE_PHRASES = {
    "incident_at_once": _l("Somebody wrote down another incident at the same moment. Send it again."),
    "incident_steps_open": _l("A first step is neither done nor said why not. Settle it first."),
    "incident_is_closed": _l("This incident is closed already."),
    "step_is_taken": _l("Somebody has recorded this step already."),
    "basis_needed": _l("Without one of these nobody outside is told: choose one, or say why it is not done"),
    "say_why_not": _l("Say why it is not done"),
    "answered_already": _l("This complaint was answered already."),
    "text_has_language": _l("The version in force has this language already"),
    "text_lacks_language": _l(
        "The text is not written in this language: choose another, or say that it was interpreted"
    ),
    "no_text_in_force": _l("There is no such text yet: it is written first"),
    "papers_at_own_wish": _l("Papers stay with the person unless the person wishes that they are kept"),
    "given_back_already": _l("This was given back already."),
    "settled_already": _l("How this went is recorded already."),
    "appointment_to_come": _l("The day is still to come: it can only be put off or called off"),
    "no_safe_contact": _l("The case has no safe contact: choose another way"),
    "shelter_is_no_party": _l("The shelter is no part of the case any more: nothing more is recorded of the help."),
    "limit_needs_end": _l("A limit has an end: enter the day"),
    "limit_ends_before": _l("The end must come after today and after the first day"),
    "limit_too_long": _l("One order does not last that long: choose an earlier day"),
    "limit_review_late": _l("Choose a day after the first and no later than the last day for the review"),
    "limit_written_late": _l("A limit is written down when it begins: what began earlier was no order"),
    "limit_same_reason": _l("This reason was given before: a new order needs a new one"),
    "limit_social_worker": _l("Of a child's limit the social worker is told: enter the day"),
    "limit_stands": _l("A limit of this kind holds already. Review or lift it first."),
    "limit_is_over": _l("This limit does not hold any more."),
    "limit_not_yet": _l("The date must not be before the first day of the limit"),
}

HOUSE_NOTICES = {
    "incident:reported": _l("An incident was written down in your shelter: %(incident)s."),
    "incident:resident": _l("A shelter has written down an incident with a person of your cases: %(incident)s."),
    "incident:rate_again": _l("After an incident the risk of a person is to be rated again: %(incident)s."),
    "incident:late": _l("A first step after an incident is overdue: %(incident)s."),
    "complaint:received": _l("A complaint of a resident waits for an answer."),
    "complaint:late": _l("A complaint of a resident was not answered in time."),
    "limit:ordered": _l("A shelter has limited where a person goes: %(limit_kind)s. Read the order in the case."),
    "limit:upheld": _l("A shelter has looked again at a limit on where a person goes, and upheld it: %(limit_kind)s."),
    "limit:lifted": _l("A shelter has lifted a limit on where a person goes: %(limit_kind)s."),
    "limit:review_due": _l("A limit on where a resident goes must be looked at again: %(limit_kind)s."),
}

HOUSE_LISTED = {"limit_kind": "limit_kind", "incident": "incident"}
"""Which code list a value of these notices comes from."""
