"""Plain text: readable, without signs that steer a machine, and not markup or a program under another name."""

import re

from app.documents.faults import Refused

STEERING = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
ACTS = re.compile(
    r"<\s*(script|html|svg|iframe|object|embed|body|head|img|link|meta|!doctype|\?xml|\?php|!--|a\s|style|form)"
    r"|javascript\s*:|vbscript\s*:|^\s*MIME-Version\s*:",
    re.IGNORECASE,
)
PROGRAM = re.compile(r"^\s*(#!|%!PS|@echo|<\?|<%|\{\\rtf)", re.IGNORECASE)
TEST_VIRUS = "EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


def refuse_what_is_no_text(content: bytes) -> None:
    """Raise Refused where it is not UTF-8, holds signs that are not written, or is markup or a program."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("document_unknown_type") from None
    if STEERING.search(text):
        raise Refused("document_unknown_type")
    if ACTS.search(text) or PROGRAM.search(text) or TEST_VIRUS in text:
        raise Refused("document_active")
