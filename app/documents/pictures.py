"""Pictures: told by their first bytes, and drawn anew point by point, so that nothing else of the file stays."""

from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

from app.documents.faults import Refused

MOST_POINTS = 24_000_000
"""What a good telephone takes. A hundred million points of one colour fit into some kilobytes and fill the memory."""

_BEGINNINGS = {"jpeg": (b"\xff\xd8\xff",), "png": (b"\x89PNG\r\n\x1a\n",)}
_AS: dict[str, dict[str, Any]] = {
    "jpeg": {"format": "JPEG", "quality": 88},
    "png": {"format": "PNG", "optimize": False},
    "webp": {"format": "WEBP", "quality": 88, "method": 2},
}
_MODES = {"jpeg": ("L", "RGB"), "png": ("L", "LA", "RGB", "RGBA"), "webp": ("RGB", "RGBA")}


def kind_of(content: bytes) -> str:
    """jpeg, png or webp by the first bytes; empty where it is no picture that is taken."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    return next((kind for kind, known in _BEGINNINGS.items() if content.startswith(known)), "")


def drawn_anew(content: bytes, kind: str, largest: int) -> bytes:
    """The same picture, upright, without position, time, camera, comment, colour profile or anything behind its end.

    Raises Refused where it has too many points, moves, is damaged, or grows too large.
    """
    try:
        with Image.open(BytesIO(content), formats=[str(_AS[kind]["format"])]) as found:
            if found.width * found.height > MOST_POINTS:
                raise Refused("document_too_many_points")
            if getattr(found, "n_frames", 1) > 1:
                raise Refused("document_moves")
            return _written(ImageOps.exif_transpose(found), kind, largest)
    except Refused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("document_too_many_points") from None
    except Exception:
        raise Refused("document_damaged") from None


def _written(picture: Image.Image, kind: str, largest: int) -> bytes:
    """Drawn on a fresh sheet: what the decoder noted beside the points stays behind with the old one."""
    has_glass = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    mode = picture.mode if picture.mode in _MODES[kind] else ("RGBA" if has_glass and kind != "jpeg" else "RGB")
    points = picture.convert(mode)
    sheet = Image.new(mode, points.size)
    sheet.paste(points)
    kept = BytesIO()
    sheet.save(kept, **_AS[kind])
    if kept.tell() > 2 * largest:  # a picture that was packed closer than we pack; its points are what it says they are
        raise Refused("document_too_large")
    return kept.getvalue()
