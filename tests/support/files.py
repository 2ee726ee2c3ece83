"""Files for uploading, made by code: such as people have, and such as someone would make to do harm."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

from PIL import Image, PngImagePlugin
from PIL.ExifTags import GPS, IFD, Base

SCRIPT = b"<script>fetch('/')</script>"
MARK = b"MARK-OF-THE-HIDDEN-PART"
CAMERA = "Invented Camera 7"


def picture(kind: str = "JPEG", size: tuple[int, int] = (80, 60), **more: object) -> bytes:
    """A picture of stripes."""
    made = Image.new("RGB", size)
    made.putdata([(x * 3 % 256, y * 4 % 256, 90) for y in range(size[1]) for x in range(size[0])])
    kept = BytesIO()
    made.save(kept, kind, **more)
    return kept.getvalue()


def with_position(kind: str = "JPEG") -> bytes:
    """A picture that tells where and with what it was taken, and that lies on its side."""
    told = Image.Exif()
    told[Base.Make], told[Base.Orientation] = CAMERA, 6
    told.get_ifd(IFD.GPSInfo).update({GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (42.0, 39.0, 46.0)})
    return picture(kind, exif=told)


def with_words() -> bytes:
    """A PNG with words beside its points."""
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", MARK.decode())
    words.add_itxt("XML:com.adobe.xmp", f"<x>{MARK.decode()}</x>")
    return picture("PNG", pnginfo=words)


def pdf(*objects: bytes, ending: bytes = b"%%EOF\n") -> bytes:
    """A PDF of one empty page, with more objects."""
    head = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    pages = b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
    pages += b"3 0 obj\n<< /Type /Page /Parent 2 0 R >>\nendobj\n"
    more = b"".join(b"%d 0 obj\n%s\nendobj\n" % (place + 4, one) for place, one in enumerate(objects))
    return head + pages + more + b"trailer\n<< /Root 1 0 R >>\nstartxref\n0\n" + ending


def packed(objects: bytes) -> bytes:
    """Objects packed into a stream, where a plain search does not see them."""
    stream = zlib.compress(objects)
    return b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (
        len(stream),
        stream,
    )


def archive(name: str = "page.html", content: bytes = SCRIPT) -> bytes:
    """A ZIP archive."""
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as one:
        one.writestr(name, content)
    return kept.getvalue()


def flood(width: int, height: int) -> bytes:
    """A PNG that says how many points it has and packs them into next to nothing."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width + 7) // 8 + 1) * min(height, 2000), 9)
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b"")))


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def word_bomb() -> bytes:
    """A PNG whose comment unpacks to a hundred megabytes."""
    words = b"Comment\x00\x00" + zlib.compress(bytes(100_000_000), 9)
    plain = picture("PNG")
    return plain[:33] + _chunk(b"zTXt", words) + plain[33:]


def moving(kind: str) -> bytes:
    """A picture of two."""
    kept, frames = BytesIO(), [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(kept, kind, save_all=True, append_images=frames[1:])
    return kept.getvalue()


TIFF_WITH_GPS = b"II*\x00" + bytes(200)
RUNS = b"<< /S /JavaScript /JS (app.alert(1)) >>"

GOOD: dict[str, tuple[str, bytes]] = {
    "a photograph": ("jpeg", picture()),
    "a photograph with its position": ("jpeg", with_position()),
    "a drawing": ("png", picture("PNG")),
    "a drawing with words": ("png", with_words()),
    "a web picture": ("webp", picture("WEBP")),
    "a web picture with its position": ("webp", with_position("WEBP")),
    "a photograph with an archive behind it": ("jpeg", picture() + archive() + MARK),
    "a photograph with script behind it": ("jpeg", picture() + SCRIPT + MARK),
    "a photograph with script in its comment": ("jpeg", picture(comment=SCRIPT + MARK)),
    "a drawing with script behind it": ("png", picture("PNG") + SCRIPT + MARK),
    "a paper": ("pdf", pdf()),
    "a paper that opens on a page": ("pdf", pdf(b"<< /OpenAction [3 0 R /Fit] >>")),
    "a note": ("text", "Në orën 8 erdhi doktori.\nNoć je bila mirna.\n".encode()),
}
"""What is taken, by which type. Of pictures nothing stays but their points."""

BAD: dict[str, tuple[str, bytes]] = {
    "nothing": ("document_empty", b""),
    "a large text": ("document_too_large", b"a" * (2 * 1024 * 1024 + 1)),
    "a drawing of lines": ("document_active", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
    "a drawing of lines as XML": ("document_active", b'<?xml version="1.0"?><svg onload="a()"/>'),
    "a drawing of lines with a mark": ("document_active", b"\xef\xbb\xbf<svg/onload=a()>"),
    "a page": ("document_active", b"<!DOCTYPE html><html><body>hello</body></html>"),
    "a page after words": ("document_active", b"hello\n" * 400 + SCRIPT),
    "a page in capitals": ("document_active", b"<SCRIPT SRC=//x>"),
    "a frame": ("document_active", b"text < iframe src=x>"),
    "an address that runs": ("document_active", b"see java" + b"script:alert(1)"),
    "a mail archive": ("document_active", b"MIME-Version: 1.0\nContent-Type: text/html\n\nhello"),
    "a shell program": ("document_active", b"#!/bin/sh\nrm -r .\n"),
    "a server page": ("document_active", b"<?php system($_GET[0]);"),
    "PostScript": ("document_active", b"%!PS-Adobe-3.0\n(x) run\n"),
    "rich text": ("document_active", b"{\\rtf1 {\\object\\objocx}}"),
    "the test virus": (
        "document_active",
        rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST" + b"-FILE!$H+H*",
    ),
    "a text in two-byte signs": ("document_unknown_type", "<script>".encode("utf-16")),
    "a text with steering signs": ("document_unknown_type", b"hello\x1b]0;x\x07"),
    "a text with a zero": ("document_unknown_type", b"hello\x00<b"),
    "a program for Windows": ("document_unknown_type", b"MZ\x90\x00\x03" + bytes(300)),
    "a program for Linux": ("document_unknown_type", b"\x7fELF\x02\x01\x01" + bytes(300)),
    "an archive": ("document_unknown_type", archive()),
    "a bomb of zeros": ("document_unknown_type", archive("zeros", bytes(50_000_000))),
    "a text document with macros": ("document_unknown_type", archive("word/vbaProject.bin")),
    "a moving picture of old": ("document_unknown_type", moving("GIF")),
    "a GIF that is script": ("document_unknown_type", b"GIF89a/*\xff*/=1;alert(1)//"),
    "an icon": ("document_unknown_type", picture("ICO", (16, 16))),
    "a TIFF": ("document_unknown_type", TIFF_WITH_GPS),
    "a BMP": ("document_unknown_type", picture("BMP")),
    "a flood of points": ("document_too_many_points", flood(10_000, 10_000)),
    "a narrow flood": ("document_too_many_points", flood(30_000_000, 1)),
    "a moving web picture": ("document_moves", moving("WEBP")),
    "a moving drawing": ("document_moves", moving("PNG")),
    "a bomb in a comment": ("document_damaged", word_bomb()),
    "half a photograph": ("document_damaged", picture(size=(600, 600))[:900]),
    "half a drawing": ("document_damaged", picture("PNG")[:90]),
    "a photograph by its beginning alone": ("document_damaged", b"\xff\xd8\xff\xe0" + SCRIPT),
    "a drawing by its beginning alone": ("document_damaged", b"\x89PNG\r\n\x1a\n" + SCRIPT),
    "a web picture by its beginning alone": ("document_damaged", b"RIFF\x10\x00\x00\x00WEBP" + SCRIPT),
    "half a paper": ("document_damaged", pdf()[:120]),
    "a paper that runs": ("document_active", pdf(RUNS)),
    "a paper that runs under another spelling": (
        "document_active",
        pdf(RUNS.replace(b"/JavaScript", b"/J#61vaScript")),
    ),
    "a paper that runs in packed parts": ("document_active", pdf(packed(b"5 0 " + RUNS))),
    "a paper that runs in packed parts under another spelling": (
        "document_active",
        pdf(packed(b"5 0 " + RUNS).replace(b"/ObjStm", b"/Obj#53tm")),
    ),
    "a paper that runs in packed parts with a long head": (
        "document_active",
        pdf(packed(b"5 0 " + RUNS).replace(b"/N 1", b"/N 1 /X [" + b"0 " * 400 + b"]")),
    ),
    "a paper that runs in parts packed twice": (
        "document_active",
        pdf(packed(b"5 0 " + RUNS).replace(b"/FlateDecode", b"[/ASCIIHexDecode /FlateDecode]")),
    ),
    "a paper that runs in parts packed twice the same way": ("document_damaged", pdf(packed(zlib.compress(RUNS)))),
    "a paper that runs in packed parts which end badly": (
        "document_damaged",
        pdf(packed(b"5 0 " + RUNS).replace(b"\nendstream", b"").replace(zlib.compress(b"5 0 " + RUNS)[-4:], b"....")),
    ),
    "a paper that runs behind a false part": ("document_active", pdf(b"% stream\n" + RUNS + b"\n% endstream")),
    "a paper that starts programs": ("document_active", pdf(b"<< /S /Launch /F (cmd.exe) >>")),
    "a paper with files in it": ("document_active", pdf(b"<< /Names << /EmbeddedFiles 9 0 R >> >>")),
    "a paper that sends": ("document_active", pdf(b"<< /S /SubmitForm /F (http://x) >>")),
    "a locked paper": ("document_active", pdf(b"<< /Encrypt 9 0 R >>")),
    "a paper with a form that runs": ("document_active", pdf(b"<< /AcroForm << /XFA 9 0 R >> >>")),
    "a paper that is a bomb": ("document_bomb", pdf(packed(bytes(40_000_000)))),
    "a paper that is an archive": ("document_two_files", pdf() + archive()),
    "a paper with an archive in it": ("document_two_files", pdf(b"<< >>\nstream\n" + archive() + b"\nendstream")),
    "a paper that is a page": ("document_two_files", b"%PDF-1.4\n<html>" + SCRIPT + pdf()),
    "words before a paper": ("document_active", SCRIPT + pdf()),
}
"""What is refused, and with which reason. Nothing of it is kept."""

BUSY: dict[str, bytes] = {
    "beginnings of parts": b"stream\n" * 290_000,
    "names of packed parts": b"/ObjStm " * 250_000,
    "names and beginnings of packed parts": b"/ObjStm stream\n" * 130_000,
    "packed parts far from any number": b"x" * 1_900_000 + b"/ObjStm stream\n" * 999,
    "spelled letters": b"#41" * 600_000,
}
"""What fills a paper of 2 MB so that whoever looks for something in it begins anew a hundred thousand times."""
