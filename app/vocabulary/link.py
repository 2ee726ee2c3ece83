"""Why a reviewer takes two records for one person, or for two. Codes alone: a reason never names anybody."""

from app.vocabulary.code import OWN, CodeList, entry

LINK_CONFIRM_REASON = CodeList(
    "link_confirm_reason",
    OWN,
    (
        entry(
            "names_and_birth_agree", "Names and birth agree", "Emrat dhe lindja përputhen", "Imena i rođenje se slažu"
        ),
        entry(
            "spelt_differently",
            "The name is spelt differently",
            "Emri është shkruar ndryshe",
            "Ime je drugačije napisano",
        ),
        entry("married_name", "Married or former name", "Mbiemër martese ose i mëparshëm", "Udato ili ranije prezime"),
        entry(
            "birth_written_wrongly",
            "The birth date or age is written wrongly",
            "Datëlindja ose mosha është shkruar gabim",
            "Datum rođenja ili uzrast je pogrešno upisan",
        ),
        entry("agencies_agree", "The agencies agree", "Agjencitë pajtohen", "Organi se slažu"),
    ),
)

LINK_REFUSE_REASON = CodeList(
    "link_refuse_reason",
    OWN,
    (
        entry("same_name_only", "Only the name is the same", "Vetëm emri është i njëjtë", "Samo je ime isto"),
        entry("births_differ", "The births differ", "Lindjet nuk përputhen", "Rođenja se razlikuju"),
        entry("names_differ", "The names differ", "Emrat nuk përputhen", "Imena se razlikuju"),
        entry("relatives", "Two relatives", "Dy të afërm", "Dva srodnika"),
        entry(
            "in_two_places",
            "In two places at one time",
            "Në dy vende në të njëjtën kohë",
            "Na dva mesta u isto vreme",
        ),
        entry(
            "linked_by_mistake",
            "Confirmed by mistake",
            "E konfirmuar gabimisht",
            "Potvrđeno greškom",
        ),
        entry("agencies_disagree", "The agencies say so", "Agjencitë thonë kështu", "Organi tako kažu"),
    ),
)

LISTS = (LINK_CONFIRM_REASON, LINK_REFUSE_REASON)
