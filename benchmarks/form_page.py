"""What a section costs on its page: saves, taps, letters and server seconds of a household of five.

Every answer is saved as the page's script saves it, one request each, and every section is opened
once; requests go through Flask and the database, without a network.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from conversation.questions import Choice, Choices, Number, Question, YesNo
from conversation.sections import parts
from conversation.slots import Slot
from core.database import Database
from core.secrets import Secrets
from core.settings import Settings
from forms.eef_screening import EEF_SCREENING
from forms.home_visit_obec import HOME_VISIT_OBEC
from models import Base
from tests.support.bot import data_environment
from tests.support.form_web import Browser, FormWeb
from tests.support.village import TODAY

#: People in the household, the pupil among them.
MEMBERS = 5
_FACTS = {"today": TODAY, "level": "ป.4", "pupils": (), "known": {}}


@dataclass
class PageFigures:
    """What one layer took; `turns` are requests. As `benchmarks.layers.Figures` has them."""

    name: str
    turns: int = 0
    taps: int = 0
    characters: int = 0
    seconds: list[float] = field(default_factory=list)

    @property
    def slowest(self) -> float:
        return max(self.seconds, default=0.0)


def figures() -> Iterator[PageFigures]:
    """OBEC's part and กสศ.'s part from the first to the last question."""
    for name, form in (("OBEC", HOME_VISIT_OBEC), ("กสศ.", EEF_SCREENING)):
        with tempfile.TemporaryDirectory(prefix="doolae-page-") as folder:
            url = f"sqlite:///{Path(folder) / 'page.db'}"
            settings = Settings.from_environ(data_environment(url))
            database = Database(settings.database_url, Secrets.from_settings(settings), pool_size=2)
            Base.metadata.create_all(database.engine)
            yield _filled(name, FormWeb(database, form, _FACTS, Path(folder)))
            database.close()


def _filled(name: str, web: FormWeb) -> PageFigures:
    found, browser = PageFigures(name), web.browser()
    sections = [part.section.key for part in parts(web.form, web.draft, _FACTS)]
    for key in sections:
        _timed(found, browser, f"/form/s/{key}")
        for _answer in range(200):
            slot = _open_question(web, key)
            if slot is None:
                break
            _answer_it(found, web, browser, key, slot)
        found.taps += 1  # save and go on
    return found


def _open_question(web: FormWeb, key: str) -> Slot | None:
    """The next question of a section that needs an answer; a table ends with its fifth row."""
    draft = web.draft
    for part in parts(web.form, draft, _FACTS):
        for slot in part.slots if part.section.key == key else ():
            if slot.path not in draft.answers and not slot.is_optional(draft.answers, _FACTS):
                return slot
    return None


def _answer_it(found: PageFigures, web: FormWeb, browser: Browser, key: str, slot: Slot) -> None:
    path, text = slot.path, ""
    if slot.is_gate:
        table, _dot, item = path.rpartition(".")
        if int(item) < MEMBERS:
            path, text = f"{path}.name", "นางสมใจ ใจดี"
        else:
            path, text = table, "end"
    else:
        text = _text_for(slot.question)
    is_choice = isinstance(slot.question, (Choice, Choices, YesNo)) and not slot.is_gate
    is_tap = is_choice or text == "end"
    found.taps += is_tap
    found.characters += 0 if is_tap else len(text)
    values = {
        "csrf": browser.hidden()["csrf"], "shape": browser.hidden()["shape"],
        f"was.{path}": "", f"f.{path}": text,
    }  # fmt: skip
    began = time.perf_counter()
    browser.post(f"/form/s/{key}", values, by_script=True)
    found.seconds.append(time.perf_counter() - began)
    found.turns += 1


def _text_for(question: Question) -> str:
    if isinstance(question, YesNo):
        return "no"
    if isinstance(question, (Choice, Choices)) and not callable(question.choices):
        return str(question.choices[0].code)
    if isinstance(question, Number):
        return "3"
    return "100" if question.kind == "amount" else "บ้านเลขที่ 9 หมู่ 3"


def _timed(found: PageFigures, browser: Browser, path: str) -> None:
    began = time.perf_counter()
    browser.get(path)
    found.seconds.append(time.perf_counter() - began)
    found.turns += 1
