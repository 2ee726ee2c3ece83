"""What an entry of the record amounts to for the agency whose people it is about."""

from app.vocabulary.code import OWN, CodeList, entry

LOOKED, LISTED, PRINTED, ACTED, REFUSED = "looked", "listed", "printed", "acted", "refused"

LISTS = (
    CodeList(
        "look",
        OWN,
        (
            entry(LOOKED, "Opened and looked", "U hap dhe u pa", "Otvoreno i pregledano"),
            entry(LISTED, "Seen in a list", "U pa në një listë", "Viđeno na spisku"),
            entry(PRINTED, "Printed or taken out", "U shtyp ose u nxor", "Odštampano ili izvezeno"),
            entry(ACTED, "Changed or added something", "U ndryshua ose u shtua diçka", "Nešto promenjeno ili dodato"),
            entry(REFUSED, "Tried, and was refused", "U provua dhe u refuzua", "Pokušano i odbijeno"),
        ),
    ),
)

_LISTS = frozenset({"listed", "searched", "board", "today", "team_shown", "members", "warnings", "erasures_listed"})
_LOOKS = frozenset(
    {
        "opened",
        "opened_page",
        "shown",
        "looked",
        "read",
        "question",
        "conflicts",
        "event_opened",
        "step_shown",
        "note_shown",
        "document_shown",
        "erasure_shown",
        "looks_opened",
        "step_opened",
        "entry_opened",
        "row_opened",
        "correction_shown",
        "procedure_shown",
        "version_shown",
        "transfer_reason",
    }
)
_PAPERS = frozenset({"printed", "form_printed", "exported", "packet"})
READING_VERBS = _LISTS | _LOOKS | _PAPERS | {"refused"}
"""What no act is; whatever else an entry says was one."""
READING_VERBS = _LISTS | _LOOKS | _PAPERS | {"refused"}
"""What no act is; whatever else an entry says was one."""


def kind_of(action: str) -> str:
    """What an action of the record amounts to; a case that is opened for the first time is an act."""
    if action == "case:opened":
        return ACTED
    verb = action.partition(":")[2]
    for kind, verbs in ((LISTED, _LISTS), (LOOKED, _LOOKS), (PRINTED, _PAPERS), (REFUSED, {"refused"})):
        if verb in verbs:
            return kind
    return ACTED
