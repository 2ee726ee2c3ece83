"""The roles a user can have, by the keys that the procedure and the policy use (decision 33)."""

from enum import StrEnum

from app.vocabulary.code import OWN, CodeList, entry


class Role(StrEnum):
    """The key of a role."""

    INVESTIGATOR = "investigator"
    ADVOCATE = "advocate"
    SOCIAL_WORKER = "social_worker"
    SHELTER_COORDINATOR = "shelter_coordinator"
    RETURN_COORDINATOR = "return_coordinator"
    PROSECUTOR = "prosecutor"
    AGENCY_SUPERVISOR = "agency_supervisor"
    STATISTICS_SUPERVISOR = "statistics_supervisor"
    LINK_REVIEWER = "link_reviewer"
    NATIONAL_COORDINATOR = "national_coordinator"
    ADMINISTRATOR = "administrator"
    HOTLINE_OPERATOR = "hotline_operator"
    REPORTER = "reporter"
    AUDITOR = "auditor"


LISTS = (
    CodeList(
        "role",
        OWN,
        (
            entry(Role.INVESTIGATOR.value, "Investigator", "Hetues", "Istražitelj"),
            entry(Role.ADVOCATE.value, "Victim advocate", "Mbrojtës i viktimave", "Zaštitnik žrtava"),
            entry(Role.SOCIAL_WORKER.value, "Social worker", "Punëtor social", "Socijalni radnik"),
            entry(
                Role.SHELTER_COORDINATOR.value,
                "Shelter coordinator",
                "Koordinator i strehimores",
                "Koordinator skloništa",
            ),
            entry(Role.RETURN_COORDINATOR.value, "Return coordinator", "Koordinator i kthimit", "Koordinator povratka"),
            entry(Role.PROSECUTOR.value, "Prosecutor", "Prokuror", "Tužilac"),
            entry(
                Role.AGENCY_SUPERVISOR.value, "Agency supervisor", "Mbikëqyrës i institucionit", "Supervizor ustanove"
            ),
            entry(
                Role.STATISTICS_SUPERVISOR.value,
                "Statistics supervisor",
                "Mbikëqyrës i statistikave",
                "Supervizor za statistiku",
            ),
            entry(Role.LINK_REVIEWER.value, "Link reviewer", "Shqyrtues i lidhjeve", "Pregledač veza"),
            entry(
                Role.NATIONAL_COORDINATOR.value,
                "National Coordinator",
                "Koordinatori Nacional",
                "Nacionalni koordinator",
            ),
            entry(Role.ADMINISTRATOR.value, "Administrator", "Administrator", "Administrator"),
            entry(
                Role.HOTLINE_OPERATOR.value, "Hotline operator", "Operator i linjës së ndihmës", "Operater SOS linije"
            ),
            entry(Role.REPORTER.value, "Early identifier", "Identifikues i hershëm", "Lice za ranu identifikaciju"),
            entry(
                Role.AUDITOR.value,
                "Data protection officer",
                "Zyrtar për mbrojtjen e të dhënave",
                "Službenik za zaštitu podataka",
            ),
        ),
    ),
)
