"""Writes a drawing as SVG: for a page, where the style sheet paints each look, or for paper, with its paint inside.

The content policy of pages allows no style in the markup, and a paper has no style sheet: so there are two ways to say
the same look, and nothing else differs. Every value is put in by Markup.format, which escapes it.
"""

from collections.abc import Iterable, Mapping

from markupsafe import Markup, escape

from app.web.drawings.shapes import SERIES, Drawing, Path, Rect, Shape, Words, filled

FONT = "Libertinus Serif"
COLOURS = ("#14616d", "#c96a1f", "#5b4b9a", "#2f8f5b", "#a8385d", "#7c8b8a")
LEGEND = 32.0
"""How much room the legend takes on paper."""

HATCHES = ("M0 8 8 0", "M0 0 8 8", "M0 4H8", "M4 0V8", "M0 4H8M4 0V8")

INKED, CLASSED = Markup('stroke="#ffffff" stroke-width="1.5" fill="none"'), Markup('class="tc-chart__hatch"')

PAINT: Mapping[str, str] = {
    **{f"fill-{number}": f'fill="{colour}"' for number, colour in enumerate(COLOURS, start=1)},
    "withheld": 'fill="none" stroke="#46504f" stroke-dasharray="3 2"',
    "rule": 'fill="none" stroke="#c5d0cf"',
    "limit": 'fill="none" stroke="#0b0c0c" stroke-width="2"',
    "band": 'fill="#14616d" fill-opacity="0.18"',
    "row": 'fill="#f1f6f5"',
    "dot": 'fill="#0b0c0c"',
    "no-dot": 'fill="#c5d0cf"',
    "joint": 'fill="none" stroke="#0b0c0c" stroke-width="3"',
    "words": 'fill="#0b0c0c"',
    "quiet": 'fill="#46504f"',
    "number": 'fill="#0b0c0c" font-weight="bold"',
}
"""How each look is painted on paper. On a page it is the class tc-draw-<look>."""


def inline(drawing: Drawing) -> Markup:
    """The drawing as an element of a page, with its words for who cannot see it."""
    named = escape(drawing.id)
    told = Markup('<title id="{0}-title">{1}</title><desc id="{0}-desc">{2}</desc>').format(
        named, drawing.title, drawing.description
    )
    head = Markup(
        '<svg class="tc-chart__drawing" viewBox="0 0 {1} {2}" role="img" aria-labelledby="{0}-title {0}-desc">'
    ).format(named, drawing.width, drawing.height)
    shapes = _shapes(drawing.shapes, drawing.id, is_paper=False)
    return Markup("").join([head, told, _patterns(drawing.id, is_paper=False), shapes, Markup("</svg>")])


def standalone(drawing: Drawing) -> str:
    """The drawing as a file of its own, painted for paper, its legend under it; its title stands beside it there."""
    head = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}" '
        'font-family="{2}" font-size="15">'
    ).format(drawing.width, drawing.height + (LEGEND if drawing.legend else 0), FONT)
    shapes = _shapes([*drawing.shapes, *_legend(drawing)], drawing.id, is_paper=True)
    return str(Markup("").join([head, _patterns(drawing.id, is_paper=True), shapes, Markup("</svg>")]))


def _legend(drawing: Drawing) -> list[Shape]:
    """The names of the series in one line, each after its colour and hatching."""
    shapes: list[Shape] = []
    x, y = 0.0, drawing.height + 8
    for name, look in drawing.legend:
        if look == "limit":
            shapes.append(Path(f"M{x} {y + 8}h16", look))
        else:
            shapes += filled(x, y, 16, 16, int(look.removeprefix("fill-")) - 1)
        shapes.append(Words(x + 22, y + 13, name))
        x += 46 + 8 * len(name)
    return shapes


def _patterns(id: str, *, is_paper: bool) -> Markup:
    size = Markup('width="8" height="8" patternUnits="userSpaceOnUse"')
    line = INKED if is_paper else CLASSED
    made = [
        Markup('<pattern id="{}-hatch-{}" {}><path {} d="{}"/></pattern>').format(id, number, size, line, d)
        for number, d in zip(range(2, SERIES + 1), HATCHES, strict=True)
    ]
    return Markup("<defs>{}</defs>").format(Markup("").join(made))


def _shapes(shapes: Iterable[Shape], id: str, *, is_paper: bool) -> Markup:
    return Markup("").join(_shape(shape, _look(shape.look, id, is_paper=is_paper)) for shape in shapes)


def _look(look: str, id: str, *, is_paper: bool) -> Markup:
    if look.startswith("hatch-"):
        return Markup('fill="url(#{}-{})"').format(id, look)
    paint = PAINT[look]  # asked for a page too, so that no look is without its paint
    return Markup(paint) if is_paper else Markup('class="tc-draw-{}"').format(look)  # noqa: S704 - of the table above


def _shape(shape: Shape, look: Markup) -> Markup:
    if isinstance(shape, Rect):
        return Markup('<rect x="{}" y="{}" width="{}" height="{}" {}/>').format(
            shape.x, shape.y, shape.width, shape.height, look
        )
    if isinstance(shape, Path):
        return Markup('<path d="{}" {}/>').format(shape.d, look)
    return _words(shape, look)


def _words(shape: Words, look: Markup) -> Markup:
    return Markup('<text x="{}" y="{}" text-anchor="{}" {}>{}</text>').format(
        shape.x, shape.y, shape.anchor, look, shape.text
    )
