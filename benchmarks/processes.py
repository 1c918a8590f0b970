"""What a program and its children cost: CPU and memory, from Linux' /proc."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_TICK: Final = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes. PSS counts a shared page once, divided among those who share it."""

    pss: float
    rss: float


def tree(pid: int) -> list[int]:
    """A process and all its descendants."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (stat := _stat(int(folder.name))) is not None:
            parents[int(folder.name)] = int(stat[1])
    found = [pid]
    for each in found:
        found += [child for child, parent in parents.items() if parent == each]
    return found


def cpu_seconds(pid: int) -> float:
    """CPU time that a process and its living descendants have used so far."""
    used = 0.0
    for each in tree(pid):
        if (stat := _stat(each)) is not None:
            used += (int(stat[11]) + int(stat[12])) / _TICK
    return used


def memory(pid: int) -> Memory:
    """Memory of a process and its descendants now."""
    pss = rss = 0
    for each in tree(pid):
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        sizes = {line.split(":")[0]: int(line.split()[1]) for line in lines[1:]}
        pss += sizes["Pss"]
        rss += sizes["Rss"]
    return Memory(pss / 1024, rss / 1024)


def busy_seconds() -> float:
    """CPU time that the whole machine has been busy since it started."""
    fields = [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
    idle = fields[3] + fields[4]
    return (sum(fields[:8]) - idle) / _TICK


def _stat(pid: int) -> list[str] | None:
    """The fields of /proc/PID/stat behind the name: state, parent, … utime and stime at 11, 12."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
