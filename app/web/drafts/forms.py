"""The forms of drafts: from which version one begins, a file as text, and the two signatures."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms.fields import SelectChoice
from wtforms.validators import StopValidation

from app.services.drafts import LARGEST_FILE
from app.web import fields
from app.web.filters import own_words
from app.web.forms import ActForm
from app.web.step_form import Wording


class SourceField(fields.TextField):
    """A file as it was typed: nothing is trimmed, and the ends of lines are those of the files."""

    length = LARGEST_FILE

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the text whole."""
        self.data = valuelist[0].replace("\r\n", "\n").replace("\r", "\n") if valuelist else ""

    def pre_validate(self, form: object) -> None:
        """Refuse only what no text file holds, and what is far too long."""
        if "\x00" in (self.data or ""):
            raise StopValidation(_l("Remove the characters that cannot be seen: type the text anew"))
        if len(self.data or "") > self.length:
            raise StopValidation(_l("This is too long"))


class NewDraftForm(ActForm):
    """A new name, and the version to copy."""

    name = fields.LineField(_l("Short name"), required=True, length=40, hint=_l("Small letters, digits and _"))
    source = fields.ChoiceField(_l("Begin as a copy of"), required=True, as_select=True)

    @classmethod
    def of(cls, sources: Iterable[tuple[str, Wording]]) -> "NewDraftForm":
        """With the versions that can be copied."""
        form = cls()
        form.source.choices = [SelectChoice(value=name, label=own_words(label)) for name, label in sources]
        return form


class FileForm(ActForm):
    """One file, under the version of the draft that was seen."""

    text = SourceField(_l("The definition"), required=True, render_kw={"wrap": "off"})
    row_version = fields.RowVersionField(default=0)


class VersionedForm(ActForm):
    """An act on a draft, under the version of it that was seen."""

    row_version = fields.RowVersionField(default=0)
