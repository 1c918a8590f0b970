"""Programs that tests start: they end with the test, even with a test run that was killed."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: The folder of `doolae` and `python` that run these tests.
BIN = Path(sys.executable).parent
#: Python reads `sitecustomize` from there at the start of each program.
_GUARD = Path(__file__).resolve().parent / "guard"


def base_environment() -> dict[str, str]:
    """What every program gets: no setting of the person who runs the tests, and no way outside."""
    return {
        "PATH": f"{BIN}:/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(_GUARD),
        "PYTHONUNBUFFERED": "1",
    }


def free_port() -> int:
    """A port of this computer that nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_until(
    ready: Callable[[], bool], *, seconds: float, what: str, every: float = 0.05
) -> None:
    """Ask `ready` again and again; raises TimeoutError that names `what` after `seconds`."""
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} took more than {seconds:g} s")
        time.sleep(every)


class Program:
    """A program in the background; what it writes is kept in `log`."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        log: Path,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
        user: str | None = None,
    ) -> None:
        self.log = log
        # The kernel ends it when we die, so that a killed test run leaves nothing behind. (It
        # watches the thread that started it: start programs from the main thread.)
        leash = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [*leash, *map(str, command)],
                env={**base_environment(), **(environment or {})},
                cwd=folder or ROOT,
                user=user,
                group=_group_of(user),
                extra_groups=[] if user else None,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    def written(self, lines: int = 60) -> str:
        """The last lines it wrote."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def wait_until(self, ready: Callable[[], bool], *, seconds: float, what: str) -> None:
        """Like `wait_until`, and gives up at once with the log when the program has ended."""

        def ready_or_dead() -> bool:
            if not self.is_running:
                raise RuntimeError(
                    f"{what}: it ended with {self.process.returncode}\n{self.written()}"
                )
            return ready()

        try:
            wait_until(ready_or_dead, seconds=seconds, what=what)
        except TimeoutError as error:
            raise TimeoutError(f"{error}\n{self.written()}") from None

    def stop(self, *, seconds: float = 10, how: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end, and end it with its children when it does not; returns the exit status."""
        if self.is_running:
            self.process.send_signal(how)
            try:
                self.process.wait(timeout=seconds)
            except subprocess.TimeoutExpired:
                self.kill()
        self._end_children()
        return self.process.returncode

    def kill(self) -> None:
        """End it at once, as a power cut would, with all its children."""
        self._end_children()
        self.process.wait(timeout=30)

    def _end_children(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            # It leads a session of its own, so its pid is the group of all it started.
            os.killpg(self.process.pid, signal.SIGKILL)


def _group_of(user: str | None) -> int | None:
    if user is None:
        return None
    return pwd.getpwnam(user).pw_gid
