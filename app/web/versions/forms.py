"""The forms of a move: where tracks go on that the other version does not know, and why the case is moved."""

from collections.abc import Sequence
from typing import Any

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from app.services.moving import Choice
from app.web import fields
from app.web.filters import own_words
from app.web.forms import ActForm, OwnForm

PLACE = "place_"


def chosen() -> dict[str, str]:
    """What was chosen by track, as the address or the form says it."""
    given = request.form if request.method == "POST" else request.args
    return {name.removeprefix(PLACE): value for name, value in given.items() if name.startswith(PLACE)}


class MoveForm(ActForm):
    """Why the case is moved, under the version of it that was seen."""

    why = fields.TextField(_l("Why is the case moved?"), required=True)
    row_version = fields.RowVersionField(default=0)


def move_form(choices: Sequence[Choice]) -> Any:
    """The form with what was chosen travelling along."""
    carried = {PLACE + one.track: HiddenField(default=chosen().get(one.track, "")) for one in choices}
    return type("MoveFormOfCase", (MoveForm,), carried)()


def choice_form(choices: Sequence[Choice]) -> Any:
    """One question for each track that needs a choice; asking changes nothing."""
    asked = {PLACE + one.track: _question(one) for one in choices}
    return type("ChoiceForm", (OwnForm,), asked)(request.args, meta={"csrf": False})


def _question(one: Choice) -> Any:
    pairs = [(name, own_words(label) if label else gettext("Leave it behind")) for name, label in one.states]
    words = gettext("%(track)s, now: %(state)s", track=own_words(one.label), state=own_words(one.was))
    return fields.ChoiceField(words, choices=pairs, required=True, as_select=True)
