"""What a training session on the procedure was about."""

from app.vocabulary.answer import OTHER
from app.vocabulary.code import OWN, CodeList, entry

LISTS = (
    CodeList(
        "training_topic",
        OWN,
        (
            entry("identification", "Identification", "Identifikim", "Identifikacija"),
            entry("referral", "Referral", "Referim", "Upućivanje"),
            entry("consent", "Consent", "Pëlqim", "Saglasnost"),
            entry("risk", "Risk assessment", "Vlerësim i rrezikut", "Procena rizika"),
            entry("children", "Children", "Fëmijët", "Deca"),
            entry("shelter", "Placement in a shelter", "Vendosje në strehimore", "Smeštaj u sklonište"),
            entry("return", "Return and reintegration", "Kthimi dhe riintegrimi", "Povratak i reintegracija"),
            entry("data", "Data protection", "Mbrojtja e të dhënave", "Zaštita podataka"),
            entry("system", "Use of the system", "Përdorimi i sistemit", "Korišćenje sistema"),
            OTHER,
        ),
    ),
)
