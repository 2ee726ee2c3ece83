"""The agencies and people of the demo: Kosovo's mechanism, with invented people only."""

from app.demo.shelters import SHELTERS, staff
from app.services.administration import NewAgency, NewMember

PASSWORD = "demo only, not for real people"  # noqa: S105 - printed at start; production refuses demo users

REGIONS = (
    ("prishtine", "Prishtinë", "Priština"),
    ("prizren", "Prizren", "Prizren"),
    ("peje", "Pejë", "Peć"),
    ("mitrovice", "Mitrovicë", "Mitrovica"),
    ("gjilan", "Gjilan", "Gnjilane"),
    ("ferizaj", "Ferizaj", "Uroševac"),
    ("gjakove", "Gjakovë", "Đakovica"),
)


def _office(region: str, name_sq: str, name_sr: str) -> NewAgency:
    return NewAgency(
        f"advocacy_{region}",
        "advocacy",
        f"Victim Advocacy Office, {name_sq}",
        f"Zyra për Mbrojtje dhe Ndihmë Viktimave, {name_sq}",
        f"Kancelarija za zaštitu i pomoć žrtvama, {name_sr}",
        region,
    )


def _centre(region: str, name_sq: str, name_sr: str) -> NewAgency:
    return NewAgency(
        f"social_work_{region}",
        "social_work",
        f"Centre for Social Work, {name_sq}",
        f"Qendra për Punë Sociale, {name_sq}",
        f"Centar za socijalni rad, {name_sr}",
        region,
    )


AGENCIES = (
    NewAgency(
        "police",
        "police",
        "Police, Trafficking in Human Beings Directorate",
        "Policia, Drejtoria për Hetimin e Trafikimit me Njerëz",
        "Policija, Direkcija za istragu trgovine ljudima",
    ),
    *(_office(*region) for region in REGIONS),
    *(_centre(*region) for region in REGIONS[:2]),
    *SHELTERS,
    NewAgency("return_partner", "return_partner", "Return partner", "Partneri i kthimit", "Partner za povratak"),
    NewAgency("prosecution", "prosecution", "Special Prosecution", "Prokuroria Speciale", "Specijalno tužilaštvo"),
    NewAgency("statistics", "statistics", "Statistics unit", "Njësia e statistikave", "Jedinica za statistiku"),
    NewAgency(
        "national_unit",
        "national_unit",
        "Office of the National Coordinator",
        "Zyra e Koordinatorit Nacional",
        "Kancelarija Nacionalnog koordinatora",
    ),
    NewAgency("border_police", "border_police", "Border police", "Policia kufitare", "Granična policija"),
    NewAgency(
        "labour_inspection",
        "labour_inspection",
        "Labour inspectorate",
        "Inspektorati i punës",
        "Inspektorat rada",
    ),
    NewAgency("consulate", "consulate", "Consular service", "Shërbimi konsullor", "Konzularna služba"),
    NewAgency("health", "health", "Emergency clinic", "Klinika emergjente", "Urgentna klinika", "prishtine"),
    NewAgency("school", "school", "School for the demo", "Shkolla për demonstrim", "Škola za prikaz", "prizren"),
    NewAgency("hotline", "hotline", "Hotline", "Linja e ndihmës", "SOS linija"),
    NewAgency(
        "data_protection",
        "data_protection",
        "Data protection office",
        "Zyra për mbrojtjen e të dhënave",
        "Kancelarija za zaštitu podataka",
    ),
    NewAgency(
        "administration", "administration", "System administration", "Administrimi i sistemit", "Administracija sistema"
    ),
)


def _one(agency: str, sign_in: str, name: str, *roles: str, sex: str = "F") -> tuple[str, NewMember]:
    return agency, NewMember(sign_in, name, roles, PASSWORD, sex=sex, duty_phone="+383 00 000 000")


MEMBERS = (
    _one("police", "investigator", "Ilir Demaku", "investigator", sex="M"),
    _one("police", "investigator2", "Vesa Rugova", "investigator"),
    _one("police", "police.supervisor", "Besnik Lila", "agency_supervisor", sex="M"),
    _one("advocacy_prishtine", "advocate", "Teuta Berani", "advocate"),
    _one("advocacy_prishtine", "advocate2", "Milica Jović", "advocate"),
    _one("advocacy_prishtine", "advocacy.supervisor", "Drita Selmani", "agency_supervisor"),
    _one("advocacy_prizren", "advocate.prizren", "Arbër Kola", "advocate", sex="M"),
    _one("social_work_prishtine", "social.worker", "Lirije Haxhiu", "social_worker"),
    _one("social_work_prishtine", "social.supervisor", "Nikola Ristić", "agency_supervisor", sex="M"),
    _one("social_work_prizren", "social.worker.prizren", "Fatos Gega", "social_worker", sex="M"),
    *staff(PASSWORD),
    _one("return_partner", "return.coordinator", "Hana Vokshi", "return_coordinator"),
    _one("return_partner", "return.supervisor", "Petar Ilić", "agency_supervisor", sex="M"),
    _one("prosecution", "prosecutor", "Arta Zeqiri", "prosecutor"),
    _one("prosecution", "prosecution.supervisor", "Dejan Pavić", "agency_supervisor", sex="M"),
    _one("statistics", "statistics.supervisor", "Rita Osmani", "statistics_supervisor"),
    _one("statistics", "link.reviewer", "Goran Tasić", "link_reviewer", sex="M"),
    _one("national_unit", "national.coordinator", "Valmira Doda", "national_coordinator"),
    _one("border_police", "border.officer", "Shkumbin Leka", "reporter", sex="M"),
    _one("labour_inspection", "labour.inspector", "Zana Krasniqi", "reporter"),
    _one("consulate", "consul", "Marko Savić", "reporter", sex="M"),
    _one("health", "health.worker", "Edona Marku", "reporter"),
    _one("school", "school.counsellor", "Ivana Petrović", "reporter"),
    _one("hotline", "hotline.operator", "Flaka Hoti", "hotline_operator"),
    _one("data_protection", "data.protection", "Albana Kurti", "auditor"),
    _one("administration", "administrator", "Luan Bytyqi", "administrator", sex="M"),
    _one("administration", "administrator2", "Jelena Marić", "administrator"),
)
