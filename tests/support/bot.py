"""The bot as it is run: `doolae serve` in a process of its own, and commands beside it."""

from __future__ import annotations

import contextlib
import http.client
import subprocess
from pathlib import Path

from tests.support import simulator
from tests.support.processes import BIN, ROOT, Program, base_environment, free_port

#: The same in every test, so that a district imported once can be copied.
SECRET_KEY = "only-for-tests-0123456789-0123456789"
DOOLAE = BIN / "doolae"


def data_environment(database_url: str) -> dict[str, str]:
    """What commands need that talk to neither LINE nor people."""
    return {"DATABASE_URL": database_url, "SECRET_KEY": SECRET_KEY}


def doolae(
    *arguments: str | Path, environment: dict[str, str], seconds: float = 120, check: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run `doolae …` to its end; raises AssertionError with what it wrote when it fails."""
    done = subprocess.run(
        [DOOLAE, *map(str, arguments)],
        env={**base_environment(), **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=seconds,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if check and done.returncode != 0:
        raise AssertionError(
            f"doolae {' '.join(map(str, arguments))} → {done.returncode}\n{done.stdout}{done.stderr}"
        )
    return done


class Bot:
    """A bot with its own data, that can be stopped, killed and started again."""

    def __init__(self, folder: Path, *, database_url: str, line_url: str, clock_file: Path) -> None:
        self.folder = folder
        self.log = folder / "bot.log"
        self.log.touch()
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        #: May be changed before `start`.
        self.environment = {
            **data_environment(database_url),
            "MEDIA_URL": f"file:{folder / 'media'}",
            "LINE_CHANNEL_SECRET": simulator.SECRET,
            "LINE_CHANNEL_ACCESS_TOKEN": simulator.TOKEN,
            "LINE_API_URL": line_url,
            "LINE_DATA_API_URL": line_url,
            "CLOCK_FILE": str(clock_file),
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "LOG_LEVEL": "debug",
        }
        self.program: Program | None = None

    @property
    def callback(self) -> str:
        """Where LINE posts to."""
        return f"{self.url}/callback"

    def start(self, *arguments: str, wait: bool = True) -> None:
        """Begin to serve, and wait until it is ready."""
        self.program = Program(
            [DOOLAE, "serve", *arguments],
            log=self.log,
            environment=self.environment,
            folder=self.folder,
        )
        if wait:
            self.wait_until_ready()

    def wait_until_ready(self, *, seconds: float = 90) -> None:
        """Wait for `/readyz`; raises with the log when the bot has ended meanwhile."""
        assert self.program, "start the bot first"
        self.program.wait_until(
            lambda: self.get("/readyz")[0] == 200, seconds=seconds, what="starting the bot"
        )

    def stop(self) -> int:
        """End it as systemd would; returns the exit status."""
        return self.program.stop(seconds=30) if self.program else 0

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.program:
            self.program.kill()

    def restart(self) -> None:
        """Kill it and start it again on the same data and port."""
        self.kill()
        self.start()

    def get(self, path: str, *, seconds: float = 5) -> tuple[int, str]:
        """Status and text of one of its pages; status 0 when nobody listens."""
        return self.request("GET", path, seconds=seconds)

    def request(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        *,
        headers: dict[str, str] | None = None,
        seconds: float = 5,
    ) -> tuple[int, str]:
        """One request to the bot; status 0 when nobody listens."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            # Who refuses a body may answer and hang up before all of it was sent.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()

    def doolae(
        self, *arguments: str | Path, check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        """Run a command beside it, with its environment."""
        return doolae(*arguments, environment=self.environment, check=check)
