"""Who outside was told, and when; and MOE Safety Center: its case number, a summary (P10, P35)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from core.clock import BANGKOK, local_date
from core.i18n import Lazy, Translator
from core.i18n import lazy as _
from core.thai import format_date
from core.thai.clock_times import read_time
from handlers import menu
from handlers.buttons import Button, sign
from handlers.incident_words import GROUPS, drill, severity_words
from handlers.router import router
from handlers.turn import Turn
from handlers.urgent import casework
from handlers.waiting import stop_waiting, wait_for, waiting
from line.messages import clipboard, postback, text
from models.incident import Incident
from models.office import School
from services import people, timeline
from services.urgent import cases, incident_scope, threats
from services.urgent.incident_scope import Access

#: The open questions: a time of day, and the number of a case at MOE Safety Center.
TIME: Final = "inc.told_at"
NUMBER: Final = "inc.number"
#: What `Incident.safety_center_number` holds.
LONGEST: Final = 60
#: Characters that LINE copies at a tap.
COPIED: Final = 1000

WHOM: Final[dict[str, Lazy]] = {
    "191": _("191 police"),
    "1669": _("1669 ambulance"),
    "1300": _("1300 social assistance"),
    "1387": _("1387 Childline"),
    "1323": _("1323 mental health"),
    "shelter": _("Home for children"),
    "safety_center": _("MOE Safety Center"),
    "other": _("Somebody else"),
}
_AGO: Final[tuple[tuple[int, Lazy], ...]] = (
    (0, _("Just now")),
    (15, _("15 minutes ago")),
    (60, _("1 hour ago")),
    (180, _("3 hours ago")),
)
_NOT_YOURS: Final = _("This report is not open to you.")


@router.button("inc.told")
def tell(turn: Turn, button: Button) -> None:
    """Whom, then when, then it is on record."""
    incident = _mine(turn, button)
    if incident is None:
        return
    whom = button.args[1] if len(button.args) > 1 else ""
    if whom not in WHOM:
        _ask_whom(turn, incident)
    elif len(button.args) > 2 and button.args[2].isdecimal():
        _record(turn, incident, whom, turn.now - timedelta(minutes=int(button.args[2])))
    else:
        _ask_when(turn, incident, whom)


@router.answer(TIME)
def tell_by_time(turn: Turn, said: str) -> None:
    """A time of today, or of yesterday where it would lie ahead."""
    held = waiting(turn)
    incident = turn.session.get(Incident, held[1]["incident"]) if held is not None else None
    if held is None or incident is None or not _sees(turn, incident):
        stop_waiting(turn)
        menu.not_understood(turn)
        return
    at = read_time(said)
    if at is None:
        _ask_when(turn, incident, held[1]["whom"], _("Please type the time, such as 14:30."))
        return
    told_at = datetime.combine(turn.today, at, BANGKOK)
    if told_at > turn.now:
        told_at -= timedelta(days=1)
    _record(turn, incident, held[1]["whom"], told_at)


@router.button("inc.number")
def ask_number(turn: Turn, button: Button) -> None:
    """The number that MOE Safety Center gave."""
    incident = _mine(turn, button)
    if incident is None:
        return
    wait_for(turn, NUMBER, incident=incident.id)
    asked = _("Please type the case number of MOE Safety Center.")
    turn.say(text(_said(turn, incident, asked), menu.chips(turn, menu.MENU)))
    turn.asks = True


@router.answer(NUMBER)
def take_number(turn: Turn, said: str) -> None:
    """Keep it as it was typed."""
    held = waiting(turn)
    stop_waiting(turn)
    incident = turn.session.get(Incident, held[1]["incident"]) if held is not None else None
    number = " ".join(said.split())
    if incident is None or not _sees(turn, incident) or not 0 < len(number) <= LONGEST:
        menu.not_understood(turn)
        return
    incident.safety_center_number = number
    _note(turn, incident, "incident.safety_center_number")
    kept = _("Kept: MOE Safety Center no. %(number)s.", number=number)
    turn.say(text(_said(turn, incident, kept), _told_chips(turn, incident)), carry=True)


@router.button("inc.copy")
def copy(turn: Turn, button: Button) -> None:
    """A summary to be copied, in the order in which it is asked there; no child's name (P6)."""
    incident = _mine(turn, button)
    if incident is not None:
        summary = _summary(turn, incident)
        copying = clipboard(turn.t(_("Copy")), summary[:COPIED])
        turn.say(text(summary, [copying, *_told_chips(turn, incident)]))


def _ask_whom(turn: Turn, incident: Incident) -> None:
    actions = [
        postback(turn.t(label), sign(turn, "inc.told", str(incident.id), whom), shown=turn.t(label))
        for whom, label in WHOM.items()
    ]
    asked = _("Whom have you told so far? Tap one after another.")
    turn.say(text(_said(turn, incident, asked), [*actions, *menu.chips(turn, menu.MENU)]))


def _ask_when(turn: Turn, incident: Incident, whom: str, hint: Lazy | None = None) -> None:
    wait_for(turn, TIME, incident=incident.id, whom=whom)
    actions = [
        postback(
            turn.t(label),
            sign(turn, "inc.told", str(incident.id), whom, str(ago)),
            shown=turn.t(label),
        )
        for ago, label in _AGO
    ]
    asked = _("%(whom)s: when? Tap, or type the time, such as 14:30.", whom=WHOM[whom])
    turn.say(text(_said(turn, incident, hint if hint is not None else asked), actions))
    turn.asks = True


def _record(turn: Turn, incident: Incident, whom: str, at: datetime) -> None:
    stop_waiting(turn)
    cases.told(
        turn.session, office_id=incident.office_id, account_id=turn.account.id, whom=whom,
        told_at=at, now=turn.now, incident_id=incident.id,
    )  # fmt: skip
    _note(turn, incident, "incident.told_outside", whom)
    kept = _(
        "On record: %(whom)s, told on %(date)s at %(time)s.",
        whom=WHOM[whom],
        date=format_date(local_date(at), turn.t.language),
        time=f"{at.astimezone(BANGKOK):%H:%M}",
    )
    turn.say(text(_said(turn, incident, kept), _told_chips(turn, incident)), carry=True)


def _told_chips(turn: Turn, incident: Incident) -> list[dict[str, object]]:
    """On: the number of MOE Safety Center, another one, how it stands."""
    labels = (
        ("inc.told", _("Somebody else told")),
        ("inc.number", _("Type its case number")),
        ("inc.copy", _("Summary to copy")),
        ("inc.status", _("See how it stands")),
    )
    return [
        postback(turn.t(label), sign(turn, action, str(incident.id)), shown=turn.t(label))
        for action, label in labels
    ]


def _summary(turn: Turn, incident: Incident) -> str:
    t = turn.t
    school = turn.session.get(School, incident.school_id) if incident.school_id else None
    at = incident.raised_at.astimezone(BANGKOK)
    kind = threats.label(
        turn.session, incident.office_id, incident.threat, incident.threat_version, t.language
    )
    rows: list[tuple[Lazy, str]] = [
        (_("Day and time"), f"{format_date(at.date(), t.language)} {at:%H:%M}"),
        (_("School"), school.name if school is not None else "–"),
        (_("Kind"), " · ".join(part for part in (_group(t, incident), kind) if part)),
        (_("Urgency"), severity_words(t, incident.severity)),
        (_("Our number"), incident.number),
        (_("Number there"), incident.safety_center_number or "–"),
    ]
    told = [each for each in cases.told_of(turn.session, incident.id) if each.whom in WHOM]
    if told:
        who = ", ".join(
            f"{t(WHOM[each.whom])} {each.told_at.astimezone(BANGKOK):%H:%M}" for each in told
        )
        rows.append((_("Told so far"), who))
    lines = [f"{t(label)}: {value}" for label, value in rows]
    lines.append(t(_("The child's name and the story are told there by voice, not by this text.")))
    return drill(t, incident.is_drill, "\n".join(lines))


def _group(t: Translator, incident: Incident) -> str:
    return t(GROUPS[incident.group]) if incident.group is not None else ""


def _mine(turn: Turn, button: Button) -> Incident | None:
    """The case of a button, for its reporter and for those who may open it."""
    number = button.args[0] if button.args else ""
    incident = turn.session.get(Incident, int(number)) if number.isdecimal() else None
    if incident is not None and incident.reporter_account_id != turn.account.id:
        found = casework.tapped_case(turn, button)  # asks first whether they are related (P4)
        if found is not None:
            incident_scope.opened(turn.session, *found, now=turn.now)
        return found[1] if found is not None else None
    if incident is None or not _sees(turn, incident):
        turn.say(text(turn.t(_NOT_YOURS), menu.chips(turn, menu.NUMBERS, menu.MENU)))
        return None
    return incident


def _sees(turn: Turn, incident: Incident) -> bool:
    person = people.who_is(turn.session, turn.account, today=turn.today)
    return incident_scope.access(turn.session, person, turn.account, incident) > Access.NONE


def _said(turn: Turn, incident: Incident, lazy: Lazy) -> str:
    return drill(turn.t, incident.is_drill, turn.t(lazy))


def _note(turn: Turn, incident: Incident, kind: str, reason: str | None = None) -> None:
    person = people.who_is(turn.session, turn.account, today=turn.today)
    timeline.record(
        turn.session, kind, at=turn.now, office_id=incident.office_id,
        subject=(cases.SUBJECT, incident.id), account_id=turn.account.id,
        staff_id=getattr(person, "staff_id", None), reason_code=reason,
    )  # fmt: skip
