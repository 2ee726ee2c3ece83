"""The answers that a reviewer can give to a pair, each with its list of reasons."""

from flask_babel import lazy_gettext as _l

from app.web import fields
from app.web.forms import ActForm


class SameForm(ActForm):
    """They are one person."""

    reason_same = fields.CodeField(
        _l("Why they are one person"), codes="link_confirm_reason", required=True, ask=_l("Choose a reason")
    )


def reasons_apart() -> list[tuple[str, str]]:
    """Why two records are not one person; a mistake was made only where there is a link already."""
    return [(code, words) for code, words in fields.code_pairs("link_refuse_reason") if code != "linked_by_mistake"]


class ApartForm(ActForm):
    """They are two people, now and for good."""

    reason_apart = fields.ChoiceField(
        _l("Why they are two people"), choices=reasons_apart, required=True, ask=_l("Choose a reason")
    )


class UndoForm(ActForm):
    """They were linked and are two people, now and for good."""

    reason_apart = fields.CodeField(
        _l("Why they are two people"), codes="link_refuse_reason", required=True, ask=_l("Choose a reason")
    )
