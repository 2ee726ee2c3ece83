"""The rules, applied to a good and a bad sample each: a rule that lets the bad one pass protects nothing."""

import pytest

from tests.rules import places, reach, shape, tree

VIEW = "@pages.get('/cases')\ndef cases():\n"
LOCKED = "flask==3.1.3 \\\n    --hash=sha256:00\n    # via -r run.in\n"
PACKAGE = '{{"packages": {{"": {{}}, "node_modules/sass": {{{}}}}}}}'

SAMPLES = [
    pytest.param(shape.file_length, "a.py", "x = 1\n" * 400, "x = 1\n" * 401, id="file length"),
    pytest.param(
        shape.function_length,
        "a.py",
        "def f():\n" + "    x = 1\n" * 39,
        "def f():\n" + "    x = 1\n" * 40,
        id="function length",
    ),
    pytest.param(shape.view_length, "a.py", VIEW + "    x = 1\n" * 14, VIEW + "    x = 1\n" * 15, id="view length"),
    pytest.param(shape.imports_inside, "a.py", "import os\ndef f(): ...\n", "def f():\n    import os\n", id="imports"),
    pytest.param(
        shape.standard_library_only,
        "workflows/a.py",
        "import tomllib\nfrom workflows.facts import Facts\nfrom . import load\n",
        "from flask import request\n",
        id="standard library",
    ),
    pytest.param(
        shape.straight_tests,
        "test_a.py",
        "def test_a():\n    assert all(x for x in y)\n",
        "def test_a():\n    for x in y:\n        assert x\n",
        id="straight tests",
    ),
    pytest.param(
        shape.straight_tests,
        "test_a.py",
        "def rows():\n    if x:\n        return y\n",
        "def test_a():\n    if x:\n        assert x\n",
        id="tests without a branch",
    ),
    pytest.param(reach.commits, "a.py", "session.flush()\n", "session.commit()\n", id="commits"),
    pytest.param(reach.writes_states, "a.py", "x = run.states['case']\n", "run.states['case'] = 'x'\n", id="one state"),
    pytest.param(reach.writes_states, "a.py", "facts = Facts(states=x)\n", "run.states = x\n", id="all states"),
    pytest.param(reach.writes_states, "a.py", "update(x).values(a=1)", "update(x).values(states=1)", id="an update"),
    pytest.param(
        reach.writes_states,
        "a.py",
        "q = 'SELECT states FROM workflow_run'\n",
        "q = 'update workflow_run set states = 1'\n",
        id="raw SQL",
    ),
    pytest.param(
        reach.forgets_days,
        "a.py",
        "restating.stays(work, a).values(left_on=b)\nupdate(Stay).values(expected_until=b)\n",
        "update(Stay).where(a).values(left_on=b)\n",
        id="days of a stay",
    ),
    pytest.param(reach.formatted_sql, "a.py", "text('SELECT :a')", "text(f'SELECT {a}')", id="an f-string"),
    pytest.param(reach.formatted_sql, "a.py", "text(QUERY)", "sa.text('SELECT ' + a)", id="joined text"),
    pytest.param(reach.formatted_sql, "a.py", "text('a{}')", "text('SELECT {}'.format(a))", id="format"),
    pytest.param(reach.weak_chance, "a.py", "random.SystemRandom()", "random.choice(a)", id="random"),
    pytest.param(reach.weak_chance, "a.py", "from secrets import choice\n", "from random import choice\n", id="choice"),
    pytest.param(places.hosts_in_lock, "run.txt", LOCKED, "https://example.test/a.whl\n", id="host in a lock"),
    pytest.param(places.hosts_in_lock, "run.txt", LOCKED, "--index-url x\n" + LOCKED, id="index in a lock"),
    pytest.param(places.pins_without_hash, "run.txt", LOCKED, "flask==3.1.3\n", id="no hash"),
    pytest.param(places.pins_without_hash, "run.txt", LOCKED, "flask>=3 --hash=sha256:00\n", id="no pin"),
    pytest.param(
        places.packages_without_digest,
        "package-lock.json",
        PACKAGE.format('"integrity": "sha512-0"'),
        PACKAGE.format('"version": "1"'),
        id="no digest",
    ),
    pytest.param(
        places.packages_without_digest,
        "package-lock.json",
        PACKAGE.format('"integrity": "sha512-0"'),
        PACKAGE.format('"integrity": "sha512-0", "resolved": "x"'),
        id="an address",
    ),
    pytest.param(places.machine_paths, "a.md", "app/work/views.py", "cd /" + "work/main", id="a machine's path"),
    pytest.param(places.machine_paths, "a.md", "the package index", "see pypi" + ".org", id="a registry's host"),
]


@pytest.mark.parametrize(("check", "name", "good", "bad"), SAMPLES)
def test_rule_passes_good_sample(check: tree.Check, name: str, good: str, bad: str) -> None:
    assert check(name, good) == []


@pytest.mark.parametrize(("check", "name", "good", "bad"), SAMPLES)
def test_rule_refuses_bad_sample(check: tree.Check, name: str, good: str, bad: str) -> None:
    assert len(check(name, bad)) == 1


def test_module_rule_passes_a_noun_and_refuses_a_word_that_says_nothing() -> None:
    assert shape.module_name("app/services/referrals.py", "") == []
    assert shape.module_name("app/utils/referrals.py", "") != []
    assert shape.module_name("app/services/helpers.py", "") != []


def test_story_rule_refuses_a_migration_without_its_test() -> None:
    migration, story = "migrations/versions/0001_cases.py", "tests/migrations/test_0001_cases.py"

    assert places.migrations_without_story([migration, story]) == []
    assert len(places.migrations_without_story([migration])) == 1
