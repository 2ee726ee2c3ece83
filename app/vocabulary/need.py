"""Needs found in an assessment, and how urgent they are. The services that answer them are in service.py."""

from app.vocabulary.code import OWN, CodeList, entry

NEED = CodeList(
    "need",
    OWN,
    (
        entry("medical_urgent", "Urgent medical care", "Kujdes mjekësor urgjent", "Hitna lekarska pomoć"),
        entry("safety", "Safety from a threat", "Siguri nga kërcënimi", "Bezbednost od pretnje"),
        entry("shelter", "A safe place to stay", "Vend i sigurt për qëndrim", "Bezbedno mesto za boravak"),
        entry(
            "food_clothing", "Food, clothing and hygiene", "Ushqim, veshmbathje dhe higjienë", "Hrana, odeća i higijena"
        ),
        entry("psychological", "Psychological support", "Mbështetje psikologjike", "Psihološka podrška"),
        entry("language_interpreter", "An interpreter", "Përkthyes", "Prevodilac"),
        entry("own_sex_staff", "Staff of the same sex", "Personel i gjinisë së njëjtë", "Osoblje istog pola"),
        entry(
            "childcare",
            "Care for children who are with the person",
            "Kujdes për fëmijët që janë me personin",
            "Briga o deci koja su sa licem",
        ),
        entry(
            "disability_support",
            "Support with a disability",
            "Mbështetje për aftësi të kufizuara",
            "Podrška zbog invaliditeta",
        ),
        entry("legal_advice", "Legal advice", "Këshillim juridik", "Pravni savet"),
        entry("documents", "Identity documents", "Dokumente identifikimi", "Lična dokumenta"),
        entry("contact_with_family", "Contact with family", "Kontakt me familjen", "Kontakt sa porodicom"),
        entry("education", "Schooling", "Shkollim", "Školovanje"),
        entry("work", "Work or training", "Punë ose aftësim", "Posao ili obuka"),
        entry("financial", "Financial help", "Ndihmë financiare", "Novčana pomoć"),
        entry("other_need", "Another need", "Nevojë tjetër", "Druga potreba"),
        entry("none_stated", "No need stated", "Nuk u shpreh asnjë nevojë", "Nije navedena potreba"),
    ),
)

URGENCY = CodeList(
    "urgency",
    OWN,
    (
        entry("now", "Now", "Tani", "Odmah"),
        entry("today", "Today", "Sot", "Danas"),
        entry("this_week", "This week", "Këtë javë", "Ove nedelje"),
        entry("not_urgent", "Not urgent", "Jo urgjente", "Nije hitno"),
    ),
)

LISTS = (NEED, URGENCY)
