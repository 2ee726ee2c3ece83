"""Calls that can hurt: each check over the tree with its list of places, and over a fault planted for it."""

import pytest

from tests.rules import bandit, danger, tree

CODE = tree.python_files("app/", "workflows/", "config.py", "wsgi.py")
TEMPLATES = tuple(name for name in tree.files() if name.startswith("app/templates/"))
READ = {name: TEMPLATES if name == "templates_on_trust" else CODE for name in danger.CHECKS}

GOOD = {
    "sql_of_text": "work.session.execute(text('SELECT 1 WHERE a = :a'), {'a': f'{a}'})",
    "code_of_data": "json.loads(stored)\nre.compile('a')\nyaml.safe_load(stored)\n",
    "markup_on_trust": "Markup('<b>{}</b>').format(name)",
    "templates_on_trust": "{{ name }}{{ 'safe' }}{{ safe_contact }}",
    "templates_of_text": "render_template('cases/case.html', page=page)",
    "logs": "journal.note('refused', status=403)",
    "past_the_scope": "work.session.execute(select(Case.id))",
    "calls_outside": "from urllib.parse import urlencode\nfrom http import HTTPStatus\n",
    "programs": "os.environ.get('PORT')\nwork.session.execute(statement)\n",
    "files_opened": "work.vault.open(key, sealed, 'note', 'text', row.id)\nkeys.open(a, b)\n",
}
PLANTED = {
    "sql_of_text": (
        "text(f'SELECT {a}')",
        "session.execute(f'SELECT {a}')",
        "session.scalar('SELECT ' + a)",
        "cursor.executemany('SELECT %s' % a, rows)",
        "literal_column('{}'.format(a))",
        "sa.text(', '.join(given))",
        "asked = f'SELECT {a}'\nsession.execute(text(asked))",
        "asked = 'SELECT ' + a\ntext(asked)",
        "DDL(f'DROP TABLE {a}')",
    ),
    "code_of_data": (
        "import pickle",
        "from marshal import loads",
        "import shelve",
        "eval(stored)",
        "exec(stored)",
        "yaml.load(stored)",
        "yaml.unsafe_load(stored)",
        "__import__(name)",
    ),
    "markup_on_trust": ("Markup(name)", "markupsafe.Markup(f'<b>{name}</b>')", "Markup('<b>' + name)"),
    "templates_on_trust": ("{{ name|safe }}", "{{ name | safe }}", "{% autoescape false %}", "{{ Markup(name) }}"),
    "templates_of_text": (
        "render_template_string(text)",
        "flask.stream_template_string(text)",
        "app.jinja_env.from_string(text)",
        "jinja2.Template(text)",
    ),
    "logs": (
        "import logging",
        "from logging import getLogger",
        "current_app.logger.warning('a')",
        "from structlog import get_logger",
    ),
    "past_the_scope": ("Case.__table__", "work.session.connection()", "session.connection().execute(a)"),
    "calls_outside": (
        "import requests",
        "from urllib.request import urlopen",
        "import urllib.request",
        "from http.client import HTTPSConnection",
        "from http import client",
        "import smtplib",
        "from socket import socket",
    ),
    "programs": ("import subprocess", "os.system(a)", "from subprocess import run", "os.execv(a, b)"),
    "files_opened": (
        "open(name)",
        "Path(name).open('wb')",
        "path.read_text()",
        "folder.write_bytes(a)",
        "os.open(name, 0)",
        "tempfile.NamedTemporaryFile()",
    ),
}
FAULTS = [pytest.param(check, code, id=f"{check}: {code}") for check, codes in PLANTED.items() for code in codes]


@pytest.mark.parametrize("check", danger.CHECKS)
def test_no_call_that_can_hurt_stands_where_it_is_not_listed(check: str) -> None:
    found = danger.unlisted(check, READ[check])

    assert READ[check]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("check", "code"), FAULTS)
def test_planted_call_is_found(check: str, code: str) -> None:
    assert len(danger.CHECKS[check]("a", code)) == 1


@pytest.mark.parametrize("check", danger.CHECKS)
def test_call_that_looks_like_one_is_not_taken_for_it(check: str) -> None:
    assert danger.CHECKS[check]("a", GOOD[check]) == []


def test_place_that_has_no_need_to_be_listed_is_found() -> None:
    found = danger.unlisted("calls_outside", ("app/cli/start.py",), lambda _names, _check: [])
    gone = danger.unlisted("calls_outside", ())

    assert [fault.partition(":")[0] for fault in (*found, *gone)] == ["app/cli/start.py"] * 2


def test_every_place_is_listed_for_a_check_and_with_a_reason() -> None:
    assert set(danger.allowed()) <= set(danger.CHECKS)
    assert all(reason for places in danger.allowed().values() for reason in places.values())


# --- bandit, with the settings and the exceptions that `make lint` takes ---


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """For each rule of bandit, which rules find something in the fault that is planted for it."""
    folder = tmp_path_factory.mktemp("planted")
    for rule, code in bandit.planted().items():
        (folder / f"{rule}.py").write_text(code, "utf-8")
    found: dict[str, set[str]] = {rule: set() for rule in bandit.planted()}
    for issue in bandit.issues([str(folder)]):
        found[issue.file.rpartition("/")[2].removesuffix(".py")].add(issue.rule)
    return found


def test_every_rule_of_bandit_is_on_and_finds_the_fault_planted_for_it(planted: dict[str, set[str]]) -> None:
    assert set(planted) == bandit.rules() - bandit.left_to_others()
    assert {rule for rule, found in planted.items() if rule not in found} == set()


def test_exception_from_bandit_covers_no_other_file_no_other_rule_and_no_more_than_it_says() -> None:
    Issue = bandit.Issue  # noqa: N806 - a class
    listed = [bandit.Exemption("app/a.py", "B105", 1, "why"), bandit.Exemption("migrations/", "B608", None, "why")]
    given = [Issue("app/a.py", "B105", 1), Issue("migrations/versions/b.py", "B608", 2)]
    strange = [Issue("app/a.py", "B105", 9), Issue("app/b.py", "B105", 1), Issue("app/a.py", "B608", 3)]

    assert bandit.faults(given, listed) == []
    assert len(bandit.faults([*given, *strange], listed)) == 3
    assert len(bandit.faults(given[:1], listed)) == 1


def test_lint_runs_bandit() -> None:
    makefile = (tree.ROOT / "Makefile").read_text("utf-8")

    assert "-m tests.rules.bandit" in makefile.partition("\nlint:")[2].partition("\n\n")[0]
