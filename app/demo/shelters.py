"""The demo's places: those that the founding documents name, with whom they take. Streets and people are invented."""

from datetime import date

from app.services.administration import NewAgency, NewMember

ADULT_WOMEN = {"takes_women": True, "takes_men": False, "min_age": 18, "max_age": None}
MINORS = {"kind": "child", "takes_high_risk": True, "takes_men": True, "min_age": 0, "max_age": 17}

MEN_FROM = date(2013, 1, 1)
"""The report of 2013 says that the facility opens in this year; the day is invented."""

HOUSES = (
    ("lime", "Lime", "Bliri", "Lipa"),
    ("oak", "Oak", "Lisi", "Hrast"),
    ("birch", "Birch", "Mështekna", "Breza"),
    ("willow", "Willow", "Shelgu", "Vrba"),
    ("maple", "Maple", "Panja", "Javor"),
    ("pine", "Pine", "Pisha", "Bor"),
)
"""The six other shelters for minors of the cable of 2008, under names of trees: their own are nobody's to know."""


def _for_minors(key: str, name_en: str, name_sq: str, name_sr: str) -> NewAgency:
    return NewAgency(
        f"shelter_minors_{key}",
        "shelter",
        f"Shelter for minors, {name_en}",
        f"Strehimorja për të mitur, {name_sq}",
        f"Sklonište za maloletne, {name_sr}",
        shelter={**MINORS, "takes_high_risk": False},
        rooms=(2, 2),
    )


SHELTERS = (
    NewAgency(
        "shelter_secure",
        "shelter",
        "High-risk facility",
        "Strehimorja e sigurt për raste me rrezik të lartë",
        "Sigurna kuća za visokorizične slučajeve",
        shelter={"kind": "high_risk", "takes_high_risk": True, **ADULT_WOMEN},
        rooms=(2, 2, 2, 2),
    ),
    NewAgency(
        "shelter_foreign",
        "shelter",
        "Shelter for foreign victims (PVPT)",
        "Strehimorja për viktima të huaja (PVPT)",
        "Sklonište za strane žrtve (PVPT)",
        shelter={"kind": "foreign", "takes_domestic": False, **ADULT_WOMEN},
        rooms=(3, 3, 2),
    ),
    NewAgency(
        "shelter_child",
        "shelter",
        "Child shelter (HHC)",
        "Strehimorja për fëmijë (HHC)",
        "Sklonište za decu (HHC)",
        shelter=MINORS,
        rooms=(2, 2, 2),
    ),
    NewAgency(
        "shelter_semi",
        "shelter",
        "Semi-independent living (HHC)",
        "Jetesë gjysmë e pavarur (HHC)",
        "Polusamostalno stanovanje (HHC)",
        shelter={"kind": "semi_independent", "takes_women": True, "takes_men": False, "min_age": 16, "max_age": 21},
        rooms=(2, 2),
    ),
    *(_for_minors(*house) for house in HOUSES),
    NewAgency(
        "shelter_ngo",
        "shelter",
        "NGO shelter",
        "Strehimorja e OJQ-së",
        "Sklonište NVO",
        shelter={"kind": "ngo", "takes_accompanied": True, **ADULT_WOMEN},
        rooms=(3, 3),
    ),
    NewAgency(
        "shelter_ngo_second",
        "shelter",
        "Shelter of a second NGO",
        "Strehimorja e një OJQ-je të dytë",
        "Sklonište druge NVO",
        shelter={"kind": "ngo", "takes_accompanied": True, **ADULT_WOMEN},
        rooms=(2, 2),
    ),
    NewAgency(
        "shelter_men",
        "shelter",
        "Facility for men and disabled people",
        "Objekti për burra dhe persona me aftësi të kufizuara",
        "Objekat za muškarce i osobe sa invaliditetom",
        shelter={"kind": "men_disabled", **ADULT_WOMEN, "takes_men": True, "takes_disability": True},
        takes_from=MEN_FROM,
        rooms=(2, 2),
    ),
)


def staff(password: str) -> tuple[tuple[str, NewMember], ...]:
    """Who works there: a coordinator in each place, and supervisors where something is decided in the demo."""

    def one(sign_in: str, name: str, role: str = "shelter_coordinator", sex: str = "F") -> NewMember:
        return NewMember(sign_in, name, (role,), password, sex=sex, duty_phone="+383 00 000 000")

    names = (
        ("shelter_secure", "secure.coordinator", "Merita Dauti"),
        ("shelter_foreign", "foreign.coordinator", "Sanja Perić"),
        ("shelter_child", "child.coordinator", "Albana Keka"),
        ("shelter_ngo", "shelter.coordinator", "Blerina Shatri"),
        ("shelter_ngo", "shelter.supervisor", "Jelena Simić", "agency_supervisor"),
        ("shelter_men", "men.coordinator", "Agron Mala", "shelter_coordinator", "M"),
        ("shelter_secure", "secure.supervisor", "Shpresa Tola", "agency_supervisor"),
        ("shelter_child", "child.supervisor", "Mimoza Gjini", "agency_supervisor"),
        ("shelter_men", "men.supervisor", "Zoran Kostić", "agency_supervisor", "M"),
        ("shelter_semi", "semi.coordinator", "Ardita Nela"),
        ("shelter_ngo_second", "ngo2.coordinator", "Dragana Matić"),
        ("shelter_minors_lime", "lime.coordinator", "Fitore Balaj"),
        ("shelter_minors_oak", "oak.coordinator", "Snežana Lukić"),
        ("shelter_minors_birch", "birch.coordinator", "Valbona Çela"),
        ("shelter_minors_willow", "willow.coordinator", "Genc Prela", "shelter_coordinator", "M"),
        ("shelter_minors_maple", "maple.coordinator", "Nevena Rakić"),
        ("shelter_minors_pine", "pine.coordinator", "Teuta Marku"),
    )
    return tuple((agency, one(*row)) for agency, *row in names)
