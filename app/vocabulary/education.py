"""The highest education that a person has completed, by the international classification of 2011."""

from app.vocabulary.answer import NOT_ASKED, REFUSED, UNKNOWN
from app.vocabulary.code import ISCED, OWN, CodeList, entry

EDUCATION = CodeList(
    "education",
    ISCED,
    (
        entry("none", "None", "Pa arsim", "Bez obrazovanja", ISCED, "0"),
        entry("primary", "Primary (up to grade 5)", "Fillor (deri në klasën 5)", "Osnovno (do 5. razreda)", ISCED, "1"),
        entry(
            "lower_secondary",
            "Lower secondary (up to grade 9)",
            "I mesëm i ulët (deri në klasën 9)",
            "Niže srednje (do 9. razreda)",
            ISCED,
            "2",
        ),
        entry("upper_secondary", "Upper secondary", "I mesëm i lartë", "Srednje", ISCED, "3"),
        entry("vocational", "Vocational", "Profesional", "Stručno", ISCED, "35"),
        entry("post_secondary", "Post-secondary", "Pas të mesmes", "Posle srednje škole", ISCED, "4"),
        entry("tertiary", "University or other tertiary", "Universitar", "Visoko", ISCED, "6"),
        entry("other", "Other", "Tjetër", "Drugo", OWN),
        UNKNOWN,
        REFUSED,
        NOT_ASKED,
    ),
)

LISTS = (EDUCATION,)
