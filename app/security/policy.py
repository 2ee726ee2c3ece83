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
    "meeting:call": CASE_ROLES,
    "meeting:read": CASE_ROLES | {R.STATISTICS_SUPERVISOR, R.NATIONAL_COORDINATOR},
    "packet:make": frozenset({R.ADVOCATE, R.SOCIAL_WORKER, R.RETURN_COORDINATOR}),
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
    "account.replace_password": "own:use",
    "sheets.index": "own:use",
    "sheets.blank": "own:use",
    "sheets.filled": "case:read",
    "transnational.index": "packet:make",
    "transnational.show": "packet:make",
    "transnational.answer": "packet:make",
    "meetings.index": "meeting:read",
    "meetings.call": "meeting:call",
    "meetings.show": "meeting:read",
    "meetings.attendance": "meeting:call",
    "meetings.decide": "meeting:call",
    "meetings.follow_up": "meeting:call",
    "meetings.done": "meeting:call",
    "notices.inbox": "own:use",
    "notices.mark_read": "own:use",
}

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
}
"""Who sees which class of field.md 8.1. A supervisor's looks at I and N are logged."""


def allows(roles: frozenset[str], permission: str) -> bool:
    """Whether any of the roles has the permission; an unknown permission allows nobody."""
    holders = PERMISSIONS.get(permission, frozenset())
    if holders is PUBLIC:
        return True
    return bool(holders & roles) or (holders is SIGNED_IN and bool(roles))


def classes_of(roles: frozenset[str]) -> frozenset[str]:
    """The union of the classes that the roles see."""
    return frozenset().union(*(CLASSES.get(role, frozenset()) for role in roles))
