"""Indicators of trafficking for a screening: what can be seen before an advocate is called, what is told after.

Sections A, B and C are the three elements of the definition (act, means, purpose). The wordings are ours, after the
kinds of sign that the ILO and European Commission lists of 2009 describe; the officer decides and says why.
"""

from collections.abc import Iterable

from app.vocabulary.answer import UNKNOWN
from app.vocabulary.code import OWN, Code, CodeList, entry
from app.vocabulary.palermo import ACT, MEANS, PURPOSE

_SEEN_ACT = (
    entry(
        "travel_arranged_by_others",
        "Others hold or arranged the journey",
        "Udhëtimin e kanë organizuar të tjerët",
        "Put su organizovali drugi",
    ),
    entry("lives_at_workplace", "Lives where the work is done", "Jeton aty ku punon", "Živi tamo gde radi"),
    entry(
        "moved_often",
        "Signs of being moved from place to place",
        "Shenja të lëvizjes nga vendi në vend",
        "Znaci premeštanja sa mesta na mesto",
    ),
    entry(
        "found_at_known_venue",
        "Found at a place known for exploitation",
        "Gjetur në vend të njohur për shfrytëzim",
        "Zatečeno na mestu poznatom po eksploataciji",
    ),
    entry(
        "child_unaccompanied",
        "A child without family or guardian",
        "Fëmijë pa familje ose kujdestar",
        "Dete bez porodice ili staratelja",
    ),
)
_SEEN_MEANS = (
    entry("injuries", "Injuries or signs of violence", "Lëndime ose shenja dhune", "Povrede ili tragovi nasilja"),
    entry("fear_of_authorities", "Afraid of the authorities", "Frikë nga autoritetet", "Strah od vlasti"),
    entry(
        "controlled_by_companion",
        "Controlled by somebody present",
        "Nën kontrollin e dikujt që është i pranishëm",
        "Pod kontrolom prisutnog lica",
    ),
    entry(
        "speaks_through_another",
        "Others speak for the person",
        "Të tjerët flasin në emër të personit",
        "Drugi govore u ime lica",
    ),
    entry("rehearsed_answers", "Answers seem rehearsed", "Përgjigjet duken të mësuara", "Odgovori deluju naučeno"),
    entry("no_own_documents", "Has no documents", "Nuk ka dokumente", "Nema dokumenta"),
    entry(
        "documents_held_by_another",
        "Documents are held by somebody else",
        "Dokumentet i mban dikush tjetër",
        "Dokumenta su kod drugoga",
    ),
    entry("no_money_of_own", "Has no money of own", "Nuk ka para të veta", "Nema sopstveni novac"),
    entry("does_not_know_address", "Does not know the address", "Nuk e di adresën", "Ne zna adresu"),
    entry(
        "locked_or_guarded_place",
        "The place is locked or guarded",
        "Vendi mbahet nën çelës ose ruhet",
        "Mesto je zaključano ili se čuva",
    ),
    entry("no_freedom_of_movement", "Cannot move freely", "Nuk mund të lëvizë lirshëm", "Ne može slobodno da se kreće"),
    entry(
        "signs_of_substances",
        "Signs of alcohol, drugs or medicines",
        "Shenja të alkoolit, drogës ose barnave",
        "Znaci alkohola, droge ili lekova",
    ),
)
_SEEN_PURPOSE = (
    entry("poor_living_conditions", "Poor living conditions", "Kushte të këqija jetese", "Loši uslovi života"),
    entry(
        "untreated_illness",
        "Untreated illness, hunger or exhaustion",
        "Sëmundje e patrajtuar, uri ose rraskapitje",
        "Nelečena bolest, glad ili iscrpljenost",
    ),
    entry("works_excessive_hours", "Works excessive hours", "Punon me orar të tepruar", "Radi prekomerno"),
    entry(
        "signs_of_sexual_exploitation",
        "Signs of sexual exploitation at the place",
        "Shenja të shfrytëzimit seksual në vend",
        "Znaci seksualne eksploatacije na mestu",
    ),
    entry("child_begging", "A child begs", "Fëmijë që lyp", "Dete prosi"),
    entry(
        "child_at_work_not_school",
        "A child at work in school hours",
        "Fëmijë në punë gjatë orarit të shkollës",
        "Dete radi u vreme nastave",
    ),
)
_SEEN_ELSE = (
    entry("other_indicator", "Another sign", "Shenjë tjetër", "Drugi znak"),
    entry("none_seen", "No sign seen", "Nuk u pa asnjë shenjë", "Nije uočen nijedan znak"),
)
_TOLD_ACT = (
    entry("recruited", "Was recruited by somebody", "Është rekrutuar nga dikush", "Vrbovano je"),
    entry("transported", "Was transported", "Është transportuar", "Prevoženo je"),
    entry(
        "transferred",
        "Was passed from one person to another",
        "Ka kaluar nga një person te tjetri",
        "Predavano je od jednog lica drugom",
    ),
    entry("harboured", "Was housed or hidden", "Është strehuar ose fshehur", "Smešteno je ili skrivano"),
    entry("received", "Was received on arrival", "E ka pritur dikush në mbërritje", "Dočekano je po dolasku"),
)
_TOLD_MEANS = (
    entry("threatened", "Was threatened", "Është kërcënuar", "Prećeno mu je"),
    entry("violence", "Suffered violence", "Ka përjetuar dhunë", "Pretrpelo je nasilje"),
    entry("abducted", "Was taken by force", "Është marrë me forcë", "Odvedeno je silom"),
    entry(
        "deceived_about_work",
        "Was deceived about the work or its conditions",
        "Është mashtruar për punën ose kushtet",
        "Prevareno je o poslu ili uslovima",
    ),
    entry(
        "deceived_about_marriage",
        "Was deceived with a promise of marriage",
        "Është mashtruar me premtim martese",
        "Prevareno je obećanjem braka",
    ),
    entry(
        "debt",
        "Has a debt that cannot be paid off",
        "Ka borxh që nuk mund ta shlyejë",
        "Ima dug koji ne može da otplati",
    ),
    entry(
        "movement_restricted",
        "Could not move freely",
        "Nuk ka mundur të lëvizë lirshëm",
        "Nije moglo slobodno da se kreće",
    ),
    entry("documents_taken", "Documents were taken away", "I janë marrë dokumentet", "Oduzeta su mu dokumenta"),
    entry("family_threatened", "Family was threatened", "Është kërcënuar familja", "Prećeno je porodici"),
    entry(
        "vulnerability_abused",
        "A difficult situation was abused",
        "Është keqpërdorur gjendja e rëndë",
        "Zloupotrebljen je težak položaj",
    ),
    entry(
        "substances_given",
        "Was given drugs or alcohol",
        "I është dhënë drogë ose alkool",
        "Davani su mu droga ili alkohol",
    ),
    entry(
        "given_by_person_in_control",
        "Was given or sold by a person in control",
        "U dha ose u shit nga personi që kishte kontrollin",
        "Dalo ga je ili prodalo lice koje je imalo kontrolu",
    ),
)
_TOLD_PURPOSE = (
    entry(
        "sexual_services",
        "Had to give sexual services",
        "Është detyruar të japë shërbime seksuale",
        "Moralo je da pruža seksualne usluge",
    ),
    entry(
        "work_without_pay",
        "Worked for no or little pay",
        "Ka punuar pa pagesë ose me pagesë të vogël",
        "Radilo je bez plate ili za malu platu",
    ),
    entry("excessive_hours", "Worked excessive hours", "Ka punuar me orar të tepruar", "Radilo je prekomerno"),
    entry(
        "could_not_leave_work", "Could not leave the work", "Nuk ka mundur ta lërë punën", "Nije moglo da napusti posao"
    ),
    entry("earnings_taken", "Earnings were taken away", "I janë marrë të ardhurat", "Oduzimana mu je zarada"),
    entry("made_to_beg", "Had to beg", "Është detyruar të lypë", "Moralo je da prosi"),
    entry(
        "made_to_steal",
        "Had to commit offences",
        "Është detyruar të kryejë vepra penale",
        "Moralo je da vrši krivična dela",
    ),
    entry("forced_to_marry", "Was forced to marry", "Është detyruar të martohet", "Prinuđeno je na brak"),
    entry(
        "domestic_servitude",
        "Was kept in domestic servitude",
        "Është mbajtur në robëri shtëpiake",
        "Držano je u kućnom ropstvu",
    ),
    entry(
        "organ_removal",
        "An organ was taken or demanded",
        "I është marrë ose kërkuar një organ",
        "Uzet je ili tražen organ",
    ),
)

_BY_SECTION = {
    "A": frozenset(code.code for code in _SEEN_ACT + _TOLD_ACT),
    "B": frozenset(code.code for code in _SEEN_MEANS + _TOLD_MEANS),
    "C": frozenset(code.code for code in _SEEN_PURPOSE + _TOLD_PURPOSE),
}


def _code_list(name: str, *groups: tuple[Code, ...]) -> CodeList:
    return CodeList(name, OWN, tuple(code for group in groups for code in group))


LISTS = (
    _code_list("indicator", _SEEN_ACT, _SEEN_MEANS, _SEEN_PURPOSE, _SEEN_ELSE),
    _code_list("account_indicator", _TOLD_ACT, _TOLD_MEANS, _TOLD_PURPOSE),
    _code_list("account_act", _TOLD_ACT),
    _code_list("account_means", _TOLD_MEANS),
    _code_list("account_purpose", _TOLD_PURPOSE),
)

# The lists of the definition itself, whose answers stand for their section (palermo.py).
_ELEMENTS = {"A": ACT, "B": MEANS, "C": PURPOSE}


def section(indicator: str) -> str:
    """Return A (act), B (means) or C (purpose) for an indicator of either list; KeyError for one in no section."""
    for letter, codes in _BY_SECTION.items():
        if indicator in codes:
            return letter
    raise KeyError(f"no indicator {indicator!r} in any section")


def sections_found(answers: Iterable[str]) -> frozenset[str]:
    """Return the sections that indicators and codes of act, means and purpose speak for; other codes are passed by."""
    given = frozenset(answers) - {UNKNOWN.code}
    seen = {letter for letter, codes in _BY_SECTION.items() if given & codes}
    told = {letter for letter, element in _ELEMENTS.items() if given & frozenset(element.keys())}
    return frozenset(seen | told)


def suggests_trafficking(answers: Iterable[str], *, is_child: bool) -> bool:
    """Say whether the answers meet the rule of the screening: one in each section, for a child one in A and in C.

    Advice only (field.md 2, after the Albanian form of 2005): the decision is the officer's, with written reasons.
    """
    needed = {"A", "C"} if is_child else {"A", "B", "C"}
    return needed <= sections_found(answers)
