"""Every sentence of the pages is there in Albanian and Serbian; each check has a planted fault that it finds."""

from functools import cache
from gettext import c2py
from itertools import product
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from wtforms.i18n import messages_path

from app.vocabulary import catalog
from tests.rules import tree, words

LANGUAGES = ("sq", "sr_Latn")
TEMPLATES = tuple(name for name in tree.files() if name.startswith("app/templates/") and name.endswith(".html"))
WEB = tree.python_files("app/web/")
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {}\\n"\n\n'
TERMS = words.glossary((tree.ROOT / "docs/glossary.md").read_text(encoding="utf-8"))
TWO_FORMS = HEAD.format("nplurals=2; plural=(n != 1);")
THREE_FORMS = HEAD.format(
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
)


@cache
def found() -> Catalog:
    return words.sentences(tree.ROOT)


@cache
def translated(language: str) -> Catalog:
    path = tree.ROOT / "app/translations" / language / "LC_MESSAGES/messages.po"
    return words.catalogue(path.read_text(encoding="utf-8"), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_pages_is_translated(language: str) -> None:
    faults = words.untranslated(found(), translated(language))

    assert len(found()) > 1
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_holds_no_sentence_that_no_page_has(language: str) -> None:
    faults = words.left_over(found(), translated(language))

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_placeholders_tags_and_closing_marks(language: str) -> None:
    faults = words.unlike(translated(language))

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_use_the_words_of_the_glossary(language: str) -> None:
    sentences = [(str(message.id), str(message.string)) for message in translated(language) if message.id]
    key = language.partition("_")[0]

    faults = [fault for english, own in sentences for fault in words.against_glossary(TERMS, english, key, own)]

    assert len(TERMS) > 50
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", catalog.names())
def test_labels_of_codes_use_the_words_of_the_glossary(name: str) -> None:
    labels = [code.label for code in catalog.get(name).codes]

    faults = [
        fault
        for label, key in product(labels, ("sq", "sr"))
        for fault in words.against_glossary(TERMS, label.en, key, label.text(key))
    ]

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("language", "number", "form"),
    [("sq", 1, 0), ("sq", 2, 1), ("sq", 21, 1), ("sr_Latn", 1, 0), ("sr_Latn", 21, 0), ("sr_Latn", 3, 1)]
    + [("sr_Latn", 5, 2), ("sr_Latn", 11, 2), ("sr_Latn", 112, 2)],
)
def test_catalogue_chooses_the_form_that_a_number_needs(language: str, number: int, form: int) -> None:
    choose = c2py(translated(language).plural_expr)

    assert choose(number) == form


def test_catalogues_are_those_of_the_languages_offered() -> None:
    folders = {path.parts[2] for path in map(Path, tree.files()) if path.parts[:2] == ("app", "translations")}

    assert folders == set(LANGUAGES)


def test_messages_of_wtforms_are_all_in_our_catalogue() -> None:
    with (Path(messages_path()) / "wtforms.pot").open("rb") as handle:
        theirs = read_po(handle)

    missing = [message.id for message in theirs if message.id and found().get(message.id) is None]

    assert not missing, f"app/web/form_messages.py lacks {missing}"


def test_templates_hold_no_words_outside_gettext() -> None:
    faults = tree.faults(TEMPLATES, words.bare_text)

    assert not faults, "\n".join(faults)


def test_forms_hold_no_words_outside_gettext() -> None:
    faults = tree.faults(WEB, words.bare_labels)

    assert WEB
    assert not faults, "\n".join(faults)


# --- each check, on a fault planted for it ---


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """A tree with one template, read with our own settings."""
    (tmp_path / "app/templates").mkdir(parents=True)
    (tmp_path / "app/templates/page.html").write_text(
        "<p>{% trans %}Nobody\n wrote this{% endtrans %}</p>{{ _('Ok') }}"
    )
    (tmp_path / "app/page.py").write_text("_l('A planted label')\nngettext('%(num)d bed', '%(num)d beds', 2)")
    (tmp_path / "babel.cfg").write_bytes((tree.ROOT / "babel.cfg").read_bytes())
    (tmp_path / "Makefile").write_bytes((tree.ROOT / "Makefile").read_bytes())
    return tmp_path


def test_sentences_are_found_in_templates_and_in_code(planted: Path) -> None:
    ids = {message.id for message in words.sentences(planted) if message.id}

    assert ids == {"Nobody wrote this", "Ok", "A planted label", ("%(num)d bed", "%(num)d beds")}


def test_sentence_that_is_not_in_the_catalogue_is_a_fault(planted: Path) -> None:
    catalogue = words.catalogue(TWO_FORMS + 'msgid "Ok"\nmsgstr "Në rregull"\n', "sq")

    faults = words.untranslated(words.sentences(planted), catalogue)

    assert sorted(fault.split("(app")[0] for fault in faults) == [
        "sq: '%(num)d bed' ",
        "sq: 'A planted label' ",
        "sq: 'Nobody wrote this' ",
    ]


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "Ok"\nmsgstr ""\n', "not translated"),
        ('#, fuzzy\nmsgid "Ok"\nmsgstr "Mirë"\n', "fuzzy"),
        ('msgid "Ok"\nmsgstr " "\n', "not translated"),
        (
            'msgid "%(num)d bed"\nmsgid_plural "%(num)d beds"\n'
            'msgstr[0] "%(num)d krevet"\nmsgstr[1] "%(num)d kreveta"\n',
            "not translated",
        ),
    ],
    ids=["empty", "guess", "blank", "a form too few"],
)
def test_sentence_without_a_whole_translation_is_a_fault(planted: Path, entry: str, fault: str) -> None:
    faults = words.untranslated(words.sentences(planted), words.catalogue(THREE_FORMS + entry, "sr_Latn"))

    assert [text for text in faults if "not in the catalogue" not in text and fault in text]


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "%(num)s cases"\nmsgstr "rastet"\n', "placeholders"),
        ('msgid "%(name)s called"\nmsgstr "%(emri)s thirri"\n', "placeholders"),
        ('msgid "<b>Now</b>"\nmsgstr "Tani"\n', "tags"),
        ('msgid "Sent."\nmsgstr "U dërgua"\n', "closing mark"),
        ('msgid "Sent"\nmsgstr "Послато"\n', "Cyrillic"),
        (
            'msgid "One bed"\nmsgid_plural "%(num)d beds"\n'
            'msgstr[0] "Jedan krevet"\nmsgstr[1] "%(num)d kreveta"\nmsgstr[2] "%(num)d kreveta"\n',
            "placeholders",
        ),
    ],
    ids=["placeholder lost", "placeholder renamed", "tag lost", "full stop lost", "script", "21 without its number"],
)
def test_translation_unlike_its_sentence_is_a_fault(entry: str, fault: str) -> None:
    faults = words.unlike(words.catalogue(THREE_FORMS + entry, "sr_Latn"))

    assert len(faults) == 1
    assert fault in faults[0]


def test_translation_that_is_like_its_sentence_passes() -> None:
    entry = 'msgid "One bed"\nmsgid_plural "%(num)d beds"\nmsgstr[0] "Një shtrat"\nmsgstr[1] "%(num)d shtretër"\n'

    assert words.unlike(words.catalogue(TWO_FORMS + entry, "sq")) == []


def test_sentence_of_no_page_is_a_fault(planted: Path) -> None:
    catalogue = words.catalogue(TWO_FORMS + 'msgid "Gone"\nmsgstr "Ikur"\n', "sq")

    assert words.left_over(words.sentences(planted), catalogue) == ["sq: 'Gone' stands on no page; run `make messages`"]


@pytest.mark.parametrize(
    ("english", "wording", "faults"),
    [
        ("Shelter", "Sklonište", 0),
        ("shelter", "azil", 1),
        ("Supervisor", "supervizorka", 0),
        ("No term", "bilo šta", 0),
    ],
)
def test_word_other_than_the_glossary_has_is_a_fault(english: str, wording: str, faults: int) -> None:
    terms = words.glossary(
        "| English | Albanian | Serbian | |\n|---|---|---|---|\n| shelter (home) | strehimore | sklonište | |\n"
        "| supervisor | mbikëqyrës / mbikëqyrëse | supervizor / supervizorka | |\n"
    )

    assert len(words.against_glossary(terms, english, "sr", wording)) == faults


@pytest.mark.parametrize(
    ("template", "lines"),
    [
        ("<p>\nHello there</p>", ["2"]),
        ("{% if x %}\n\n<p>Cases</p>{% endif %}", ["3"]),
        ('<img alt="A house">', ["1"]),
        ('{{ govukButton({"text": "Send it"}) }}', ["1"]),
        ('{{ field(label="Send") }}', ["1"]),
        ("{# a remark #}<p>{{ _('Hello') }} {% trans %}Dear all{% endtrans %} 12 &ndash;</p>", []),
        ('<p class="govuk-body" id="first-one">{{ name }}</p><script src="a.js"></script>', []),
        ('{{ govukButton({"text": _("Send it"), "classes": "wide one"}) }}<title>Throughcare</title>', []),
    ],
)
def test_words_in_a_template_outside_gettext_are_a_fault(template: str, lines: list[str]) -> None:
    assert [fault.split(":")[1] for fault in words.bare_text("page.html", template)] == lines


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ('StringField("Name")', ["1"]),
        ('StringField(_l("Name"), description="As in the passport")', ["1"]),
        ('\nvalidators.InputRequired("Enter a name")', ["2"]),
        ('Length(max=5, message="Too long")', ["1"]),
        ('flash("Saved")', ["1"]),
        ('SelectChoice("a", "First")', ["1"]),
        ('StringField(_l("Name"), render_kw={"autocomplete": "off"})', []),
        ('SelectChoice("a", _l("First")); flash(_("Saved")); HiddenField(default="x")', []),
    ],
)
def test_words_in_a_form_outside_gettext_are_a_fault(code: str, lines: list[str]) -> None:
    assert [fault.split(":")[1] for fault in words.bare_labels("forms.py", code)] == lines
