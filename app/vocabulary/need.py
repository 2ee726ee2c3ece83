"""Needs found in an assessment, and how urgent they are. The services that answer them are in service.py."""

from app.vocabulary.code import OWN, CodeList, entry

NEED = CodeList(
    "need",
    OWN,
    (
        entry("urgent_medical", "Urgent medical care", "Kujdes mjekësor urgjent", "Hitna lekarska pomoć"),
        entry("medical", "Medical care", "Kujdes mjekësor", "Lekarska nega"),
        entry("psychological", "Psychological support", "Mbështetje psikologjike", "Psihološka podrška"),
        entry("safe_place", "A safe place tonight", "Vend i sigurt për sonte", "Bezbedno mesto za noćas"),
        entry("shelter", "Accommodation", "Akomodim", "Smeštaj"),
        entry(
            "basic_needs", "Food, clothing and hygiene", "Ushqim, veshmbathje dhe higjienë", "Hrana, odeća i higijena"
        ),
        entry("protection", "Protection from a threat", "Mbrojtje nga kërcënimi", "Zaštita od pretnje"),
        entry("interpreter", "An interpreter", "Përkthyes", "Prevodilac"),
        entry("own_sex_staff", "Staff of the same sex", "Personel i gjinisë së njëjtë", "Osoblje istog pola"),
        entry("legal", "Legal advice", "Këshillim juridik", "Pravni savet"),
        entry("documents", "Identity documents", "Dokumente identifikimi", "Lična dokumenta"),
        entry(
            "disability_support",
            "Support with a disability",
            "Mbështetje për aftësi të kufizuara",
            "Podrška zbog invaliditeta",
        ),
        entry(
            "children_with_person",
            "Care for children who are with the person",
            "Kujdes për fëmijët që e shoqërojnë",
            "Briga o deci koja su sa licem",
        ),
        entry("contact_family", "Contact with family", "Kontakt me familjen", "Kontakt sa porodicom"),
        entry("education", "Schooling", "Shkollim", "Školovanje"),
        entry("employment", "Work or training", "Punë ose aftësim", "Posao ili obuka"),
        entry("financial", "Financial help", "Ndihmë financiare", "Novčana pomoć"),
        entry("return", "Help to return", "Ndihmë për kthim", "Pomoć za povratak"),
        entry("none", "No need stated", "Nuk u shpreh asnjë nevojë", "Nije navedena potreba"),
        entry("other", "Another need", "Nevojë tjetër", "Druga potreba"),
    ),
)

URGENCY = CodeList(
    "urgency",
    OWN,
    (
        entry("immediate", "At once", "Menjëherë", "Odmah"),
        entry("today", "Today", "Sot", "Danas"),
        entry("days", "Within days", "Brenda disa ditësh", "U roku od nekoliko dana"),
    ),
)

LISTS = (NEED, URGENCY)
