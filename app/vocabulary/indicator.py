"""Indicators of trafficking for a screening: what can be seen before an advocate is called, what is told after.

Sections A, B and C are the three elements of the definition (act, means, purpose). The wordings are ours, after the
kinds of sign that the ILO and European Commission lists of 2009 describe; the officer decides and says why.
"""

from collections.abc import Iterable

from app.vocabulary.code import OWN, Code, CodeList, entry

_SEEN_ACT = (
    entry(
        "travel_arranged_by_others",
        "Others hold or arranged the journey",
        "Udhëtimin e kanë organizuar të tjerët",
        "Put su organizovali drugi",
    ),
    entry("lives_at_work_place", "Lives where the work is done", "Jeton aty ku punon", "Živi tamo gde radi"),
    entry(
        "moved_between_places",
        "Signs of being moved between places",
        "Shenja të lëvizjes nga vendi në vend",
        "Znaci premeštanja sa mesta na mesto",
    ),
    entry(
        "found_in_known_venue",
        "Found at a place known for exploitation",
        "Gjetur në vend të njohur për shfrytëzim",
        "Zatečeno na mestu poznatom po eksploataciji",
    ),
    entry(
        "child_without_family",
        "A child without family or guardian",
        "Fëmijë pa familje ose kujdestar",
        "Dete bez porodice ili staratelja",
    ),
)
_SEEN_MEANS = (
    entry("injuries", "Injuries or signs of violence", "Lëndime ose shenja dhune", "Povrede ili tragovi nasilja"),
    entry("fear", "Shows fear or anxiety", "Shfaq frikë ose ankth", "Pokazuje strah ili uznemirenost"),
    entry(
        "others_speak", "Others speak for the person", "Të tjerët flasin në emër të personit", "Drugi govore u ime lica"
    ),
    entry(
        "documents_held",
        "Documents are held by somebody else",
        "Dokumentet i mban dikush tjetër",
        "Dokumenta su kod drugoga",
    ),
    entry("guarded", "Is watched or locked in", "Mbahet nën vëzhgim ose nën çelës", "Pod nadzorom je ili zaključano"),
    entry("does_not_know_address", "Does not know the address", "Nuk e di adresën", "Ne zna adresu"),
)
_SEEN_PURPOSE = (
    entry(
        "signs_of_neglect",
        "Signs of hunger, exhaustion or neglect",
        "Shenja urie, rraskapitjeje ose lënieje pas dore",
        "Znaci gladi, iscrpljenosti ili zapuštenosti",
    ),
    entry(
        "begging_with_adult_near",
        "Begs while an adult watches",
        "Lyp ndërsa një i rritur vëzhgon",
        "Prosi dok odrasla osoba nadgleda",
    ),
    entry(
        "unsafe_working_place", "Working place without protection", "Vend pune pa mbrojtje", "Radno mesto bez zaštite"
    ),
    entry(
        "signs_of_sexual_exploitation",
        "Signs of sexual exploitation at the place",
        "Shenja të shfrytëzimit seksual në vend",
        "Znaci seksualne eksploatacije na mestu",
    ),
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
    _code_list("indicator", _SEEN_ACT, _SEEN_MEANS, _SEEN_PURPOSE, _TOLD_ACT, _TOLD_MEANS, _TOLD_PURPOSE),
    _code_list("observable_indicator", _SEEN_ACT, _SEEN_MEANS, _SEEN_PURPOSE),
    _code_list("account_indicator", _TOLD_ACT, _TOLD_MEANS, _TOLD_PURPOSE),
    _code_list("indicator_act", _SEEN_ACT, _TOLD_ACT),
    _code_list("indicator_means", _SEEN_MEANS, _TOLD_MEANS),
    _code_list("indicator_purpose", _SEEN_PURPOSE, _TOLD_PURPOSE),
    _code_list("observable_act", _SEEN_ACT),
    _code_list("observable_means", _SEEN_MEANS),
    _code_list("observable_purpose", _SEEN_PURPOSE),
    _code_list("account_act", _TOLD_ACT),
    _code_list("account_means", _TOLD_MEANS),
    _code_list("account_purpose", _TOLD_PURPOSE),
)


def section(indicator: str) -> str:
    """Return A (act), B (means) or C (purpose) for an indicator; KeyError for one that is in no section."""
    for letter, codes in _BY_SECTION.items():
        if indicator in codes:
            return letter
    raise KeyError(f"no indicator {indicator!r} in any section")


def suggests_trafficking(indicators: Iterable[str], *, is_child: bool) -> bool:
    """Say whether the answers meet the rule of the screening: one in each section, for a child one in A and in C.

    Advice only (field.md 2, after the Albanian form of 2005): the decision is the officer's, with written reasons.
    """
    found = {section(indicator) for indicator in indicators}
    needed = {"A", "C"} if is_child else {"A", "B", "C"}
    return needed <= found
