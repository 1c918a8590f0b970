"""The simulator's clock: the system's time and an offset that tests move."""

import asyncio
import os
import time
from contextlib import suppress
from pathlib import Path

from simulator.bell import Bell

POLL_SECONDS = 0.5  #: how soon a clock file moved by somebody else is noticed


class Clock:
    """Seconds since 1970; the offset is in memory, or in a file shared with the bot."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._offset = 0.0
        self._stamp: tuple[int, int] | None = None
        self.moved = Bell()

    @property
    def offset(self) -> float:
        """Seconds added to the system's time."""
        if self._file is not None:
            self._read(self._file)
        return self._offset

    def now(self) -> float:
        """The simulated time in seconds since 1970."""
        return time.time() + self.offset

    def now_ms(self) -> int:
        """The simulated time in milliseconds since 1970."""
        return int(self.now() * 1000)

    def set_offset(self, seconds: float) -> None:
        """Set the offset, tell the shared file and wake the sleepers."""
        self._offset = seconds
        if self._file is not None:
            draft = self._file.with_name(self._file.name + ".new")
            draft.write_text(f"{seconds:.6f}\n", encoding="ascii")
            draft.replace(self._file)
        self.moved.ring()

    def advance(self, seconds: float) -> None:
        """Move the clock on; backwards with a negative number."""
        self.set_offset(self.offset + seconds)

    async def sleep(self, seconds: float) -> None:
        """Sleep until the clock has gone on by `seconds`; a moved clock wakes at once."""
        moment = self.now() + seconds
        while (left := moment - self.now()) > 0:
            await self.moved.wait(left if self._file is None else min(left, POLL_SECONDS))
        await asyncio.sleep(0)

    def _read(self, file: Path) -> None:
        try:
            status = os.stat(file)  # noqa: PTH116 - called for every timestamp; Path.stat is slower
        except FileNotFoundError:
            self._offset, self._stamp = 0.0, None
            return
        stamp = (status.st_mtime_ns, status.st_ino)
        if stamp != self._stamp:
            with suppress(ValueError):
                self._offset = float(file.read_text(encoding="ascii") or 0)
                self._stamp = stamp
