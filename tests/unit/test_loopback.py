"""Tests and what they start talk to this computer only."""

import socket
import subprocess
import sys

import pytest

from tests.support.processes import base_environment

#: An address for documentation (RFC 5737): nobody is there, and nobody may ask.
ELSEWHERE = "192.0.2.1"


def test_a_connection_to_another_computer_is_refused():
    """
    Whoever tries to leave this computer is told so at once.
    """
    with socket.socket() as connection, pytest.raises(PermissionError, match=ELSEWHERE):
        connection.connect((ELSEWHERE, 443))


def test_a_name_of_another_computer_is_not_looked_up():
    """
    Not even the name of a foreign host leaves this computer.
    """
    with pytest.raises(PermissionError, match=r"api\.line\.me"):
        socket.getaddrinfo("api.line.me", 443)


def test_this_computer_may_be_reached():
    """
    The loopback addresses stay open: our own servers listen there.
    """
    with socket.socket() as listener, socket.socket() as connection:
        listener.bind(("127.0.0.1", 0))
        listener.listen()

        assert connection.connect_ex(listener.getsockname()) == 0


def test_programs_that_tests_start_stay_here_too():
    """
    The bot and the simulator get the same guard from the environment they are started with.
    """
    code = f"import socket; socket.create_connection(('{ELSEWHERE}', 443), timeout=1)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=base_environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert f"PermissionError: tests talk to this computer only, not to '{ELSEWHERE}'" in done.stderr
