"""The rules, applied to the tree. A failure says what to write instead."""

import pytest

from tests.rules import places, reach, shape, tree

OWN = tree.python_files()
CODE = tree.python_files("app/", "workflows/", "migrations/", "config.py", "wsgi.py")
# A migration is one list of tables in the order of their making, written once; splitting it would hide that order.
MIGRATIONS = tree.python_files("migrations/versions/")
SPLITTABLE = tuple(name for name in OWN if name not in MIGRATIONS)
SPLITTABLE_CODE = tuple(name for name in CODE if name not in MIGRATIONS)
# Names of roles and databases cannot be bound: bootstrap quotes them. No value of a visitor ever comes there.
QUOTED_NAMES = "app/services/schema.py"
BINDING = tuple(name for name in CODE if name != QUOTED_NAMES)
NOT_SERVICES = tuple(name for name in tree.python_files("app/") if not name.startswith("app/services/"))
NOT_RUNNER = tuple(name for name in tree.python_files("app/") if not name.startswith(reach.STATES_OWNER))
NOT_RESTATING = tuple(name for name in tree.python_files("app/") if not name.startswith(reach.DAYS_OWNER))
NOT_DEMO = tuple(name for name in CODE if not name.startswith("app/demo/"))
LOCKS = ("requirements/run.txt", "requirements/dev.txt", "package-lock.json")


@pytest.mark.parametrize(
    ("names", "check"),
    [
        pytest.param(SPLITTABLE, shape.file_length, id="files have at most 400 lines"),
        pytest.param(SPLITTABLE_CODE, shape.function_length, id="functions have at most 40 lines"),
        pytest.param(tree.python_files("app/web/"), shape.view_length, id="views have at most 15 lines"),
        pytest.param(OWN, shape.module_name, id="modules are named for a noun"),
        pytest.param(OWN, shape.imports_inside, id="imports stand at the head"),
        pytest.param(tree.python_files("workflows/"), shape.standard_library_only, id="workflows needs only Python"),
        pytest.param(tree.python_files("tests/"), shape.straight_tests, id="tests have no branch or loop"),
        pytest.param(NOT_SERVICES, reach.commits, id="only services commit"),
        pytest.param(NOT_RUNNER, reach.writes_states, id="only the runner writes states"),
        pytest.param(NOT_RESTATING, reach.forgets_days, id="what days were known stays known"),
        pytest.param(BINDING, reach.formatted_sql, id="SQL is not made of formatted text"),
        pytest.param(NOT_DEMO, reach.weak_chance, id="chance comes from secrets"),
        pytest.param(LOCKS, places.hosts_in_lock, id="locks name no host"),
        pytest.param(LOCKS[:2], places.pins_without_hash, id="Python locks carry hashes"),
        pytest.param(LOCKS[2:], places.packages_without_digest, id="front-end lock carries digests"),
        pytest.param(tree.files(), places.machine_paths, id="no path of a machine, no registry's host"),
    ],
)
def test_tree_keeps_rule(names: tuple[str, ...], check: tree.Check) -> None:
    found = tree.faults(names, check)

    assert names
    assert not found, "\n".join(found)


def test_every_migration_has_a_story_with_rows() -> None:
    found = places.migrations_without_story(tree.files())

    assert MIGRATIONS
    assert not found, "\n".join(found)
