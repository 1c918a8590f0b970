"""Checks: small functions that look at one value and note what LINE would refuse."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import regex

from simulator.refusals import Detail, Json, Refusal, invalid_property

_GRAPHEME: Final = regex.compile(r"\X")
_URI: Final = re.compile(r"([a-z][a-z0-9+.-]*):[!-~]+", re.IGNORECASE)
_FLEX: Final = re.compile(r"(messages\[\d+\])\.contents\.(.+)")
MOST_DETAILS = 10


@dataclass(slots=True)
class Report:
    """What was found so far in one request body."""

    strict: bool = True
    details: list[Detail] = field(default_factory=list)
    unknown: str | None = None

    def add(self, message: str, path: str) -> None:
        """Note that the value at `path` is refused."""
        self.details.append(Detail(message, path))

    def raise_if_any(self) -> None:
        """Raise Refusal 400 with LINE's body if anything was found."""
        if self.unknown is not None:
            raise invalid_property(self.unknown)
        if not self.details:
            return
        first = _FLEX.match(self.details[0].property)
        if first:
            details = [_flex_detail(d) for d in self.details if d.property.startswith(first[1])]
            message = f"A message ({first[1]}) in the request body is invalid"
        else:
            details = self.details
            message = f"The request body has {len(details)} error(s)"
        raise Refusal(400, message, tuple(details[:MOST_DETAILS]))


Check = Callable[[Any, str, Report], None]


def _flex_detail(detail: Detail) -> Detail:
    inside = _FLEX.match(detail.property)
    if inside is None:
        return detail
    pointer = re.sub(r"\[(\d+)\]", r"/\1", inside[2]).replace(".", "/")
    return Detail(detail.message, "/" + pointer)


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, as LINE counts in general."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def grapheme_length(text: str) -> int:
    """Length in grapheme clusters, as LINE counts labels and the like."""
    return len(text) if text.isascii() else sum(1 for _ in _GRAPHEME.finditer(text))


def text(most: int, *, least: int = 1, graphemes: bool = False) -> Check:
    """A string of `least` to `most` characters."""
    length = grapheme_length if graphemes else utf16_length

    def check(value: Any, path: str, report: Report) -> None:
        if not isinstance(value, str):
            report.add("must be a string", path)
        elif not value and least:
            report.add("May not be empty", path)
        elif length(value) > most:
            report.add(f"Length must be between 0 and {most}", path)

    return check


def shape(pattern: str, message: str = "invalid property") -> Check:
    """A string that matches `pattern` as a whole."""
    compiled = re.compile(pattern)

    def check(value: Any, path: str, report: Report) -> None:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            report.add(message, path)

    return check


def uri(*schemes: str, most: int = 2000) -> Check:
    """A percent-encoded URI with one of these schemes."""

    def check(value: Any, path: str, report: Report) -> None:
        match = _URI.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            report.add("invalid uri", path)
        elif match[1].lower() not in schemes:
            report.add("invalid uri scheme", path)
        elif len(value) > most:
            report.add(f"Length must be between 0 and {most}", path)

    return check


def choice(*values: str) -> Check:
    """One of a few words."""
    allowed, listed = frozenset(values), ", ".join(values)

    def check(value: Any, path: str, report: Report) -> None:
        if not isinstance(value, str) or value not in allowed:
            report.add(f"Must be one of the following values: [{listed}]", path)

    return check


def integer(least: int, most: int | None = None) -> Check:
    """A whole number."""

    def check(value: Any, path: str, report: Report) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            report.add("must be an integer", path)
        elif most is None and value < least:
            report.add(f"must be greater than or equal to {least}", path)
        elif most is not None and not least <= value <= most:
            report.add(f"Must be between {least} and {most}", path)

    return check


def number(least: float, most: float) -> Check:
    """A number, whole or not."""

    def check(value: Any, path: str, report: Report) -> None:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            report.add("must be a number", path)
        elif not least <= value <= most:
            report.add(f"Must be between {least} and {most}", path)

    return check


def boolean(value: Any, path: str, report: Report) -> None:
    """True or false."""
    if not isinstance(value, bool):
        report.add("must be a boolean", path)


def anything(value: Any, path: str, report: Report) -> None:
    """A value nobody looks at."""


def array(item: Check, *, least: int, most: int) -> Check:
    """A list of `least` to `most` items."""

    def check(value: Any, path: str, report: Report) -> None:
        if not isinstance(value, list):
            report.add("must be an array", path)
            return
        if not least <= len(value) <= most:
            report.add(f"Size must be between {least} and {most}", path)
        for index, one in enumerate(value):
            item(one, f"{path}[{index}]", report)

    return check


def thing(
    required: Mapping[str, Check],
    optional: Mapping[str, Check] | None = None,
    *also: Callable[[Json, str, Report], None],
) -> Check:
    """An object with these properties, and rules that look at several of them."""
    known = {**required, **(optional or {})}

    def check(value: Any, path: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add("must be an object", path)
            return
        before = len(report.details)
        _known(value, known, path, report)
        for name in required:
            if value.get(name) is None:
                report.add("must be specified", join(path, name))
        if len(report.details) == before:
            for rule in also:
                rule(value, path, report)

    return check


def _known(value: Json, known: Mapping[str, Check], path: str, report: Report) -> None:
    for name, inner in value.items():
        check = known.get(name)
        if check is None:
            if report.strict and report.unknown is None:
                report.unknown = join(path, name)
        elif inner is not None:
            check(inner, join(path, name), report)


def union(kinds: Mapping[str, Check], *, key: str = "type") -> Check:
    """An object whose `type` says which check it gets."""
    listed = ", ".join(kinds)

    def check(value: Any, path: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add("must be an object", path)
            return
        kind = value.get(key)
        inner = kinds.get(kind) if isinstance(kind, str) else None
        if kind is None:
            report.add("must be specified", join(path, key))
        elif inner is None:
            report.add(f"Must be one of the following values: [{listed}]", join(path, key))
        else:
            inner(value, path, report)

    return check


def join(path: str, name: str) -> str:
    """The path of a property of the object at `path`."""
    return f"{path}.{name}" if path else name


def words(values: Iterable[str], *patterns: str) -> Check:
    """One of LINE's keywords, or a measure that matches one of `patterns`."""
    return shape("|".join([*map(re.escape, values), *patterns]))
