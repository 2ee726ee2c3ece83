"""`flask start`, which `make run` calls: from an empty folder to served pages, again and again, and all of it ends."""

import os
import signal
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from app.vocabulary import catalog
from tests.support import programs

pytestmark = pytest.mark.slow
SECONDS_TO_SERVING = 5.0


def get_status(port: int, path: str) -> int:
    connection = HTTPConnection(programs.HOST, port, timeout=10)
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status


def modes(folder: Path) -> set[int]:
    return {path.stat().st_mode & 0o777 for path in folder.iterdir()}


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int, int]]:
    """A folder that was empty, and the application that is served from it."""
    instance, port = tmp_path_factory.mktemp("instance"), programs.free_port()
    with programs.started_application(instance, port) as process:
        yield instance, port, process.pid


def test_first_run_serves_the_sign_in_page(first_run: tuple[Path, int, int]) -> None:
    _, port, _ = first_run

    assert get_status(port, "/sign-in") == 200


def test_first_run_serves_the_style_sheet_that_was_built(first_run: tuple[Path, int, int]) -> None:
    _, port, _ = first_run

    assert get_status(port, "/static/build/app.css") == 200


def test_keys_and_database_are_for_their_owner_alone(first_run: tuple[Path, int, int]) -> None:
    instance, _, _ = first_run

    assert (instance / "keys.json").exists()
    assert (instance / "throughcare.db").exists()
    assert modes(instance) == {0o600}


def test_port_that_is_taken_is_named_and_ends_the_start(first_run: tuple[Path, int, int], tmp_path: Path) -> None:
    _, port, _ = first_run

    refused = programs.start(tmp_path, port)
    output, _ = refused.communicate(timeout=60)

    assert refused.returncode == 1
    assert f"Port {port} is taken" in output


@pytest.mark.parametrize("asked", ["eighty", "0", "70000", "-1"])
def test_port_that_is_no_port_ends_the_start(asked: str, tmp_path: Path) -> None:
    refused = programs.start(tmp_path, asked)
    output, _ = refused.communicate(timeout=60)

    assert refused.returncode == 1
    assert f"PORT={asked} is no port number" in output


def test_second_run_serves_quickly_and_keeps_what_is_there(tmp_path: Path) -> None:
    port = programs.free_port()
    with programs.started_application(tmp_path, port):
        keys = (tmp_path / "keys.json").read_bytes()

    began = time.monotonic()
    with programs.started_application(tmp_path, port):
        seconds = time.monotonic() - began

    assert (tmp_path / "keys.json").read_bytes() == keys
    assert seconds < SECONDS_TO_SERVING


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_every_process_ends_with_the_one_that_was_started(how: signal.Signals, tmp_path: Path) -> None:
    with programs.started_application(tmp_path, programs.free_port()) as process:
        os.kill(process.pid, how)
        process.wait(timeout=15)

        assert programs.group_is_gone(process.pid, seconds=15)


def test_start_prints_the_address_and_a_sign_in_for_each_role(tmp_path: Path) -> None:
    port = programs.free_port()
    with programs.started_application(tmp_path, port) as process:
        os.kill(process.pid, signal.SIGINT)
        output, _ = process.communicate(timeout=15)

    labels = [code.label.en for code in catalog.get("role").codes]
    assert f"http://127.0.0.1:{port}/" in output
    assert [label for label in labels if f"  {label} " not in output] == []
