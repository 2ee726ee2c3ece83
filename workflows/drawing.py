"""A track drawn as SVG: its states stand side by side, and below them each step is an arrow from where it may be taken.

Laid out by counting alone, so that the same definition always gives the same drawing and no arrow lies on another.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from workflows.definition import SET_ASIDE, Track, Transition

COLUMN, ROW, HEAD, EDGE = 132, 38, 84, 12
BOX_WIDTH, BOX_HEIGHT = 116, 60
LINE_HEIGHT, LETTER = 15, 7.2
LETTERS_A_LINE = 15
LOOP = 22

INK, QUIET, PAPER, HERE = "#0b0c0c", "#b1b4b6", "#ffffff", "#f3f2f1"


@dataclass(frozen=True, slots=True)
class Arrow:
    """One step: its row, the columns it may be taken from, those it leads to, and whether it can be taken now."""

    row: int
    words: str
    sources: tuple[int, ...]
    targets: tuple[int, ...]
    is_open: bool


def svg(track: Track, language: str = "en", at: str = "") -> str:
    """Return the drawing of a track; `at` is the state to mark as the one where a case stands.

    Colours are attributes, which a page's style sheet overrides by the classes; there is no inline style.
    """
    states = [state for name, state in track.states.items() if name != SET_ASIDE or at == SET_ASIDE]
    columns = {state.name: number for number, state in enumerate(states)}
    arrows = list(_arrows(track, columns, language, at))
    width, height = len(states) * COLUMN + 2 * EDGE, HEAD + (len(arrows) + 1) * ROW
    title = track.label.text(language)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="tc-flow" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" role="img" aria-label={quoteattr(title)} font-family="sans-serif" font-size="13">',
        f'<rect class="tc-flow__paper" width="{width}" height="{height}" fill="{PAPER}"/>',
    ]
    for number, state in enumerate(states):
        parts += _lifeline(number, height, is_here=state.name == at)
    for number, state in enumerate(states):
        marks = ("ends" if state.ends else "", "here" if state.name == at else "")
        parts += _box(number, state.label.text(language), *marks, is_first=state.name == track.initial)
    for arrow in arrows:
        parts += _drawn(arrow, width)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _arrows(track: Track, columns: dict[str, int], language: str, at: str) -> Iterator[Arrow]:
    # What can only be done while the track is set aside is drawn where that is.
    steps = [one for one in track.transitions if not one.is_standard and set(one.sources) & columns.keys()]
    for row, one in enumerate(steps):
        sources = tuple(sorted(columns[name] for name in one.sources if name in columns))
        yield Arrow(row, one.label.text(language), sources, _targets(one, columns), at in one.sources)


def _targets(one: Transition, columns: dict[str, int]) -> tuple[int, ...]:
    """The columns that the step leads to; none for one that stays where it is taken."""
    found = {target for source in one.sources for target in one.targets(source) if target != source}
    return tuple(sorted(columns[target] for target in found & columns.keys()))


def _center(column: int) -> int:
    return EDGE + column * COLUMN + COLUMN // 2


def _lifeline(column: int, height: int, *, is_here: bool) -> list[str]:
    x = _center(column)
    line = f'<line class="tc-flow__line" x1="{x}" y1="{HEAD - 12}" x2="{x}" y2="{height - 8}" stroke="{QUIET}"/>'
    if not is_here:
        return [line]
    band = (
        f'<rect class="tc-flow__band" x="{x - BOX_WIDTH // 2}" y="{EDGE}" width="{BOX_WIDTH}"'
        f' height="{height - EDGE - 8}" fill="{HERE}"/>'
    )
    return [band, line]


def _box(column: int, words: str, ends: str, here: str, *, is_first: bool) -> list[str]:
    left, middle = _center(column) - BOX_WIDTH // 2, _center(column)
    kind = " ".join(f"tc-flow__box--{mark}" for mark in (ends, here) if mark)
    lines = wrapped(words)
    top = EDGE + (BOX_HEIGHT - len(lines) * LINE_HEIGHT) // 2 + 12
    parts = [
        f'<rect class="{f"tc-flow__box {kind}".strip()}" x="{left}" y="{EDGE}" width="{BOX_WIDTH}"'
        f' height="{BOX_HEIGHT}" rx="{4 if not ends else 18}" fill="{INK if here else PAPER}" stroke="{INK}"'
        f' stroke-width="{3 if is_first or here else 1}"/>'
    ]
    ink = PAPER if here else INK
    name = "tc-flow__name tc-flow__name--here" if here else "tc-flow__name"
    return parts + [
        f'<text class="{name}" x="{middle}" y="{top + number * LINE_HEIGHT}" text-anchor="middle" fill="{ink}">'
        f"{escape(line)}</text>"
        for number, line in enumerate(lines)
    ]


def wrapped(words: str) -> list[str]:
    """Return the words in at most three lines that fit a box; what is longer is cut with an ellipsis."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= LETTERS_A_LINE or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > 3:
        lines = [*lines[:2], f"{lines[2]} …"]
    return [line if len(line) <= LETTERS_A_LINE + 2 else f"{line[:LETTERS_A_LINE]}…" for line in lines]


def _drawn(arrow: Arrow, width: int) -> list[str]:
    y = HEAD + (arrow.row + 1) * ROW - 8
    sources = [_center(column) for column in arrow.sources]
    targets = [_center(column) for column in arrow.targets]
    kind = "tc-flow__step tc-flow__step--open" if arrow.is_open else "tc-flow__step"
    left, right = min([*sources, *targets]), max([*sources, *targets])
    dashes = "" if targets else ' stroke-dasharray="1 5"'
    parts = [f'<g class="{kind}" stroke="{INK}" stroke-width="{2 if arrow.is_open else 1}" fill="{INK}">']
    parts.append(f'<line x1="{left}" y1="{y}" x2="{right}" y2="{y}"{dashes}/>')
    parts += [f'<circle cx="{x}" cy="{y}" r="4"/>' for x in sources]
    parts += [_head(x, y, sources) for x in targets]
    if not targets:  # it stays: out and back to the same line, wherever it is taken
        parts += [_turn(x, y) for x in sources]
    return [*parts, _label(arrow, left, right, y, width), "</g>"]


def _head(x: int, y: int, sources: list[int]) -> str:
    """An arrow's head, from the side on which it comes in; from both where it may be taken on both."""
    sides = [9 if any(source > x for source in sources) else 0, -9 if any(source < x for source in sources) else 0]
    return "".join(f'<path d="M{x} {y} l{side} -5 v10 z"/>' for side in sides if side)


def _turn(x: int, y: int) -> str:
    out = f'<path class="tc-flow__turn" d="M{x} {y} h{LOOP} v8 h-{LOOP - 4}" fill="none"/>'
    return f'{out}<path d="M{x + 2} {y + 8} l8 -4 v8 z"/>'


def _label(arrow: Arrow, left: int, right: int, y: int, width: int) -> str:
    fits = left + 6 + len(arrow.words) * LETTER <= width - EDGE
    x, anchor = (left + 6, "start") if fits else (right - 6, "end")
    weight = ' font-weight="bold"' if arrow.is_open else ""
    return (
        f'<text class="tc-flow__words" x="{x}" y="{y - 7}" text-anchor="{anchor}" stroke="{PAPER}" stroke-width="3"'
        f' paint-order="stroke"{weight}>{escape(arrow.words)}</text>'
    )
