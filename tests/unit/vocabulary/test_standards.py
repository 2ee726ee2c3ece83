"""The lists that follow a standard hold all of it, under the names the standard uses."""

import pytest

from app.vocabulary import age_band, catalog, consent, decline, indicator, metric
from app.vocabulary.code import CTDC, HTCDS, PALERMO
from app.vocabulary.role import Role

HTCDS_PICKLISTS = {
    "gender": "Feminine Masculine TransgenderFeminine TransgenderMasculine NonConforming NonSpecifiedUnknown",
    "trafficking_status": "PossibleVictimOfTrafficking ActualVictimOfTrafficking NotAVictimOfTrafficking",
    "status_decision_org": "Police NGO CourtOrProsecution NonPoliceGovernmentalOrganization Other",
    "exploitation_form": "ForcedLabour SexualExploitation ChildLabour ForcedMarriage Servitude "
    "ForcedMilitaryByNonStateActors OrganRemoval ForcedBegging ForcedAdoption Surrogacy Other",
    "sexual_exploitation_form": "Prostitution Pornography RemoteInteractiveServices PrivateSexualServices",
    "means_of_control": "PhysicalThreats ThreatsLawEnforcement ThreatensChildrenFamily DebtBondage FalsePromises "
    "PhysicalAbuse SexualAbuse TakesEarnings RestrictsFinancialAccess RestrictsMedicalCare WithholdsNecessities "
    "PsychologicalAbuse PsychoactiveSubstance ExcessiveWorkingHours WithholdsDocuments RestrictsMovement UsesChildren "
    "Other",
    "recruitment_method": "AtAPlaceOfBusiness AtAnEducationalInstitution AtWork ThroughOnlineSocialNetworks "
    "ThroughAnOnlineAdvertisement ThroughATelevisionAdvert ThroughANewspaperAdvert ThroughFamilyOrFamilyEvents "
    "ThroughFriendsOrSocialEvents Other",
}


def _standard_codes(name: str, standard: str) -> set[str]:
    return {code.standard_code for code in catalog.get(name).codes if code.standard == standard}


@pytest.mark.parametrize("name", HTCDS_PICKLISTS)
def test_picklist_of_htcds_is_complete_and_adds_no_name_to_it(name: str) -> None:
    assert _standard_codes(name, HTCDS) == set(HTCDS_PICKLISTS[name].split())


@pytest.mark.parametrize(("name", "size"), [("act", 5), ("means", 8), ("purpose", 7)])
def test_elements_of_the_definition_are_those_of_the_protocol(name: str, size: int) -> None:
    assert len(_standard_codes(name, PALERMO)) == size


def test_recruiter_relations_cover_those_of_ctdc() -> None:
    assert _standard_codes("recruiter_relation", CTDC) == {"IntimatePartner", "Friend", "Family", "Other", "Unknown"}


def test_countries_are_the_249_of_iso_and_kosovo() -> None:
    countries = [code for code in catalog.get("country").codes if code.code.isupper()]

    assert len(countries) == 250
    assert {len(code.code) for code in countries} == {2}
    assert len({code.standard_code for code in countries}) == 250


@pytest.mark.parametrize(
    ("alpha3", "code", "albanian"),
    [("XKX", "XK", "Kosovë"), ("ALB", "AL", "Shqipëri"), ("MDA", "MD", "Moldavi"), ("MKD", "MK", "Maqedonia e Veriut")],
)
def test_country_is_found_by_its_three_letters(alpha3: str, code: str, albanian: str) -> None:
    country = catalog.get("country").by_standard(alpha3)

    assert (country.code, country.label.sq) == (code, albanian)


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (None, "unknown"),
        (0, "0-8"),
        (8, "0-8"),
        (9, "9-17"),
        (17, "9-17"),
        (18, "18-20"),
        (20, "18-20"),
        (21, "21-23"),
        (24, "24-26"),
        (27, "27-29"),
        (30, "30-38"),
        (38, "30-38"),
        (39, "39-47"),
        (47, "39-47"),
        (48, "48+"),
        (101, "48+"),
    ],
)
def test_age_falls_into_its_band(age: int | None, expected: str) -> None:
    assert age_band.band(age) == expected
    assert expected in catalog.get("age_band")


def test_negative_age_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        age_band.band(-1)


def test_age_bands_are_named_as_in_ctdc() -> None:
    assert _standard_codes("age_band", CTDC) == {
        *("0--8", "9--17", "18--20", "21--23", "24--26", "27--29", "30--38", "39--47", "48+"),
    }


def test_role_list_has_every_role_once() -> None:
    assert catalog.get("role").keys() == tuple(role.value for role in Role)


def test_roles_are_those_of_the_procedures_and_of_the_system() -> None:
    assert {role.value for role in Role} == {
        *("investigator", "advocate", "social_worker", "shelter_coordinator", "return_coordinator"),
        "prosecutor",
        *("agency_supervisor", "statistics_supervisor", "link_reviewer", "national_coordinator", "administrator"),
        *("hotline_operator", "reporter", "auditor"),
    }


@pytest.mark.parametrize("reason", catalog.get("decline_reason").keys())
def test_every_reason_to_decline_leads_somewhere(reason: str) -> None:
    assert decline.consequence(reason) in decline.Consequence


def test_reason_to_decline_that_is_not_in_the_list_is_refused() -> None:
    with pytest.raises(KeyError, match="'bored'"):
        decline.consequence("bored")


@pytest.mark.parametrize("purpose", catalog.get("consent_purpose").keys())
def test_every_purpose_of_consent_has_a_kind_of_recipient(purpose: str) -> None:
    assert consent.recipient(purpose) in {*catalog.get("agency_kind").keys(), "research"}


@pytest.mark.parametrize("name", catalog.get("metric").keys())
def test_every_metric_is_defined_by_one_sentence_in_three_languages(name: str) -> None:
    definition = metric.definition(name)

    assert [text.count(".") for text in (definition.en, definition.sq, definition.sr)] == [1, 1, 1]
    assert all(text.endswith(".") for text in (definition.en, definition.sq, definition.sr))


def test_metrics_are_those_of_the_count() -> None:
    assert catalog.get("metric").keys() == (
        *("signal", "screened", "presumed", "identified", "not_identified", "declined_status", "referred"),
        *("assisted", "refused", "sheltered", "unmet_need", "returned", "reintegrated"),
        *("goal_school", "goal_job", "goal_job_incentive", "re_trafficked"),
        *("reflection", "permit_applied", "permit_granted"),
        *("statement", "investigation", "indicted", "on_trial", "convicted", "acquitted", "charge_rejected"),
        *("compensation_claimed", "compensation_granted", "compensation_paid", "closed"),
    )


@pytest.mark.parametrize(
    ("code", "letter"),
    [("lives_at_workplace", "A"), ("injuries", "B"), ("child_begging", "C"), ("recruited", "A"), ("debt", "B")],
)
def test_indicator_belongs_to_one_section(code: str, letter: str) -> None:
    assert indicator.section(code) == letter


def test_indicator_without_section_is_refused_by_name() -> None:
    with pytest.raises(KeyError, match="none_seen"):
        indicator.section("none_seen")


@pytest.mark.parametrize(
    ("answers", "is_child", "expected"),
    [
        (["lives_at_workplace", "injuries", "works_excessive_hours"], False, True),
        (["lives_at_workplace", "works_excessive_hours"], False, False),
        (["lives_at_workplace", "works_excessive_hours"], True, True),
        (["injuries", "works_excessive_hours"], True, False),
        (["recruitment", "deception", "forced_labour"], False, True),
        (["recruitment", "unknown", "forced_labour"], False, False),
        (["recruited", "deceived_about_work", "sexual_services"], False, True),
        (["other_indicator", "none_seen"], True, False),
        ([], True, False),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, list) else str(value),
)
def test_screening_needs_all_three_sections_and_no_means_for_a_child(
    answers: list[str], is_child: bool, expected: bool
) -> None:
    assert indicator.suggests_trafficking(answers, is_child=is_child) is expected
