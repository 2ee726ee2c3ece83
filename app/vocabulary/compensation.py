"""Claims to compensation: the way, the documents, the decision."""

from app.vocabulary.code import OWN, CodeList, entry

LISTS = (
    CodeList(
        "claim_route",
        OWN,
        (
            entry("criminal", "In the criminal proceedings", "Në procedurën penale", "U krivičnom postupku"),
            entry("civil", "Civil claim", "Padi civile", "Građanska tužba"),
            entry(
                "state_fund", "State compensation fund", "Fondi shtetëror i kompensimit", "Državni fond za kompenzaciju"
            ),
            entry("offender", "The offender", "Kryesi", "Učinilac"),
        ),
    ),
    CodeList(
        "claim_document",
        OWN,
        (
            entry("police_report", "Police report", "Raporti i policisë", "Policijski izveštaj"),
            entry("medical_report", "Medical report", "Raporti mjekësor", "Lekarski nalaz"),
            entry("identity_document", "Identity document", "Dokumenti i identitetit", "Lični dokument"),
            entry("costs", "Proof of costs", "Dëshmia e shpenzimeve", "Dokaz o troškovima"),
            entry(
                "lost_earnings", "Proof of lost earnings", "Dëshmia e fitimit të humbur", "Dokaz o izgubljenoj zaradi"
            ),
            entry("judgment", "Judgment", "Aktgjykimi", "Presuda"),
            entry("guardian_decision", "Decision on the guardian", "Vendimi për kujdestarin", "Odluka o staratelju"),
            entry("other", "Other", "Tjetër", "Drugo"),
        ),
    ),
    CodeList(
        "claim_decision",
        OWN,
        (
            entry("granted", "Granted", "Lejuar", "Odobreno"),
            entry("partly_granted", "Partly granted", "Lejuar pjesërisht", "Delimično odobreno"),
            entry("refused", "Refused", "Refuzuar", "Odbijeno"),
        ),
    ),
)
