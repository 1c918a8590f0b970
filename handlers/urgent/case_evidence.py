"""What was taken back of a case, for its owner alone, who keeps or destroys it (P14)."""

from __future__ import annotations

from typing import Final

from conversation.engine import Draft
from core.errors import NotYours
from core.i18n import Lazy
from core.i18n import lazy as _
from forms.casework import CASEWORK
from handlers import menu
from handlers.buttons import Button, sign
from handlers.incident_words import drill
from handlers.router import router
from handlers.sheets import Sheet, watches
from handlers.turn import Turn
from handlers.urgent import case_card, casework
from handlers.urgent.case_words import moment
from line.events import Text
from line.messages import (
    GREY,
    Component,
    bubble,
    button,
    carousel,
    flex,
    postback,
    text,
    words,
)
from models.incident import Incident
from models.media import MediaKind
from services.urgent import case_evidence, incident_scope, taken_back
from services.urgent.case_evidence import Sealed

#: Things shown side by side; the next come once these are decided about.
_MOST: Final = 10
#: Letters of one thing.
_LONG: Final = 1500
_KEEP: Final = "keep"
_DESTROY: Final = "destroy"


@router.button("inc.sealed")
def show(turn: Turn, tapped: Button) -> None:
    """Each with two buttons; that it was read is written down."""
    found = casework.tapped_case(turn, tapped)
    if found is None:
        return
    person, incident = found
    waiting = case_evidence.waiting(turn.session, person, incident)
    if not waiting:
        turn.say(text(turn.t(_("Nothing that was taken back waits for you."))))
        turn.say(case_card.card(turn, person, incident))
        return
    incident_scope.opened(turn.session, person, incident, now=turn.now)
    title = drill(turn.t, incident.is_drill, turn.t(_("Taken back by whoever sent it")))
    cards = [_bubble(turn, incident, one, title) for one in waiting[:_MOST]]
    chips = [case_card.tap(turn, "inc.case", _("Back to the case"), incident)]
    turn.say(flex(title, carousel(cards), [*chips, *menu.chips(turn, menu.MENU)]))


@router.button("inc.sealed_do")
def decide(turn: Turn, tapped: Button) -> None:
    """Kept, it stands in the history; destroyed, only the fact remains."""
    found = casework.tapped_case(turn, tapped)
    if found is None:
        return
    person, incident = found
    if len(tapped.args) != 3 or tapped.args[2] not in (_KEEP, _DESTROY):
        casework.refuse(turn)
        return
    is_kept = tapped.args[2] == _KEEP
    try:
        case_evidence.decide(
            turn.session, person, incident.id, tapped.args[1], is_kept=is_kept, now=turn.now
        )
    except NotYours:
        turn.say(text(turn.t(_("Nothing that was taken back waits for you."))))
    else:
        said = _("Kept as evidence in the case.") if is_kept else _("Destroyed for good.")
        turn.say(text(drill(turn.t, incident.is_drill, turn.t(said))), carry=True)
    turn.say(case_card.card(turn, person, incident))


def _bubble(turn: Turn, incident: Incident, one: Sealed, title: str) -> Component:
    t = turn.t
    body = [words(moment(t, one.at), color=GREY, size="xs")]
    if one.media is None:
        body.append(words(one.words[:_LONG]))
    elif one.media.kind is MediaKind.PHOTO:
        body.append(words(t(_("A photo. It is among the photos of the case, for you only."))))
    else:
        body.append(words(t(_("A voice note. You can hear it from what was told."))))
    foot: list[Component] = []
    for label, what in ((_("Keep as evidence"), _KEEP), (_("Destroy"), _DESTROY)):
        foot.append(_button(turn, incident, one, label, what))
    return bubble(body, title=title, footer=foot)


def _button(turn: Turn, incident: Incident, one: Sealed, label: Lazy, what: str) -> Component:
    said = turn.t(label)
    data = sign(turn, "inc.sealed_do", str(incident.id), one.key, what)
    style = "primary" if what == _KEEP else "secondary"
    return button(postback(said, data, shown=said), style=style)


def _remember(sheet: Sheet, before: Draft) -> None:
    """Which message brought the words of a note, so that unsending can undo it."""
    turn, content = sheet.turn, sheet.turn.event.content
    if not isinstance(content, Text) or not (sheet.row.subject or {}).get("incident"):
        return
    said = content.text.strip()
    for key in taken_back.CASE_WORDS:
        now = sheet.draft.gathering.get(key) or sheet.draft.answers.get(key)
        was = before.gathering.get(key) or before.answers.get(key)
        if isinstance(now, str) and now != was and said and said in now:
            taken_back.remember(
                turn.session, turn.account, sheet.row, content.id, said, now=turn.now
            )


for _form in CASEWORK:
    watches(_form.id)(_remember)
