"""The words of the bot: are they all in the catalogs, and do they say the same in each language?

`check` names what is missing, fuzzy, unused or wrong and exits 1. `update [FILE.po …]` adds the
messages the code has, takes translations from the given files, and drops what is not used any more.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).resolve().parent.parent
DOMAIN: Final = "doolae"
LANGUAGES: Final = ("th", "en")
#: The language the code is written in: its catalog says what the code says.
SOURCE: Final = "en"
KEYWORDS: Final = {
    "_": None,
    "lazy": None,
    "nlazy": (1, 2),
    "gettext": None,
    "ngettext": (1, 2),
}
#: `%(name)s` and its like; `%%` is a percent sign.
PLACEHOLDER: Final = re.compile(r"%(?:\((\w+)\)[-#0 +]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa]|%)")

#: What Thai sentences must not say, and why (people.md P41).
THAI_WORDS_TO_AVOID: Final = (
    (
        re.compile(r"(?<!ท่าน)(?<!ท่าน )ผอ\.(?!\s?(?:โรงเรียน|เขต|รพ))"),
        "which ผอ.? ผอ.โรงเรียน or ผอ.เขต",
    ),
    (re.compile(r"ครับ|(?<![ก-๙])(?:ค่ะ|คะ)(?![ก-๙])|(?:ค่ะ|นะคะ)$"), "one neutral voice"),
)


def path_of(language: str, root: Path = ROOT) -> Path:
    """Where the catalog of a language lies."""
    return root / "locales" / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def extract(root: Path = ROOT) -> Catalog:
    """All messages of the code, as `babel.cfg` finds them."""
    with (root / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    catalog = Catalog(domain=DOMAIN, charset="utf-8")
    found = extract_from_dir(
        root, methods, options, keywords=KEYWORDS, comment_tags=("Translators:",)
    )
    # Without line numbers: they change with every edit and tell a translator nothing.
    for name, _line, msgid, comments, context in found:
        catalog.add(msgid, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalog


def read(path: Path, language: str) -> Catalog:
    """A catalog from a .po file; obsolete entries are in `.obsolete`."""
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def problems(language: str, code: Catalog, catalog: Catalog) -> Iterator[str]:
    """What is wrong with a catalog, a sentence each."""
    for message in code:
        if message.id and catalog.get(message.id, message.context) is None:
            yield f"missing: {_shown(message)} ({message.locations[0][0]})"
    for message in catalog:
        if not message.id:
            continue
        if message.fuzzy:
            yield f"fuzzy: {_shown(message)}"
        if code.get(message.id, message.context) is None:
            yield f"unused: {_shown(message)}"
        yield from _problems_of_message(language, message)
    for message in catalog.obsolete.values():
        yield f"unused: {_shown(message)}"


def _problems_of_message(language: str, message: Message) -> Iterator[str]:
    sources, targets = _texts(message.id), _texts(message.string)
    if not targets or not all(targets):
        yield f"not translated: {_shown(message)}"
        return
    for target in targets:
        allowed = [_placeholders(source) for source in sources]
        if _placeholders(target) not in allowed:
            yield f"placeholders differ: {_shown(message)} → {target!r}"
        if target.strip() != target and sources[0].strip() == sources[0]:
            yield f"blank at the edge: {_shown(message)} → {target!r}"
        if language == "th":
            for pattern, why in THAI_WORDS_TO_AVOID:
                if pattern.search(target):
                    yield f"{why}: {target!r}"


def update(language: str, code: Catalog, sources: Sequence[Catalog], root: Path = ROOT) -> Catalog:
    """Bring a catalog up to date and write it: what is new comes from `sources`, or stays empty."""
    path = path_of(language, root)
    old = read(path, language) if path.exists() else None
    new = Catalog(locale=language, domain=DOMAIN, project="Doolae", charset="utf-8", fuzzy=False)
    new.header_comment = "# The words of Doolae."
    for message in code:
        if not message.id:
            continue
        string = _translation(language, message, [*sources, *([old] if old else [])])
        new.add(
            message.id,
            string,
            locations=sorted({(name, 0) for name, _ in message.locations}),
            auto_comments=message.auto_comments,
            context=message.context,
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    made = io.BytesIO()
    write_po(made, new, width=100, sort_output=True, include_lineno=False, omit_header=True)
    whole = path.with_suffix(f".{os.getpid()}")
    whole.write_bytes(_header(language).encode() + made.getvalue())
    whole.replace(path)  # two at once leave the words of one of them, never a mixture
    return new


def _header(language: str) -> str:
    """A header without dates and names of programs, which would change with every run."""
    forms = "nplurals=1; plural=0;" if language == "th" else "nplurals=2; plural=(n != 1);"
    return (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n"Plural-Forms: {forms}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n\n'
    )


def _translation(
    language: str, message: Message, sources: Sequence[Catalog]
) -> str | tuple[str, ...]:
    """The first translation found; the source language says what the code says."""
    if language == SOURCE:
        return tuple(message.id) if isinstance(message.id, (list, tuple)) else str(message.id)
    for source in sources:
        found = source.get(message.id, message.context)
        texts = _texts(found.string) if found is not None and not found.fuzzy else []
        if texts and all(texts):
            return tuple(texts[:1]) if isinstance(message.id, (list, tuple)) else texts[0]
    return ("",) if isinstance(message.id, (list, tuple)) else ""


def _texts(text: str | Sequence[str] | None) -> list[str]:
    if text is None:
        return []
    return [text] if isinstance(text, str) else list(text)


def _placeholders(text: str) -> set[str]:
    return {name for name in PLACEHOLDER.findall(text) if name}


def _shown(message: Message) -> str:
    return repr(_texts(message.id)[0])


def all_problems(root: Path = ROOT) -> list[str]:
    """What is wrong with all catalogs, a line each that begins with the language."""
    code = extract(root)
    found = []
    for language in LANGUAGES:
        path = path_of(language, root)
        if not path.exists():
            found.append(f"{language}: no catalog at {path.relative_to(root)}")
            continue
        wrong = problems(language, code, read(path, language))
        found += [f"{language}: {problem}" for problem in wrong]
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Check or update the catalogs; the exit status is 1 when something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="say what is wrong")
    updating = commands.add_parser("update", help="add what is new, drop what is unused")
    updating.add_argument("files", nargs="*", type=Path, help="Thai translations to take")
    options = parser.parse_args(arguments)
    if options.command == "update":
        code = extract()
        for language in LANGUAGES:
            update(language, code, [read(path, language) for path in options.files])
    found = all_problems()
    print(*found, sep="\n", file=sys.stderr, end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
