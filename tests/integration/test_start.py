"""`flask start`, which `make run` calls: from an empty folder to served pages, again and again, and all of it ends."""

import os
import shutil
import signal
import socket
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from app.vocabulary import catalog
from tests.support import programs

pytestmark = pytest.mark.slow
WORK_OF_A_FIRST_RUN = ("Bringing the database up to date", "Loading the demo")


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
def ended(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """What a first run in an empty folder leaves when it is ended, and what it said."""
    instance = tmp_path_factory.mktemp("instance")
    with programs.started_application(instance, programs.free_port()) as process:
        os.kill(process.pid, signal.SIGINT)
        output, _ = process.communicate(timeout=60)
    return instance, output


@pytest.fixture
def left_behind(ended: tuple[Path, str], tmp_path: Path) -> Path:
    """A copy of what the first run left."""
    return Path(shutil.copytree(ended[0], tmp_path / "copy"))


@pytest.fixture(scope="module")
def first_run(ended: tuple[Path, str]) -> Iterator[tuple[Path, int, int]]:
    """A folder that was empty before, and the application that is served from it."""
    port = programs.free_port()
    with programs.started_application(ended[0], port) as process:
        yield ended[0], port, process.pid


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


def test_second_run_does_no_work_of_the_first_again_and_keeps_what_is_there(
    ended: tuple[Path, str], left_behind: Path
) -> None:
    keys = (left_behind / "keys.json").read_bytes()
    with programs.started_application(left_behind, programs.free_port()) as process:
        os.kill(process.pid, signal.SIGINT)
        output, _ = process.communicate(timeout=60)

    assert [done for done in WORK_OF_A_FIRST_RUN if done not in ended[1]] == []
    assert [done for done in WORK_OF_A_FIRST_RUN if done in output] == []
    assert (left_behind / "keys.json").read_bytes() == keys


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_every_process_ends_with_the_one_that_was_started(how: signal.Signals, left_behind: Path) -> None:
    with programs.started_application(left_behind, programs.free_port()) as process:
        os.kill(process.pid, how)
        process.wait(timeout=60)

        assert programs.group_is_gone(process.pid, seconds=60)


def test_start_prints_the_address_and_a_sign_in_for_each_role(left_behind: Path) -> None:
    port = programs.free_port()
    with programs.started_application(left_behind, port) as process:
        os.kill(process.pid, signal.SIGINT)
        output, _ = process.communicate(timeout=60)

    labels = [code.label.en for code in catalog.get("role").codes]
    assert f"http://127.0.0.1:{port}/" in output
    assert [label for label in labels if f"  {label} " not in output] == []


FIRST = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\n"
HIDDEN = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
UNCLEAR = {
    "two lengths": b"Content-Length: 0\r\nContent-Length: %d\r\n\r\n" % len(HIDDEN),
    "two lengths in one": b"Content-Length: 0, %d\r\n\r\n" % len(HIDDEN),
    "a length and chunks": b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" % (len(HIDDEN) + 5),
    "chunks and a length": b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
    "a length with a sign": b"Content-Length: +0\r\n\r\n",
    "a length below nothing": b"Content-Length: -1\r\n\r\n",
    "a length in letters": b"Content-Length: 0x0\r\n\r\n",
    "chunks by another name": b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunks twice": b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks, and then as it is": b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "chunks on a folded line": b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
    "a blank before the colon": b"Content-Length : 0\r\n\r\n",
    "half a line's end": b"X: y\nContent-Length: 0\r\n\r\n",
    "a chunk without a length": b"Transfer-Encoding: chunked\r\n\r\n;\r\n\r\n",
    "a chunk with a sign": b"Transfer-Encoding: chunked\r\n\r\n+0\r\n\r\n",
}
"""Heads in which two servers may see the end of a request at two places; behind each the second request is hidden."""


def _answers(port: int, head: bytes, first: bytes = FIRST) -> list[bytes]:
    """The first lines of all that is answered to a request with a second one behind it."""
    lines = _whole_answer(port, first + head + HIDDEN).splitlines()
    return [one for one in lines if one.startswith(b"HTTP/1.1 ")]


def test_a_request_whose_end_is_unclear_is_refused_with_all_that_follows(first_run: tuple[Path, int, int]) -> None:
    _, port, _ = first_run

    found = {name: _answers(port, head) for name, head in UNCLEAR.items()}

    assert [name for name, answers in found.items() if len(answers) != 1 or answers[0].split()[1] < b"400"] == []


def test_a_request_whose_end_is_clear_is_answered(first_run: tuple[Path, int, int]) -> None:
    _, port, _ = first_run

    assert _answers(port, b"", first=HIDDEN)[0] == b"HTTP/1.1 200 OK"


def test_a_header_by_which_a_web_server_renames_a_folder_is_not_taken_from_anyone(
    first_run: tuple[Path, int, int],
) -> None:
    _, port, _ = first_run

    answered = _whole_answer(
        port, b"GET / HTTP/1.1\r\nHost: localhost\r\nSCRIPT_NAME: /x\r\nPATH_INFO: /health\r\n\r\n"
    )

    assert b"\r\nLocation: /sign-in\r\n" in answered


def _whole_answer(port: int, sent: bytes) -> bytes:
    with socket.create_connection((programs.HOST, port), timeout=5) as line:
        line.sendall(sent)
        line.shutdown(socket.SHUT_WR)
        with line.makefile("rb") as answer:
            return answer.read()
