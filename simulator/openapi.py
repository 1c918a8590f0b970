"""LINE's own description of its API, as a check of request bodies.

Covers what LINE's YAML uses: references, allOf, discriminators, types, lengths, sizes, ranges,
enumerations, patterns and the format uuid. Each schema is compiled once into functions.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from simulator.refusals import Json

Problem = tuple[str, str]
Checker = Callable[[Any, str], Iterator[Problem]]

_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}


class Description:
    """The schemas of `messaging-api.yml`."""

    def __init__(self, schemas: Mapping[str, Json]) -> None:
        self._schemas = schemas
        self._compiled: dict[tuple[str, bool], Checker] = {}

    @classmethod
    def read(cls, folder: Path) -> "Description | None":
        """Read the description; None where the file or a YAML reader is missing."""
        file = folder / "messaging-api.yml"
        if not file.is_file():
            return None
        try:
            import yaml
        except ImportError:
            return None
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        with file.open(encoding="utf-8") as stream:
            return cls(yaml.load(stream, Loader=loader)["components"]["schemas"])  # noqa: S506 - both are safe loaders

    def problems(self, name: str, value: Any) -> list[Problem]:
        """Where `value` is not what the schema `name` says: (path, what is wrong)."""
        return list(self._named(name)(value, ""))

    def _named(self, name: str, *, plain: bool = False) -> Checker:
        """The checker of a schema; `plain` leaves its discriminator alone."""
        key = (name, plain)
        if key not in self._compiled:
            self._compiled[key] = self._compile(self._schemas[name], plain=plain)
        return self._compiled[key]

    def _compile(self, schema: Json, *, plain: bool = False) -> Checker:
        if "$ref" in schema:
            return self._late(_name(schema["$ref"]), plain=plain)
        checks = [self._parent(part) for part in schema.get("allOf", ())]
        checks += [*self._object(schema), *_scalars(schema)]
        if "items" in schema:
            checks.append(self._items(schema["items"]))
        if "discriminator" in schema and not plain:
            checks.append(self._by_kind(schema["discriminator"]))
        kind = schema.get("type")
        if not checks and kind is None:
            return _nothing

        def check(value: Any, path: str) -> Iterator[Problem]:
            if kind is not None and not _is(kind, value):
                yield path, f"must be of type {kind}"
                return
            for one in checks:
                yield from one(value, path)

        return check

    def _late(self, name: str, *, plain: bool) -> Checker:
        def check(value: Any, path: str) -> Iterator[Problem]:
            return self._named(name, plain=plain)(value, path)

        return check

    def _parent(self, schema: Json) -> Checker:
        """A part of allOf: the parent's discriminator chose us and must not choose again."""
        return self._compile(schema, plain=True)

    def _object(self, schema: Json) -> list[Checker]:
        properties = {n: self._compile(s) for n, s in schema.get("properties", {}).items()}
        required = schema.get("required", ())

        def check(value: Any, path: str) -> Iterator[Problem]:
            if not isinstance(value, dict):
                return
            for name in required:
                if value.get(name) is None:
                    yield _join(path, name), "must be specified"
            for name, inner in value.items():
                if name in properties and inner is not None:
                    yield from properties[name](inner, _join(path, name))

        return [check] if properties or required else []

    def _items(self, schema: Json) -> Checker:
        item = self._compile(schema)

        def check(value: Any, path: str) -> Iterator[Problem]:
            if isinstance(value, list):
                for index, one in enumerate(value):
                    yield from item(one, f"{path}[{index}]")

        return check

    def _by_kind(self, discriminator: Json) -> Checker:
        name = discriminator["propertyName"]
        kinds = {k: _name(ref) for k, ref in discriminator.get("mapping", {}).items()}
        listed = ", ".join(kinds)

        def check(value: Any, path: str) -> Iterator[Problem]:
            kind = value.get(name) if isinstance(value, dict) else None
            if kind in kinds:
                yield from self._named(kinds[kind])(value, path)
            elif kind is not None:
                yield _join(path, name), f"Must be one of the following values: [{listed}]"

        return check


def _scalars(schema: Json) -> list[Checker]:
    """Checks of lengths, sizes, ranges, enumerations, patterns and uuid."""
    rules: list[tuple[type, Callable[[Any], bool], str]] = []
    if "enum" in schema:
        allowed = schema["enum"]
        rules.append((object, lambda v: v in allowed, f"must be one of {allowed}"))
    for kind, least, most in (
        (str, "minLength", "maxLength"),
        (list, "minItems", "maxItems"),
    ):
        low, high = schema.get(least, 0), schema.get(most, float("inf"))
        if least in schema or most in schema:
            rules.append((kind, _sized(low, high), f"Size must be between {low} and {high}"))
    if "minimum" in schema or "maximum" in schema:
        low, high = schema.get("minimum", float("-inf")), schema.get("maximum", float("inf"))
        rules.append((int, _within(low, high), f"Must be between {low} and {high}"))
    if "pattern" in schema:
        pattern = re.compile(schema["pattern"])
        rules.append((str, lambda v: pattern.search(v) is not None, "invalid property"))
    return [_rule(*rule) for rule in rules]


def _rule(kind: type, good: Callable[[Any], bool], message: str) -> Checker:
    def check(value: Any, path: str) -> Iterator[Problem]:
        if isinstance(value, kind) and not good(value):
            yield path, message

    return check


def _sized(low: float, high: float) -> Callable[[Any], bool]:
    return lambda value: low <= len(value) <= high


def _within(low: float, high: float) -> Callable[[Any], bool]:
    return lambda value: low <= value <= high


def _nothing(value: Any, path: str) -> Iterator[Problem]:
    return iter(())


def _is(kind: str, value: Any) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, _TYPES.get(kind, (object,)))


def _name(reference: str) -> str:
    return reference.rsplit("/", 1)[-1]


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
