"""The forms around documents."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import HiddenField
from wtforms.fields import SelectChoice

from app.services.documents import NewDocument
from app.vocabulary import catalog
from app.web import fields
from app.web.forms import ActForm
from app.web.languages import data_language


class DocumentForm(ActForm):
    """A file, what it is, which decides who reads it, and what it is about."""

    takes_files = True
    document = fields.UploadField(
        _l("The file"),
        required=True,
        hint=_l(
            "A picture (JPEG, PNG, WebP), a PDF or a plain text, at most 2 MB. Place and camera are taken out of"
            " pictures; a PDF is kept as it is, with whatever it says about who made it."
        ),
    )
    kind = fields.ChoiceField(_l("What it is"), required=True, hint=_l("Decides who can read it"))
    about = fields.LineField(_l("What it is about"), length=200)

    @classmethod
    def of(cls, kinds: Sequence[str]) -> "DocumentForm":
        """The form with the kinds that a reader may put on a case."""
        form = cls()
        codes = catalog.get("document_kind")
        form.kind.choices = [SelectChoice(one, codes.label(one, data_language())) for one in kinds]
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse what was sent without a file."""
        is_sound = bool(super().validate(extra_validators))
        if is_sound and not (isinstance(self.document.data, FileStorage) and self.document.data.filename):
            self.document.errors = [gettext("Choose a file")]
            return False
        return is_sound

    @property
    def told(self) -> NewDocument:
        """What was sent."""
        sent = self.document.data
        return NewDocument(sent.read(), str(sent.filename), str(self.kind.data), self.about.data or "")


class RemoveForm(ActForm):
    """The question whether a document is to be taken off: an answer names the document that it was asked about."""

    document = HiddenField()

    def names(self, document_id: UUID) -> bool:
        """Whether the answer named this document; from now on the form does."""
        told, self.document.data = self.document.data, str(document_id)
        return bool(self.is_submitted() and told == str(document_id))
