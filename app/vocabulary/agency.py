"""Kinds of agency. The agencies themselves are rows, so that another country starts from its own."""

from app.vocabulary.code import OWN, CodeList, entry

LISTS = (
    CodeList(
        "agency_kind",
        OWN,
        (
            entry("police", "Police unit", "Njësia e policisë", "Policijska jedinica"),
            entry(
                "advocacy",
                "Victim advocacy office",
                "Zyra për Mbrojtje dhe Ndihmë Viktimave",
                "Kancelarija za zaštitu i pomoć žrtvama",
            ),
            entry("social_work", "Centre for social work", "Qendra për Punë Sociale", "Centar za socijalni rad"),
            entry("shelter", "Shelter", "Strehimore", "Sklonište"),
            entry("return_partner", "Return partner", "Partner i kthimit", "Partner za povratak"),
            entry("statistics", "Statistics unit", "Njësia e statistikave", "Jedinica za statistiku"),
            entry(
                "national_unit",
                "Office of the National Coordinator",
                "Zyra e Koordinatorit Nacional",
                "Kancelarija Nacionalnog koordinatora",
            ),
            entry("administration", "System administration", "Administrimi i sistemit", "Administracija sistema"),
            entry(
                "direct_assistance",
                "Coordinator of Direct Assistance",
                "Koordinatori i Asistencës së Drejtpërdrejtë",
                "Koordinator direktne pomoći",
            ),
            entry("border_police", "Border police", "Policia kufitare", "Granična policija"),
            entry("labour_inspection", "Labour inspectorate", "Inspektorati i punës", "Inspektorat rada"),
            entry("health", "Health service", "Shërbimi shëndetësor", "Zdravstvena služba"),
            entry("consulate", "Consulate", "Konsullata", "Konzulat"),
            entry("school", "School", "Shkolla", "Škola"),
            entry("prosecution", "Prosecution", "Prokuroria", "Tužilaštvo"),
            entry("hotline", "Hotline", "Linja e ndihmës", "SOS linija"),
            entry(
                "data_protection",
                "Data protection office",
                "Zyra për mbrojtjen e të dhënave",
                "Kancelarija za zaštitu podataka",
            ),
        ),
    ),
)
