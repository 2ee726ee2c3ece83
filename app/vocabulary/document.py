"""What a document on a case is, and with that which sensitivity class of field.md 8.1 reads it."""

from app.vocabulary.code import OWN, CodeList, entry

DOCUMENT_KIND = CodeList(
    "document_kind",
    OWN,
    (
        entry("identity_paper", "Identity paper", "Dokument identiteti", "Lični dokument"),
        entry("portrait", "Picture of the person", "Fotografi e personit", "Fotografija osobe"),
        entry("statement", "Statement or own account", "Deklaratë ose rrëfim vetjak", "Izjava ili sopstveni iskaz"),
        entry("signed_form", "Signed form", "Formular i nënshkruar", "Potpisan obrazac"),
        entry("needs_paper", "Assessment or plan", "Vlerësim ose plan", "Procena ili plan"),
        entry("medical_report", "Medical report", "Raport mjekësor", "Medicinski izveštaj"),
        entry("investigation_paper", "Paper of the investigation", "Dokument i hetimit", "Dokument istrage"),
        entry(
            "court_paper",
            "Paper of a court or prosecutor",
            "Dokument gjykate ose prokurorie",
            "Dokument suda ili tužilaštva",
        ),
        entry(
            "travel_paper", "Travel or family paper", "Dokument udhëtimi ose familjar", "Putni ili porodični dokument"
        ),
    ),
)

CLASS_OF = {
    "identity_paper": "I",
    "portrait": "I",
    "statement": "T",
    "signed_form": "N",
    "needs_paper": "N",
    "medical_report": "M",
    "investigation_paper": "V",
    "court_paper": "J",
    "travel_paper": "R",
}
"""Which class reads a document of a kind: the kind decides it, nobody chooses a wider one."""

LISTS = (DOCUMENT_KIND,)
