"""A chart of columns as shapes, for where no page draws it: its marks stand where charts.py has put them."""

from app.web.charts import Chart
from app.web.drawings.shapes import Drawing, Path, Rect, Shape, Table, Words, fill, hatch


def drawing_of(chart: Chart) -> Drawing:
    """The same picture that partials/chart.html draws."""
    shapes: list[Shape] = []
    for tick in chart.ticks:
        shapes.append(Path(f"M{chart.left} {tick.y}H{chart.right}", "rule"))
        shapes.append(Words(tick.x, tick.y + 5, tick.text, "quiet", "end"))
    for mark in chart.marks:
        place = (mark.x, mark.y, mark.width, mark.height)
        if mark.value is None:
            shapes.append(Rect(*place, "withheld"))
            continue
        shapes.append(Rect(*place, fill(mark.series)))
        if mark.series:
            shapes.append(Rect(*place, hatch(mark.series)))
    if chart.limit:
        shapes.append(Path(chart.limit_path, "limit"))
    shapes += [Words(one.x, one.y, one.text, "number", "middle") for one in chart.sums]
    shapes += [Words(one.x, one.y, one.text, "words", "middle") for one in chart.names]
    table = Table(chart.head, [one.label for one in chart.table], chart.rows)
    legend = [(one.label, fill(place)) for place, one in enumerate(chart.series)]
    legend += [(chart.limit.label, "limit")] if chart.limit else []
    return Drawing(
        chart.id,
        chart.title,
        chart.description,
        chart.width,
        chart.height,
        shapes,
        table,
        legend if len(legend) > 1 else (),
    )
