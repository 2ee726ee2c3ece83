"""The policy on one page: which role may use which route, and which sensitivity classes it sees. Absent means no."""

from app.vocabulary.role import Role

R = Role
PUBLIC = frozenset({"public"})
SIGNED_IN = frozenset({"signed_in"})
ACCOUNT = frozenset({"account"})
"""Whoever is signed in, also one who has no role yet: her own account and nothing else."""

STEP_TAKERS = frozenset(
    {R.INVESTIGATOR, R.ADVOCATE, R.SOCIAL_WORKER, R.SHELTER_COORDINATOR, R.RETURN_COORDINATOR, R.PROSECUTOR}
)
CASE_ROLES = STEP_TAKERS | {R.AGENCY_SUPERVISOR}
SUPERVISORS = frozenset({R.AGENCY_SUPERVISOR})
HOUSE = frozenset({R.SHELTER_COORDINATOR, R.AGENCY_SUPERVISOR})
COUNTERS = frozenset({R.AGENCY_SUPERVISOR, R.STATISTICS_SUPERVISOR, R.NATIONAL_COORDINATOR})

PERMISSIONS: dict[str, frozenset[str]] = {
    "public": PUBLIC,
    "own:use": SIGNED_IN,
    "account:use": ACCOUNT,
    "case:list": CASE_ROLES,
    "case:open": frozenset({R.INVESTIGATOR, R.ADVOCATE, R.SOCIAL_WORKER}),
    "case:search": CASE_ROLES - {R.SHELTER_COORDINATOR, R.PROSECUTOR},
    "case:read": CASE_ROLES,
    "case:step": CASE_ROLES,
    "case:record": STEP_TAKERS,
    "case:open_in_emergency": STEP_TAKERS,
    "case:correct": CASE_ROLES,
    "record:correct": CASE_ROLES - {R.SHELTER_COORDINATOR, R.PROSECUTOR},
    "person_request:keep": frozenset({R.INVESTIGATOR, R.ADVOCATE, R.SOCIAL_WORKER, R.AGENCY_SUPERVISOR}),
    "case:assign": SUPERVISORS,
    "case:move": SUPERVISORS,
    "retention:keep": frozenset({R.AGENCY_SUPERVISOR, R.HOTLINE_OPERATOR}),
    "look:follow": SUPERVISORS,
    "case:keep_apart": frozenset({R.ADVOCATE, R.SOCIAL_WORKER}),
    "meeting:call": CASE_ROLES,
    "meeting:read": CASE_ROLES | {R.STATISTICS_SUPERVISOR, R.NATIONAL_COORDINATOR},
    "packet:make": frozenset({R.ADVOCATE, R.SOCIAL_WORKER, R.RETURN_COORDINATOR}),
    "consent:record": frozenset({R.ADVOCATE, R.SOCIAL_WORKER, R.RETURN_COORDINATOR}),
    "referral:answer": STEP_TAKERS,
    "bed:read": frozenset({R.SHELTER_COORDINATOR, R.AGENCY_SUPERVISOR}),
    "exit:answer": frozenset({R.INVESTIGATOR, R.PROSECUTOR}),
    "bed:manage": frozenset({R.SHELTER_COORDINATOR}),
    "address:keep": frozenset({R.SHELTER_COORDINATOR, R.AGENCY_SUPERVISOR}),
    "premises:keep": frozenset({R.SHELTER_COORDINATOR, R.AGENCY_SUPERVISOR}),
    "alarm:raise": SIGNED_IN,
    **dict.fromkeys(("move:place", "place:look", "address:open"), frozenset({R.ADVOCATE, R.SOCIAL_WORKER})),
    "house:read": frozenset({R.SHELTER_COORDINATOR, R.AGENCY_SUPERVISOR}),
    "house:keep": frozenset({R.SHELTER_COORDINATOR}),
    "house:follow": frozenset({R.ADVOCATE, R.SOCIAL_WORKER, R.AGENCY_SUPERVISOR}),
    "complaint:answer": frozenset({R.SHELTER_COORDINATOR, R.AGENCY_SUPERVISOR}),
    "limit:count": COUNTERS,
    "intake:read": frozenset(
        {R.ADVOCATE, R.SOCIAL_WORKER, R.SHELTER_COORDINATOR, R.AGENCY_SUPERVISOR, R.ADMINISTRATOR}
    ),
    "need:count": COUNTERS,
    "intake:keep": frozenset({R.AGENCY_SUPERVISOR, R.ADMINISTRATOR}),
    "cover:manage": SUPERVISORS,
    "clock:manage": SUPERVISORS,
    "place:read": frozenset(
        {R.ADVOCATE, R.SOCIAL_WORKER, R.SHELTER_COORDINATOR, R.AGENCY_SUPERVISOR, R.STATISTICS_SUPERVISOR}
    ),
    "occupancy:read": frozenset(
        {R.SHELTER_COORDINATOR, R.AGENCY_SUPERVISOR, R.STATISTICS_SUPERVISOR, R.NATIONAL_COORDINATOR}
    ),
    "occupancy:export": frozenset({R.SHELTER_COORDINATOR, R.AGENCY_SUPERVISOR, R.STATISTICS_SUPERVISOR}),
    "placement:export": frozenset({R.SHELTER_COORDINATOR, R.AGENCY_SUPERVISOR}),
    "count:read": COUNTERS,
    "count:export": frozenset({R.AGENCY_SUPERVISOR, R.STATISTICS_SUPERVISOR, R.NATIONAL_COORDINATOR}),
    "tally:read": COUNTERS,
    "quality:read": frozenset({R.AGENCY_SUPERVISOR, R.STATISTICS_SUPERVISOR}),
    "count:members": frozenset({R.AGENCY_SUPERVISOR, R.STATISTICS_SUPERVISOR}),
    **dict.fromkeys(
        ("count:export_edition", "count:freeze"), frozenset({R.AGENCY_SUPERVISOR, R.STATISTICS_SUPERVISOR})
    ),
    "register:import": SUPERVISORS,
    "link:review": frozenset({R.LINK_REVIEWER}),
    "approval:decide": frozenset({R.AGENCY_SUPERVISOR, R.ADMINISTRATOR}),
    "system:administer": frozenset({R.ADMINISTRATOR}),
    "signal:send": frozenset({R.REPORTER}),
    "signal:follow": frozenset({R.REPORTER, R.HOTLINE_OPERATOR}),
    "operation:use": frozenset({R.INVESTIGATOR, R.AGENCY_SUPERVISOR}),
    "operation:count": SUPERVISORS,
    "proceeding:keep": frozenset({R.INVESTIGATOR, R.PROSECUTOR, R.AGENCY_SUPERVISOR}),
    "funding:read": HOUSE | {R.STATISTICS_SUPERVISOR, R.NATIONAL_COORDINATOR},
    "call_for_proposals:record": frozenset({R.STATISTICS_SUPERVISOR}),
    "funding:keep": HOUSE | {R.STATISTICS_SUPERVISOR},
    "training:keep": frozenset({R.AGENCY_SUPERVISOR, R.ADMINISTRATOR}),
    "contact:keep": frozenset({R.HOTLINE_OPERATOR}),
    "contact:count": frozenset({R.HOTLINE_OPERATOR, R.STATISTICS_SUPERVISOR}),
    "audit:follow": frozenset({R.AUDITOR}),
    "signal:answer": frozenset({R.INVESTIGATOR, R.ADVOCATE, R.SOCIAL_WORKER}),
}

HOUSE_OR_SUMS = frozenset({"shelter", "statistics", "direct_assistance", "national_unit"})

ONLY_IN: dict[str, frozenset[str]] = {
    **dict.fromkeys(("operation:use", "operation:count"), frozenset({"police"})),
    "proceeding:keep": frozenset({"police", "prosecution"}),
    **dict.fromkeys(("address:keep", "premises:keep", "alarm:raise"), frozenset({"shelter"})),
    "funding:read": frozenset({"shelter", "statistics", "direct_assistance", "national_unit"}),
    "funding:keep": frozenset({"shelter", "statistics", "direct_assistance"}),
    "audit:follow": frozenset({"data_protection"}),
    **dict.fromkeys(("house:read", "house:keep"), frozenset({"shelter"})),
    "house:follow": frozenset({"advocacy", "social_work"}),
    "complaint:answer": frozenset({"shelter", "advocacy", "social_work", "police"}),
    "limit:count": frozenset({"shelter", "statistics", "direct_assistance", "national_unit"}),
    "place:read": frozenset({"advocacy", "social_work", "shelter", "statistics", "direct_assistance"}),
    "occupancy:read": HOUSE_OR_SUMS,
    "occupancy:export": HOUSE_OR_SUMS,
    "placement:export": frozenset({"shelter"}),
}
"""Permissions that a role has in agencies of some kinds alone. Absent means in all."""

ROLES_OF_KIND: dict[str, tuple[Role, ...]] = {
    "police": (R.INVESTIGATOR, R.AGENCY_SUPERVISOR),
    "advocacy": (R.ADVOCATE, R.AGENCY_SUPERVISOR),
    "social_work": (R.SOCIAL_WORKER, R.AGENCY_SUPERVISOR),
    "shelter": (R.SHELTER_COORDINATOR, R.AGENCY_SUPERVISOR),
    "return_partner": (R.RETURN_COORDINATOR, R.AGENCY_SUPERVISOR),
    "prosecution": (R.PROSECUTOR, R.AGENCY_SUPERVISOR),
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
    "data_protection": (R.AUDITOR,),
}
"""Which roles a kind of agency has. Absent means none: nobody administers and sees cases, whatever she is given."""

CLASSES: dict[str, frozenset[str]] = {
    R.INVESTIGATOR: frozenset("PITVJ"),
    R.ADVOCATE: frozenset("PINTJRL"),
    R.SOCIAL_WORKER: frozenset("PINTRML"),
    R.SHELTER_COORDINATOR: frozenset("PN"),
    R.RETURN_COORDINATOR: frozenset("PINR"),
    R.PROSECUTOR: frozenset("PJVT"),
    R.AGENCY_SUPERVISOR: frozenset("PIN"),
    R.STATISTICS_SUPERVISOR: frozenset("A"),
    R.LINK_REVIEWER: frozenset(),
    R.NATIONAL_COORDINATOR: frozenset("A"),
    R.ADMINISTRATOR: frozenset(),
    R.HOTLINE_OPERATOR: frozenset(),
    R.REPORTER: frozenset(),
    R.AUDITOR: frozenset(),
}
"""Who sees which class of field.md 8.1. A supervisor's looks at I and N are logged."""


def allows(roles: frozenset[str], permission: str, kind: str = "") -> bool:
    """Whether any of the roles has the permission in an agency of the kind; an unknown permission allows nobody."""
    holders = PERMISSIONS.get(permission, frozenset())
    if kind not in ONLY_IN.get(permission, (kind,)):
        return False
    if holders in (PUBLIC, ACCOUNT):
        return True
    return bool(holders & roles) or (holders is SIGNED_IN and bool(roles))


def classes_of(roles: frozenset[str]) -> frozenset[str]:
    """The union of the classes that the roles see."""
    return frozenset().union(*(CLASSES.get(role, frozenset()) for role in roles))
