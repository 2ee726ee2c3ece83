"""Takes the bytes of a file in: names its type by what it holds, never by its name, and refuses what could act."""

from dataclasses import dataclass

from app.documents import pdf, pictures, plain
from app.documents.faults import Refused

LARGEST = 2 * 1024 * 1024
"""Bytes of a file as it comes; an installation may say less."""


@dataclass(frozen=True)
class Taken:
    """A document as it will be kept."""

    format: str
    content: bytes


def take_in(content: bytes, largest: int = LARGEST) -> Taken:
    """The document to keep: a picture drawn anew without what it told beside its points, a PDF or a text as it is.

    Raises Refused with a reason key for an empty, too large, unknown, damaged or active file.
    """
    if not content:
        raise Refused("document_empty")
    if len(content) > largest:
        raise Refused("document_too_large")
    picture = pictures.kind_of(content)
    if picture:
        return Taken(picture, pictures.drawn_anew(content, picture, largest))
    if pdf.is_pdf(content):
        pdf.refuse_active(content)
        return Taken("pdf", content)
    plain.refuse_what_is_no_text(content)
    return Taken("text", content)
