"""Who looked, as CSV."""

import csv
import io

from flask import Response

from app.services.looks import Look, LookPage
from app.web.filters import agency_name, label_of

HEADINGS = ("at", "case", "agency", "role", "member", "what")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_answer(found: LookPage) -> Response:
    """One line a look; members of other agencies have no name in it."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow(HEADINGS)
    lines.writerows(_cells(one) for one in found.rows)
    told = {"Content-Disposition": "attachment; filename=looks.csv"}
    return Response("\ufeff" + written.getvalue(), mimetype="text/csv", headers=told)


def _cells(one: Look) -> list[str]:
    roles = ", ".join(label_of(role, "role") for role in one.who.roles)
    name = one.who.name if one.is_own else ""
    cells = [one.at.isoformat(), one.reference, agency_name(one.who), roles, name, label_of(one.kind, "look")]
    return [f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells]
