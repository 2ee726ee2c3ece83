"""Tests call nobody but this machine."""

import socket

import pytest

DOCUMENTATION_ADDRESS = "192.0.2.1"  # belongs to nobody


def test_call_to_another_machine_is_refused() -> None:
    with socket.socket() as caller, pytest.raises(RuntimeError, match=DOCUMENTATION_ADDRESS):
        caller.connect((DOCUMENTATION_ADDRESS, 80))


def test_call_by_name_is_refused() -> None:
    with socket.socket() as caller, pytest.raises(RuntimeError, match=r"example\.test"):
        caller.connect(("example.test", 80))


def test_call_to_this_machine_is_let_through() -> None:
    with socket.socket() as server, socket.socket() as caller:
        server.bind(("127.0.0.1", 0))
        server.listen()

        caller.connect(server.getsockname())
