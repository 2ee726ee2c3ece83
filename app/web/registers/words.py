"""What can be wrong with a register, what its columns can hold: keys of app/registers in words, never a cell."""

from collections.abc import Mapping

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from app.registers.codes import list_of
from app.registers.faults import Fault, RegisterFault
from app.registers.mapping import preset, preset_names
from app.vocabulary import catalog
from app.web.languages import data_language

FIELDS = {
    "source_key": _l("Number of the row or case"),
    "full_name": _l("Whole name"),
    "given_names": _l("First name"),
    "surname": _l("Surname"),
    "other_names": _l("Other or former names"),
    "birth_date": _l("Birth date"),
    "birth_year": _l("Year of birth"),
    "age": _l("Age"),
    "sex": _l("Sex"),
    "citizenship": _l("Citizenship"),
    "community": _l("Community"),
    "region": _l("Region"),
    "form": _l("Form of exploitation"),
    "scope": _l("Internal or cross-border"),
    "door": _l("Referred by"),
    "assistance": _l("Help taken or refused"),
    "child": _l("Adult or child"),
    "recruitment": _l("Promise at recruitment"),
    "recruiter_relation": _l("Relation of the recruiter"),
    "recruiter_sex": _l("Sex of the recruiter"),
    "education": _l("Education"),
    "destination": _l("Country of exploitation"),
    "identified_on": _l("Day of identification"),
    "assisted_on": _l("Day of first assistance"),
    "sheltered_on": _l("Day of admission to a shelter"),
    "returned_on": _l("Day of return"),
    "goal_job_on": _l("Day since when in work"),
    "referred_on": _l("Day of referral"),
    "age_on": _l("Day for which the age was told"),
    "note": _l("Remark"),
}
"""What a column can hold."""

METRICS = {
    "identified": _l("People identified, on the day of identification"),
    "assisted": _l("People assisted, on the day of first assistance"),
    "sheltered": _l("People sheltered, on the day of admission where there is one"),
    "goal_job": _l("People in work without the tax incentive, on the day since when where there is one"),
    "returned": _l("People returned, on the day of return where there is one"),
}
DATE_ORDERS = {
    "dmy": _l("Day, month, year: 27.3.2007"),
    "ymd": _l("Year, month, day: 2007-03-27"),
    "mdy": _l("Month, day, year: 3/27/2007"),
}
NAME_ORDERS = {"given_first": _l("First name first"), "surname_first": _l("Surname first")}

OF_FILE = {
    "file_empty": _l("The file is empty."),
    "file_too_large": _l("The file is too large. Split it in two."),
    "file_not_text": _l("This is no text file. Save the list as CSV (a table as text) and choose that file."),
    "file_has_no_rows": _l("The file has headings, but no rows below them."),
    "file_too_many_rows": _l("The file has too many rows. Split it in two."),
    "file_too_many_columns": _l("Row %(row)d has too many columns: a hundred at most."),
    "file_cell_too_long": _l("Row %(row)d has a cell with too much text."),
    "file_quotes_broken": _l("In or before row %(row)d a quotation mark opens and is not closed."),
    "heading_empty": _l("A column has no heading. The first row must name each column."),
    "heading_twice": _l("Two columns have the same heading. Give one of them another."),
    "column_missing": _l("A column that is needed is not in the file: say which column holds what."),
    "mapping_invalid": _l("This way of reading a register cannot be used."),
}
"""What can be wrong with a file as a whole."""

OF_ROW = {
    "row_too_short": _l("the row has fewer cells than there are headings"),
    "row_too_long": _l("the row has more cells than there are headings"),
    "required_missing": _l("nothing stands here, and it is needed"),
    "name_without_letters": _l("there is no name"),
    "date_unreadable": _l("this is no date in the order chosen"),
    "date_impossible": _l("there is no such day"),
    "date_in_future": _l("the day has not come yet"),
    "birth_after_event": _l("the birth is later than what the row reports"),
    "age_unreadable": _l("this is no age"),
    "age_out_of_range": _l("nobody is that old"),
    "age_contradicts_birth_date": _l("the age does not fit the birth date"),
    "year_unreadable": _l("this is no year of birth"),
    "code_unknown": _l("the word is not known: say what it means"),
    "row_twice": _l("the same as row %(other)d"),
    "key_twice": _l("the same number as row %(other)d"),
    "date_outside_year": _l("the day lies outside the year"),
}
"""What can be wrong with a row, in a column."""

CHOICES = {
    "column_field_twice": _l("Two columns hold the same"),
    "column_of_name_missing": _l("Say which column holds the name"),
    "metric_missing": _l("Say what the rows report"),
    "metric_day_missing": _l("Say above which column holds the day of it"),
}
"""What keeps a form's choices from being a way to read the file."""

ASSISTANCE = {
    "accepted": _l("Took the help"),
    "refused": _l("Refused the help"),
    "not_offered": _l("No help was offered"),
    "unknown": _l("Not known"),
}


def file_sentence(fault: RegisterFault) -> str:
    """What is wrong with the file, in the reader's language."""
    return str(OF_FILE.get(fault.kind, OF_FILE["file_not_text"])) % {"row": fault.row}


def fault_sentence(fault: Fault) -> str:
    """What is wrong in a row, with its column."""
    told = str(OF_ROW.get(fault.kind, OF_ROW["required_missing"])) % {"other": fault.other_row or 0}
    where = fault.column or str(FIELDS.get(fault.field, ""))
    return f"{where}: {told}" if where else told


def codes_in_words(field: str) -> list[tuple[str, str]]:
    """The codes that a word of a field can mean, with their labels."""
    name = list_of(field)
    if name is None:
        return [(code, str(words)) for code, words in ASSISTANCE.items()]
    pairs: list[tuple[str, str]] = catalog.get(name).choices(data_language())
    return pairs


def mapping_words(name: str, label: Mapping[str, str]) -> str:
    """What a mapping is called: a preset by its label, an own one by its name."""
    if name == "guess":
        return gettext("By the headings of the file")
    return label.get(data_language()[:2]) or name


def preset_label(name: str) -> Mapping[str, str]:
    """The label of a mapping that comes with the system; empty for an own one."""
    return preset(name).label if name in preset_names() else {}
