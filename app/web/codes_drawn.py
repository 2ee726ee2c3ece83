"""The key of a second factor as a square for a camera and as groups for the eye."""

import segno
from markupsafe import Markup

GROUP = 4


def square_code(address: str) -> Markup:
    """A QR code as a drawing within the page: the content policy takes no pictures from elsewhere, and no styles."""
    drawn = segno.make(address, error="m").svg_inline(border=4, light="#ffffff", omitsize=True)
    return Markup(drawn)  # noqa: S704 - made of squares; the address is in none of its words


def in_fours(text: str) -> str:
    """Letters in groups of four, so that they can be read out and typed."""
    return " ".join(text[place : place + GROUP] for place in range(0, len(text), GROUP))
