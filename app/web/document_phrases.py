"""Why a file is not put on a case, in words; and what is said where something sealed cannot be opened."""

from flask_babel import lazy_gettext as _l

DOCUMENT_PHRASES = {
    "document_empty": _l("The file is empty"),
    "document_too_large": _l("The file is too large: at most 2 MB. Make the picture smaller or split the paper"),
    "document_unknown_type": _l("Choose a JPEG, PNG or WebP picture, a PDF or a plain text"),
    "document_too_many_points": _l("The picture has too many points: at most 24 million"),
    "document_moves": _l("This is a moving picture. Choose one that stands still"),
    "document_damaged": _l("The file is damaged or cut off. Save it anew and try again"),
    "document_two_files": _l("This file holds another file. Save it anew as one picture or one PDF"),
    "document_active": _l("This file can run something or carries locked or hidden parts. Print it into a new PDF"),
    "document_bomb": _l("This file unpacks to far more than it shows. Print it into a new PDF"),
    "document_removed": _l("This document was taken off a moment ago."),
    "cannot_be_opened": _l(
        "What is kept here cannot be opened: it was changed outside the system or its key does not fit. Nothing of it"
        " is shown. Tell your administrator."
    ),
}
