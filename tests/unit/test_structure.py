"""The house keeps its shape: floors, files, commands and words."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
#: Folders with code that are no floor of the house.
BESIDE_THE_FLOORS = {"simulator", "migrations", "tests", "tools", "benchmarks", "docs"}


def project_files(*patterns: str) -> list[Path]:
    """The project's files: what is committed, and what would be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *patterns],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in paths if path.is_file()]


def packages() -> set[str]:
    """Our top-level folders with Python in them."""
    return {path.relative_to(ROOT).parts[0] for path in project_files("*/*.py")}


def layers() -> list[set[str]]:
    """The floors, top first, as import-linter checks them."""
    contracts = PYPROJECT["tool"]["importlinter"]["contracts"]
    (floors,) = [contract for contract in contracts if contract["type"] == "layers"]
    return [set(re.split(r"\s*\|\s*", layer)) for layer in floors["layers"]]


def test_every_package_stands_on_a_floor():
    """
    A new top-level package is put on a floor, or named as standing beside the house.
    """
    floors = set().union(*layers())

    assert packages() - BESIDE_THE_FLOORS == floors


def test_contracts_types_and_the_installation_know_every_package():
    """
    What a floor is, is checked for imports and types, and is installed.
    """
    ours = set().union(*layers()) | {"simulator"}
    tool = PYPROJECT["tool"]

    assert set(tool["importlinter"]["root_packages"]) == ours
    assert ours <= set(tool["mypy"]["files"])
    assert ours <= set(tool["hatch"]["build"]["targets"]["wheel"]["packages"])


#: Calls that end a transaction, and the few files that may make them.
ENDS_A_TRANSACTION = {"commit", "rollback"}
MAY_END_A_TRANSACTION = {"core/database.py"}


def calls(path: Path) -> Iterator[tuple[int, str]]:
    """Line and name of every method called in a file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.lineno, node.func.attr


@pytest.mark.parametrize("floor", ["services", "forms", "conversation", "models", "outbox"])
def test_only_the_doors_end_a_transaction(floor):
    """
    What can be done takes a session and never commits: the door that opened it does.
    """
    found = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path in project_files(f"{floor}/**.py")
        for line, name in calls(path)
        if name in ENDS_A_TRANSACTION
    ]

    assert found == []


def make_targets() -> set[str]:
    """The targets that `make help` lists."""
    return set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))


def documents() -> list[Path]:
    """What people read about the project."""
    return project_files("*.md", "docs/**.md")


def test_the_commands_in_the_documents_exist():
    """
    Every `make …` and `doolae …` that a document tells to type is there.
    """
    from bot.cli import COMMANDS

    known = {"make": make_targets(), "doolae": set(COMMANDS)}
    problems = [
        f"{path.relative_to(ROOT)}: {program} {command}"
        for path in documents()
        for program, command in re.findall(
            r"\b(make|doolae) ([a-z][a-z-]*)", _code(path.read_text())
        )
        if command not in known[program]
    ]

    assert problems == []


def _code(markdown: str) -> str:
    """What stands in backticks or fenced blocks."""
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", markdown, re.DOTALL))


def test_the_readme_is_short():
    """
    The README says what it is and how to try it, in at most 80 lines; the rest is elsewhere.
    """
    assert len((ROOT / "README.md").read_text().splitlines()) <= 80


#: Words that would tie the project to one computer or one network. (Written in two halves here, so
#: that this file has none.)
FOREIGN_WORDS = [
    "/wo" + "rk/",
    "/fa" + "rm/",
    "/ro" + "ot/",
    "py" + "pi.org",
    "pythonhos" + "ted.org",
    "deb." + "debian.org",
    "registry." + "npmjs",
    "extra-index" + "-url",
]


def test_no_file_ties_the_project_to_one_computer():
    """
    No file names a folder of somebody's computer or the host of a package registry.
    """
    pattern = re.compile("|".join(map(re.escape, FOREIGN_WORDS)).encode())
    found = [
        f"{path.relative_to(ROOT)}: {match.group().decode()}"
        for path in project_files()
        if (match := pattern.search(path.read_bytes()))
    ]

    assert found == []


def test_nothing_is_left_to_do_later():
    """
    What is not done stands in an issue, not in a comment.
    """
    pattern = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in project_files("*.py", "*.js", "*.css", "*.html", "*.sh", "Makefile")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]

    assert found == []


def test_no_file_is_longer_than_it_may_be():
    """
    One noun per file: 400 lines is the end of one.
    """
    found = {
        str(path.relative_to(ROOT)): lines
        for path in project_files("*.py")
        if (lines := len(path.read_text().splitlines())) > 400
        and path.parts[len(ROOT.parts)] not in {"tests", "migrations"}
    }

    assert found == {}


def test_the_lock_files_hold_every_dependency():
    """
    What the project asks for is pinned with hashes, in the lock of the house and in that of tests.
    """
    project = PYPROJECT["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["build"]]
    tests = [*wanted, *project["optional-dependencies"]["test"]]

    for lock, names in (("requirements.lock", wanted), ("requirements-test.lock", tests)):
        pinned = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / lock).read_text(), re.MULTILINE))
        assert {re.split(r"[^A-Za-z0-9_-]", name)[0].lower() for name in names} <= pinned
