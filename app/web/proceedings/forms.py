"""What is asked about a step of proceedings, and why one is taken back."""

from dataclasses import replace

from flask_babel import lazy_gettext as _l
from wtforms.fields import SelectChoice

from app.services.proceedings import NewStep, steps_of
from app.vocabulary.proceeding import CONVICTED
from app.web import fields
from app.web.filters import label_of
from app.web.forms import ActForm
from app.web.guard import acting

MOST_ACCUSED, MOST_MONTHS = 999, 1200


class StepForm(ActForm):
    """A step: of which file, against which of the accused, what, when, and the sentence of a conviction."""

    file_code = fields.LineField(
        _l("Code of the file"),
        required=True,
        length=40,
        hint=_l("A pseudonym of your own, such as PP-114/12. No name."),
    )
    accused = fields.NumberField(
        _l("Which of the accused"),
        lowest=1,
        highest=MOST_ACCUSED,
        is_sometimes_required=True,
        hint=_l("By number within the file: 1, 2, 3. Empty where the step is one of the file as a whole."),
    )
    step = fields.ChoiceField(_l("Step"), required=True)
    occurred_on = fields.DateField(_l("Day"), required=True, past=True, default=fields.today)
    law_article = fields.CodeField(_l("Law article"), codes="law_article", required=True, as_select=True)
    form = fields.CodeField(_l("Form of exploitation"), codes="exploitation_form", required=True)
    official = fields.YesNoUnknownField(_l("Is an official accused?"), required=True)

    sentence_months = fields.NumberField(
        _l("Sentence in months"),
        lowest=1,
        highest=MOST_MONTHS,
        is_sometimes_required=True,
        hint=_l("Of a conviction. Empty where there is none or it is not known."),
    )
    fine_euros = fields.NumberField(_l("Fine in euros"), lowest=1, is_sometimes_required=True)
    is_suspended = fields.YesNoField(_l("Is the sentence suspended?"), is_sometimes_required=True)

    @property
    def told(self) -> NewStep:
        """The step that a valid form tells of."""
        article, form, official = (str(one.data) for one in (self.law_article, self.form, self.official))
        step = NewStep(
            file_code=str(self.file_code.data),
            accused=self.accused.data,
            step=str(self.step.data),
            occurred_on=self.occurred_on.data or fields.today(),
            law_article=article,
            form=form,
            official=official,
        )
        if not self.sentence_months:
            return step
        months, fine = self.sentence_months.data, self.fine_euros.data
        return replace(step, sentence_months=months, fine_euros=fine, is_suspended=bool(self.is_suspended.answer))


def step_form() -> StepForm:
    """The form with the steps that the reader's agency records; who gives no verdict is not asked for a sentence."""
    form, steps = StepForm(), steps_of(acting())
    form.step.choices = [SelectChoice(one, label_of(one, "proceeding_step")) for one in steps]
    if CONVICTED not in steps:
        del form.sentence_months, form.fine_euros, form.is_suspended
    return form


class TakeBackForm(ActForm):
    """Why a step is taken back."""

    reason = fields.CodeField(_l("Why"), codes="proceeding_correction", required=True)
