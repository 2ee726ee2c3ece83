"""PDF files: kept byte by byte, so what runs or carries other files is refused, also where it is hidden in streams.

Every step goes through the file once, whatever is in it: a search that begins anew at each of a hundred thousand words
holds the server up for hours.
"""

import re
import zlib
from bisect import bisect_left
from collections.abc import Iterator

from app.documents.faults import Refused

ENDING, TAIL = b"%%EOF", 1024
MOST_UNPACKED = 16 * 1024 * 1024
"""Bytes that are looked through in packed streams of one file; what unpacks to more is a bomb."""
MOST_PACKED = 1000
"""Streams of packed objects in one file; each holds about a hundred objects of a file that a program wrote."""

LONGEST_HEAD = 4096

_LONG = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|GoToE)(?![A-Za-z0-9])")
_SHORT = re.compile(rb"/(JS|XFA|Encrypt)(?![A-Za-z0-9])")
_BEGIN, _END = re.compile(rb"(?<!end)stream[ \t]{0,9}(?:\r?\n|\r)"), b"endstream"
_PACKED = re.compile(
    b"/" + b"".join(b"(?:%c|#%02x|#%02X)" % (sign, sign, sign) for sign in b"ObjStm") + rb"(?![A-Za-z0-9#])"
)
_OBJECT = re.compile(rb"[0-9]\s{1,9}[0-9]{1,9}\s{1,9}obj(?![A-Za-z0-9])")
_FLATE = re.compile(rb"/(?:F|Filter)\s{0,9}\[?\s{0,9}/(?:FlateDecode|Fl)(?![A-Za-z0-9])")
_UNUSUAL = re.compile(rb"[()%]|/(?:(?!Flate)[A-Za-z0-9]+Decode|Crypt|AHx|A85|LZW|RL|DecodeParms|DP)(?![A-Za-z0-9])")
_NUMBERS = re.compile(rb"\s{0,99}[0-9]{1,9}\s{1,99}[0-9]{1,9}(?![0-9A-Za-z])")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_OTHER_FILES = (b"PK\x05\x06", b"PK\x03\x04", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07")
_MARKUP = re.compile(rb"<\s*(script|html|svg|iframe|!doctype)", re.IGNORECASE)


def is_pdf(content: bytes) -> bool:
    """Whether it begins as a PDF does. One that begins with something else is that something."""
    return content.startswith((b"%PDF-1.", b"%PDF-2."))


def refuse_active(content: bytes) -> None:
    """Raise Refused where it is cut off, is another file as well, runs something, carries files or is locked.

    A locked file is refused because nobody can look into it; a form to be filled in is not.
    """
    end = content.rfind(ENDING)
    if end < 0 or len(content) - end > TAIL:
        raise Refused("document_damaged")
    if any(content[end:].find(one) >= 0 for one in _OTHER_FILES) or _MARKUP.search(content[:TAIL]):
        raise Refused("document_two_files")
    if _other_file_inside(content):
        raise Refused("document_two_files")
    for text in (_plain_names(b" ".join(_outside(content))), *_unpacked(content)):
        if _SHORT.search(text) or _LONG.search(text):
            raise Refused("document_active")
    if _LONG.search(_plain_names(content)):  # a false stream cannot hide what stands between its ends
        raise Refused("document_active")


def _plain_names(text: bytes) -> bytes:
    """A name may spell its letters as numbers: /J#61vaScript."""
    return _HEX.sub(lambda found: bytes([int(found.group(1), 16)]), text)


def _other_file_inside(content: bytes) -> bool:
    """An archive that begins before the PDF's end is found by its directory, which stands in an archive's last part."""
    place = content.rfind(b"PK\x05\x06")
    return place >= 0 and b"PK\x01\x02" in content[:place]


def _outside(content: bytes) -> Iterator[bytes]:
    """What stands between the streams."""
    begin = 0
    while (found := _BEGIN.search(content, begin)) and (end := content.find(_END, found.end())) >= 0:
        yield content[begin : found.start()]
        begin = end + len(_END)
    yield content[begin:]


def _unpacked(content: bytes) -> Iterator[bytes]:
    """The objects that are packed into streams; raises Refused where they unpack to too much, or not as usual.

    What is packed twice over, or in a way that no program uses for objects, could be anything.
    """
    left = MOST_UNPACKED
    for head, begin in _packed(content):
        if _UNUSUAL.search(head) or len(_FLATE.findall(head)) != 1 or head.count(b"/Fl") != 1:
            raise Refused("document_active")
        text = _inflated(memoryview(content)[begin:], left)
        left -= len(text)
        yield _plain_names(text)


def _packed(content: bytes) -> Iterator[tuple[bytes, int]]:
    """Each stream that says it holds objects: its head, names as they are read, and where its bytes begin."""
    begins = [(one.start(), one.end()) for one in _BEGIN.finditer(content)]
    heads: dict[int, int] = {}
    for named in _PACKED.finditer(content):
        place = bisect_left(begins, (named.start(), 0))
        if place < len(begins):
            heads.setdefault(place, named.start())
    if len(heads) > MOST_PACKED:
        raise Refused("document_bomb")
    for place, named_at in heads.items():
        start, begin = begins[place]
        before = content[max(named_at - LONGEST_HEAD, 0) : named_at]
        numbered = [one.end() for one in _OBJECT.finditer(before)]
        if not numbered or start - named_at > LONGEST_HEAD:
            raise Refused("document_damaged")
        yield _plain_names(before[numbered[-1] :] + content[named_at:start]), begin


def _inflated(packed: memoryview, left: int) -> bytes:
    """The bytes unpacked, as far as they go; raises Refused for more than `left`, and for what does not unpack so."""
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(packed, left)
    except zlib.error:
        raise Refused("document_damaged") from None  # some readers open what comes before the fault
    if unpacker.unconsumed_tail or len(text) >= left:
        raise Refused("document_bomb")
    if not _NUMBERS.match(text):
        raise Refused("document_damaged")  # packed objects begin with the number and the place of the first
    return text
