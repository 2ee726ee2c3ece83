"""The README's way to PostgreSQL: bootstrap as a superuser, then the same start with two addresses."""

import os
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.support import databases, programs

pytestmark = pytest.mark.slow


def get_status(port: int) -> int:
    connection = HTTPConnection(programs.HOST, port, timeout=10)
    connection.request("GET", "/sign-in")
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status


def test_application_is_served_from_a_bootstrapped_database(cluster: str, tmp_path: Path) -> None:
    name = f"start_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    port = programs.free_port()
    with (
        databases.empty_postgres(cluster, name) as made,
        programs.started_application(tmp_path, port, DATABASE_OWNER_URL=made.owner, DATABASE_URL=made.app),
    ):
        assert get_status(port) == 200
        assert not (tmp_path / "throughcare.db").exists()


def test_start_as_the_owner_is_refused_because_row_security_would_not_hold(cluster: str, tmp_path: Path) -> None:
    name = f"start_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with databases.empty_postgres(cluster, name) as made:
        addresses = {"DATABASE_OWNER_URL": made.owner, "DATABASE_URL": made.owner}
        refused = programs.start(tmp_path, programs.free_port(), addresses)
        output, _ = refused.communicate(timeout=120)

    assert refused.returncode != 0
    assert "row-level security" in output
