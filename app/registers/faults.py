"""What can be wrong with a register, named by row and column and by a key; never the words that stood in the cell."""

from dataclasses import dataclass

ERROR = "error"
WARNING = "warning"

# Every kind of fault there is, in the order in which a reader meets them. The application has a sentence for each.
FILE_KINDS = (
    "file_empty",
    "file_too_large",
    "file_not_text",
    "file_has_no_rows",
    "file_too_many_rows",
    "file_too_many_columns",
    "file_cell_too_long",
    "file_quotes_broken",
    "heading_empty",
    "heading_twice",
    "column_missing",
    "mapping_invalid",
)
ROW_KINDS = (
    "row_too_short",
    "row_too_long",
    "required_missing",
    "name_without_letters",
    "date_unreadable",
    "date_impossible",
    "date_in_future",
    "birth_after_event",
    "age_unreadable",
    "age_out_of_range",
    "age_contradicts_birth_date",
    "year_unreadable",
    "code_unknown",
    "row_twice",
    "key_twice",
    "date_outside_year",
)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to mend: the row of the file (the headings are row 1), the column, what kind, and how grave.

    A warning is told and imported, an error keeps its row out. `field` is our name of what the column holds;
    `other_row` is the earlier row that this one repeats.
    """

    row: int
    column: str
    kind: str
    field: str = ""
    severity: str = ERROR
    other_row: int | None = None


class RegisterFault(Exception):
    """The file as a whole cannot be read. It is the only exception that an uploaded file can cause."""

    def __init__(self, kind: str, column: str = "", row: int = 0) -> None:
        super().__init__(kind)
        self.kind = kind
        self.column = column
        self.row = row

    def as_fault(self) -> Fault:
        """Return the same as a fault, to be listed beside those of the rows."""
        return Fault(self.row, self.column, self.kind)
