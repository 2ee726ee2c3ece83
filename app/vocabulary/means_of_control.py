"""Means of control: the union of the HTCDS picklist and the two that its definitions name but its picklist lacks."""

from app.vocabulary.answer import UNKNOWN
from app.vocabulary.code import HTCDS, CodeList, entry

LISTS = (
    CodeList(
        "means_of_control",
        HTCDS,
        (
            entry(
                "physical_threats",
                "Threats of violence",
                "Kërcënime me dhunë",
                "Pretnje nasiljem",
                HTCDS,
                "PhysicalThreats",
            ),
            entry(
                "threats_law_enforcement",
                "Threats of being reported to the authorities",
                "Kërcënime me lajmërim te autoritetet",
                "Pretnje prijavljivanjem vlastima",
                HTCDS,
                "ThreatsLawEnforcement",
            ),
            entry(
                "threatens_children_family",
                "Threats to children or family",
                "Kërcënime ndaj fëmijëve ose familjes",
                "Pretnje deci ili porodici",
                HTCDS,
                "ThreatensChildrenFamily",
            ),
            entry("debt_bondage", "Debt bondage", "Skllavëri për borxh", "Dužničko ropstvo", HTCDS, "DebtBondage"),
            entry("false_promises", "False promises", "Premtime të rreme", "Lažna obećanja", HTCDS, "FalsePromises"),
            entry("physical_abuse", "Physical abuse", "Abuzim fizik", "Fizičko zlostavljanje", HTCDS, "PhysicalAbuse"),
            entry("sexual_abuse", "Sexual abuse", "Abuzim seksual", "Seksualno zlostavljanje", HTCDS, "SexualAbuse"),
            entry(
                "takes_earnings", "Takes earnings", "Marrja e të ardhurave", "Oduzimanje zarade", HTCDS, "TakesEarnings"
            ),
            entry(
                "restricts_financial_access",
                "Restricts access to money",
                "Kufizim i qasjes në para",
                "Ograničavanje pristupa novcu",
                HTCDS,
                "RestrictsFinancialAccess",
            ),
            entry(
                "restricts_medical_care",
                "Restricts medical care",
                "Kufizim i kujdesit mjekësor",
                "Ograničavanje lekarske nege",
                HTCDS,
                "RestrictsMedicalCare",
            ),
            entry(
                "withholds_necessities",
                "Withholds food, sleep or other necessities",
                "Mohim i ushqimit, gjumit ose nevojave tjera",
                "Uskraćivanje hrane, sna ili drugih potreba",
                HTCDS,
                "WithholdsNecessities",
            ),
            entry(
                "psychological_abuse",
                "Psychological abuse",
                "Abuzim psikologjik",
                "Psihičko zlostavljanje",
                HTCDS,
                "PsychologicalAbuse",
            ),
            entry(
                "psychoactive_substance",
                "Alcohol, drugs or medicines",
                "Alkool, droga ose barna",
                "Alkohol, droge ili lekovi",
                HTCDS,
                "PsychoactiveSubstance",
            ),
            entry(
                "excessive_working_hours",
                "Excessive working hours",
                "Orar i tepruar i punës",
                "Prekomerno radno vreme",
                HTCDS,
                "ExcessiveWorkingHours",
            ),
            entry(
                "withholds_documents",
                "Withholds documents",
                "Mbajtja e dokumenteve",
                "Oduzimanje dokumenata",
                HTCDS,
                "WithholdsDocuments",
            ),
            entry(
                "restricts_movement",
                "Restricts movement",
                "Kufizim i lëvizjes",
                "Ograničavanje kretanja",
                HTCDS,
                "RestrictsMovement",
            ),
            entry(
                "uses_children",
                "Uses children as a hold",
                "Përdorimi i fëmijëve si mjet presioni",
                "Korišćenje dece kao sredstva pritiska",
                HTCDS,
                "UsesChildren",
            ),
            entry("other", "Other means", "Mjet tjetër", "Drugo sredstvo", HTCDS, "Other"),
            UNKNOWN,
        ),
    ),
)
