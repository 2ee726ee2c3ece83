"""Care, durable solutions and evidence of age for children. Guardians are in guardian.py."""

from app.vocabulary.code import OWN, CodeList, entry

CARE = CodeList(
    "care_kind",
    OWN,
    (
        entry("child_shelter", "Child shelter", "Strehimore për fëmijë", "Sklonište za decu"),
        entry("foster_care", "Foster family", "Familje kujdestare", "Hraniteljska porodica"),
        entry("family_with_support", "Family, with support", "Familja, me mbështetje", "Porodica, uz podršku"),
        entry("family_mediation", "Family mediation", "Ndërmjetësim familjar", "Porodična medijacija"),
        entry(
            "high_risk_facility",
            "High-risk facility",
            "Strehimore e sigurt për raste me rrezik të lartë",
            "Sigurna kuća za visokorizične slučajeve",
        ),
        entry("hospital", "Hospital", "Spital", "Bolnica"),
        entry("other", "Other", "Tjetër", "Drugo"),
    ),
)

SOLUTION = CodeList(
    "durable_solution",
    OWN,
    (
        entry("stay", "Stays in the country", "Qëndron në vend", "Ostaje u zemlji"),
        entry(
            "return", "Returns to the country of origin", "Kthehet në vendin e origjinës", "Vraća se u zemlju porekla"
        ),
        entry("third_country", "Goes to a third country", "Shkon në një vend të tretë", "Odlazi u treću zemlju"),
    ),
)

AGE_EVIDENCE = CodeList(
    "age_evidence",
    OWN,
    (
        entry("birth_document", "Birth certificate", "Certifikatë e lindjes", "Izvod iz matične knjige rođenih"),
        entry("identity_document", "Identity document", "Dokument identifikimi", "Lični dokument"),
        entry("school_record", "School record", "Dokument shkollor", "Školska evidencija"),
        entry("authority_abroad", "An authority abroad", "Autoritet jashtë vendit", "Organ u inostranstvu"),
        entry("medical_assessment", "Medical assessment", "Vlerësim mjekësor", "Lekarska procena"),
        entry("family_statement", "Statement of the family", "Deklaratë e familjes", "Izjava porodice"),
        entry("own_statement", "Own statement", "Deklaratë e vetë personit", "Sopstvena izjava"),
    ),
)

MEDIATION = CodeList(
    "mediation_outcome",
    OWN,
    (
        entry("goes_home", "Can live with the family", "Mund të jetojë me familjen", "Može da živi sa porodicom"),
        entry(
            "contact_only",
            "Contact, not living together",
            "Kontakt, pa jetuar bashkë",
            "Kontakt, bez zajedničkog života",
        ),
        entry("continues", "Mediation continues", "Ndërmjetësimi vazhdon", "Medijacija se nastavlja"),
        entry("not_possible", "Not possible now", "Tani nuk është e mundur", "Sada nije moguće"),
    ),
)

LISTS = (CARE, SOLUTION, AGE_EVIDENCE, MEDIATION)
