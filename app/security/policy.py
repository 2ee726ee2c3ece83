"""The policy on one page: which role may use which route, and which sensitivity classes it sees. Absent means no."""

from app.vocabulary.role import Role

R = Role
PUBLIC = frozenset({"public"})
SIGNED_IN = frozenset({"signed_in"})

STEP_TAKERS = frozenset({R.INVESTIGATOR, R.ADVOCATE, R.SOCIAL_WORKER, R.SHELTER_COORDINATOR, R.RETURN_COORDINATOR})
CASE_ROLES = STEP_TAKERS | {R.AGENCY_SUPERVISOR}
SUPERVISORS = frozenset({R.AGENCY_SUPERVISOR})
COUNTERS = frozenset({R.AGENCY_SUPERVISOR, R.STATISTICS_SUPERVISOR, R.NATIONAL_COORDINATOR})

PERMISSIONS: dict[str, frozenset[str]] = {
    "public": PUBLIC,
    "own:use": SIGNED_IN,
    "case:list": CASE_ROLES,
    "case:open": frozenset({R.INVESTIGATOR, R.ADVOCATE, R.SOCIAL_WORKER}),
    "case:search": CASE_ROLES - {R.SHELTER_COORDINATOR},
    "case:read": CASE_ROLES,
    "case:step": CASE_ROLES,
    "case:record": STEP_TAKERS,
    "case:correct": CASE_ROLES,
    "record:correct": CASE_ROLES - {R.SHELTER_COORDINATOR},
    "case:assign": SUPERVISORS,
    "case:keep_apart": frozenset({R.ADVOCATE, R.SOCIAL_WORKER}),
    "consent:record": frozenset({R.ADVOCATE, R.SOCIAL_WORKER, R.RETURN_COORDINATOR}),
    "referral:answer": STEP_TAKERS,
    "bed:read": frozenset({R.SHELTER_COORDINATOR, R.AGENCY_SUPERVISOR}),
    "bed:manage": frozenset({R.SHELTER_COORDINATOR}),
    "cover:manage": SUPERVISORS,
    "count:read": COUNTERS,
    "count:export": frozenset({R.AGENCY_SUPERVISOR, R.STATISTICS_SUPERVISOR, R.NATIONAL_COORDINATOR}),
    "count:members": frozenset({R.AGENCY_SUPERVISOR, R.STATISTICS_SUPERVISOR}),
    "register:import": SUPERVISORS,
    "link:review": frozenset({R.LINK_REVIEWER}),
    "system:administer": frozenset({R.ADMINISTRATOR}),
    "signal:send": frozenset({R.REPORTER}),
    "signal:follow": frozenset({R.REPORTER, R.HOTLINE_OPERATOR}),
    "operation:use": frozenset({R.INVESTIGATOR, R.AGENCY_SUPERVISOR}),
    "operation:count": SUPERVISORS,
    "training:keep": frozenset({R.AGENCY_SUPERVISOR, R.ADMINISTRATOR}),
    "contact:keep": frozenset({R.HOTLINE_OPERATOR}),
    "contact:count": frozenset({R.HOTLINE_OPERATOR, R.STATISTICS_SUPERVISOR}),
    "signal:answer": frozenset({R.INVESTIGATOR, R.ADVOCATE, R.SOCIAL_WORKER}),
}

ROUTES: dict[str, str] = {
    "static": "public",
    "health.alive": "public",
    "account.sign_in": "public",
    "account.choose_language": "public",
    "account.sign_out": "own:use",
    "home.my_work": "own:use",
    "cases.index": "case:list",
    "cases.search": "case:search",
    "cases.new": "case:open",
    "cases.begin": "case:open",
    "cases.show": "case:read",
    "cases.step": "case:step",
    "cases.event": "case:read",
    "cases.add_note": "case:record",
    "referrals.index": "referral:answer",
    "referrals.show": "referral:answer",
    "referrals.claim": "referral:answer",
    "referrals.withdraw": "referral:answer",
    "referrals.accept": "referral:answer",
    "referrals.decline": "referral:answer",
    "places.keep_apart": "case:keep_apart",
    "places.lift": "case:keep_apart",
    "beds.board": "bed:read",
    "stays.show": "bed:read",
    "stays.step": "bed:manage",
    "stays.move": "bed:manage",
    "counts.index": "count:read",
    "counts.members": "count:members",
    "counts.export_csv": "count:export",
    "counts.export_xlsx": "count:export",
    "registers.index": "register:import",
    "registers.upload": "register:import",
    "registers.read": "register:import",
    "registers.settle": "register:import",
    "registers.check": "register:import",
    "registers.mend": "register:import",
    "registers.take_in": "register:import",
    "registers.receipt": "register:import",
    "links.index": "link:review",
    "links.show": "link:review",
    "links.open_names": "link:review",
    "links.confirm": "link:review",
    "links.refuse": "link:review",
    "links.undo": "link:review",
    "corrections.correct": "case:correct",
    "corrections.take_back": "case:correct",
    "corrections.person": "record:correct",
    "corrections.safe_contact": "record:correct",
    "caseload.index": "case:assign",
    "caseload.unassigned": "case:assign",
    "caseload.overdue": "case:assign",
    "caseload.member": "case:assign",
    "caseload.hand_over": "case:assign",
    "caseload.case": "case:assign",
    "caseload.assign": "case:assign",
    "caseload.release": "case:assign",
    "caseload.bar": "case:assign",
    "caseload.lift_bar": "case:assign",
    "caseload.cover": "cover:manage",
    "caseload.end_cover": "cover:manage",
    "people.index": "system:administer",
    "people.new_agency": "system:administer",
    "people.agency": "system:administer",
    "people.edit_agency": "system:administer",
    "people.new_member": "system:administer",
    "people.edit_member": "system:administer",
    "people.deactivate": "system:administer",
    "people.activate": "system:administer",
    "people.renew_password": "system:administer",
    "people.new_shift": "system:administer",
    "people.end_shift": "system:administer",
    "people.edit_shelter": "system:administer",
    "people.add_room": "system:administer",
    "people.set_bed": "system:administer",
    "signals.index": "signal:follow",
    "signals.new": "signal:send",
    "signals.sent": "signal:follow",
    "signals.incoming": "signal:answer",
    "signals.show": "signal:answer",
    "signals.take_up": "signal:answer",
    "signals.pass_on": "signal:answer",
    "signals.close": "signal:answer",
    "hotline.index": "contact:keep",
    "hotline.new": "contact:keep",
    "hotline.show": "contact:keep",
    "hotline.send_on": "contact:keep",
    "hotline.counts": "contact:count",
    "operations.index": "operation:use",
    "operations.new": "operation:use",
    "operations.show": "operation:use",
    "operations.share": "operation:use",
    "operations.link_case": "operation:use",
    "operations.ratios": "operation:count",
    "operations.venues": "operation:use",
    "operations.new_venue": "operation:use",
    "operations.venue": "operation:use",
    "training.index": "training:keep",
    "training.new": "training:keep",
    "account.replace_password": "own:use",
    "notices.inbox": "own:use",
    "notices.mark_read": "own:use",
}

ONLY_IN: dict[str, frozenset[str]] = dict.fromkeys(("operation:use", "operation:count"), frozenset({"police"}))
"""Permissions that a role has in agencies of some kinds alone. Absent means in all."""

ROLES_OF_KIND: dict[str, tuple[Role, ...]] = {
    "police": (R.INVESTIGATOR, R.AGENCY_SUPERVISOR),
    "advocacy": (R.ADVOCATE, R.AGENCY_SUPERVISOR),
    "social_work": (R.SOCIAL_WORKER, R.AGENCY_SUPERVISOR),
    "shelter": (R.SHELTER_COORDINATOR, R.AGENCY_SUPERVISOR),
    "return_partner": (R.RETURN_COORDINATOR, R.AGENCY_SUPERVISOR),
    "statistics": (R.STATISTICS_SUPERVISOR, R.LINK_REVIEWER),
    "direct_assistance": (R.STATISTICS_SUPERVISOR,),
    "national_unit": (R.NATIONAL_COORDINATOR,),
    "administration": (R.ADMINISTRATOR,),
    "border_police": (R.REPORTER,),
    "labour_inspection": (R.REPORTER,),
    "consulate": (R.REPORTER,),
    "health": (R.REPORTER,),
    "school": (R.REPORTER,),
    "hotline": (R.HOTLINE_OPERATOR,),
}
"""Which roles a kind of agency has. Absent means none: nobody administers and sees cases, whatever she is given."""

CLASSES: dict[str, frozenset[str]] = {
    R.INVESTIGATOR: frozenset("PITVJ"),
    R.ADVOCATE: frozenset("PINTJRL"),
    R.SOCIAL_WORKER: frozenset("PINTRML"),
    R.SHELTER_COORDINATOR: frozenset("PN"),
    R.RETURN_COORDINATOR: frozenset("PINR"),
    R.AGENCY_SUPERVISOR: frozenset("PIN"),
    R.STATISTICS_SUPERVISOR: frozenset("A"),
    R.LINK_REVIEWER: frozenset(),
    R.NATIONAL_COORDINATOR: frozenset("A"),
    R.ADMINISTRATOR: frozenset(),
    R.HOTLINE_OPERATOR: frozenset(),
    R.REPORTER: frozenset(),
}
"""Who sees which class of field.md 8.1. A supervisor's looks at I and N are logged."""


def allows(roles: frozenset[str], permission: str, kind: str = "") -> bool:
    """Whether any of the roles has the permission in an agency of the kind; an unknown permission allows nobody."""
    holders = PERMISSIONS.get(permission, frozenset())
    if kind not in ONLY_IN.get(permission, (kind,)):
        return False
    if holders is PUBLIC:
        return True
    return bool(holders & roles) or (holders is SIGNED_IN and bool(roles))


def classes_of(roles: frozenset[str]) -> frozenset[str]:
    """The union of the classes that the roles see."""
    return frozenset().union(*(CLASSES.get(role, frozenset()) for role in roles))
