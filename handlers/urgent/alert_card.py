"""An urgent case on a card: neutral before it is opened (P5), and what is seen after the tap."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.clock import BANGKOK, local_date
from core.database import secrets_of
from core.i18n import Lazy, Translator, nlazy
from core.i18n import lazy as _
from handlers.buttons import sign
from handlers.incident_words import GROUPS, UNVERIFIED, drill, severity_words
from handlers.turn import Turn
from line.messages import (
    GREY,
    RED,
    Component,
    Message,
    bubble,
    button,
    flex,
    link,
    postback,
    row,
    separator,
    words,
)
from models.incident import OPEN, Incident
from models.office import School
from models.staff import STAFF_PHONE, Staff
from services.people import StaffMember, school_label
from services.urgent import cases
from services.urgent.alerts import NAMED

#: Numbers on a card; the duty card has all of them (P10).
_NUMBERS = ("191", "1669", "1300")
#: Colleagues who may be called from a card.
_CALLED = 3


def neutral(turn: Turn, incident: Incident, *, is_woken: bool = False) -> Message:
    """What a push says: number and severity, and the group only where it gives nothing away."""
    t = turn.t
    said = alt(t, incident)
    body: list[Component] = [
        words(t(_("No. %(number)s", number=incident.number)), weight="bold", size="xl"),
        words(line_of(t, incident), color=RED, weight="bold"),
    ]
    if is_woken:
        body.append(words(t(_("It was taken, and nothing has been heard of it since."))))
    body.append(words(t(_("Please open it and look."))))
    title = drill(t, incident.is_drill, t(_("Urgent matter")))
    return flex(
        said, bubble(body, title=title, footer=[take(turn, incident), see(turn, incident)],
                     colour=RED),
    )  # fmt: skip


def many(turn: Turn, incidents: Sequence[Incident], *, is_list: bool = False) -> Message:
    """Several at once, each to be taken from here; the rest in the list, unless this is it."""
    t = turn.t
    count = len(incidents)
    said = t(
        nlazy(
            "%(count)s urgent matter. Please open it and look.",
            "%(count)s urgent matters. Please open them and look.",
            count,
        )
    )
    is_drill = all(each.is_drill for each in incidents)
    body: list[Component] = []
    for each in incidents[:NAMED]:
        line = drill(t, each.is_drill, f"{each.number} · {line_of(t, each)}")
        body.append(words(line, weight="bold"))
        body.append(row([take(turn, each), see(turn, each)], spacing="sm"))
    if count > NAMED:
        more = nlazy("%(count)s more waits.", "%(count)s more wait.", count - NAMED)
        body.append(words(t(more), color=GREY))
    label = t(_("Look at all"))
    whole = button(postback(label, sign(turn, "inc.alerts"), shown=label), style="secondary")
    foot = [] if is_list else [whole]
    said = drill(t, is_drill, said)
    title = drill(t, is_drill, t(_("Urgent matters")))
    return flex(said, bubble(body, title=title, footer=foot, colour=RED))


def opened(turn: Turn, person: StaffMember, incident: Incident) -> Message:
    """After the tap: group, school, time left, whom to call; the story is one tap further."""
    t = turn.t
    place = t(_("School not known"))
    if incident.school_id is not None:
        place = t(school_label(turn.session.get_one(School, incident.school_id).name))
    group = t(GROUPS[incident.group]) if incident.group is not None else t(_("Kind not known yet"))
    body: list[Component] = [
        words(severity_words(t, incident.severity), color=RED, weight="bold", size="lg"),
        words(group, weight="bold"),
        words(place),
        *([words(t(UNVERIFIED), color=GREY)] if incident.is_unverified else []),
        words(_state(turn, incident), color=GREY),
        separator(),
        *_calls(turn, person, incident),
    ]
    title = drill(t, incident.is_drill, t(_("No. %(number)s", number=incident.number)))
    return flex(
        alt(t, incident), bubble(body, title=title, footer=_foot(turn, person, incident),
                                 colour=RED),
    )  # fmt: skip


def take(turn: Turn, incident: Incident) -> Component:
    """รับเรื่อง, in the message itself."""
    label = turn.t(_("I take it"))
    return button(postback(label, sign(turn, "inc.take", str(incident.id)), shown=label))


def see(turn: Turn, incident: Incident) -> Component:
    label = turn.t(_("Look"))
    action = postback(label, sign(turn, "inc.see", str(incident.id)), shown=label)
    return button(action, style="secondary")


def alt(t: Translator, incident: Incident) -> str:
    """What a locked phone shows of it."""
    said = _(
        "Urgent matter no. %(number)s (%(severity)s). Please open it and look.",
        number=incident.number,
        severity=line_of(t, incident),
    )
    return drill(t, incident.is_drill, t(said))


def line_of(t: Translator, incident: Incident) -> str:
    """Severity; the group of accidents and health too."""
    severity = severity_words(t, incident.severity)
    if incident.is_restricted or incident.outside_only or incident.group is None:
        return severity
    return f"{severity} · {t(GROUPS[incident.group])}"


def call_buttons(numbers: Sequence[tuple[str, str]]) -> list[Component]:
    """Buttons that call: label and number."""
    return [
        button(link(label, f"tel:{number.replace('-', '')}"), style="link", colour=RED)
        for label, number in numbers
    ]


def emergency_row(t: Translator) -> Component:
    return row(call_buttons([(number, number) for number in _NUMBERS]), spacing="sm")


def on_duty(turn: Turn, incident: Incident, *, but: int | None = None) -> list[tuple[str, str]]:
    """Those who were alerted so far, as (label, phone), the last step first."""
    out = cases.excluded(turn.session, incident.id)
    ids: list[int] = []
    for step in reversed(incident.chain[: max(incident.step, 0) + 1]):
        ids += [each for each in step["staff"] if each not in out and each != but]
    return phones(turn, ids[:_CALLED])


def phones(turn: Turn, staff_ids: Sequence[int]) -> list[tuple[str, str]]:
    """(label, number) of those whose number is known."""
    found = []
    for staff_id in dict.fromkeys(staff_ids):
        staff = turn.session.get(Staff, staff_id)
        if staff is None or staff.phone is None or staff.left_at is not None:
            continue
        number = secrets_of(turn.session).open(staff.phone, column=STAFF_PHONE).decode()
        found.append((turn.t(_("Call %(name)s", name=staff.first_name)), number))
    return found


def moment(t: Translator, at: datetime, now: datetime) -> str:
    """21:15, with its day where that is not today."""
    clock = f"{at.astimezone(BANGKOK):%H:%M}"
    day = local_date(at)
    if day == local_date(now):
        return t(_("%(time)s h", time=clock))
    return t(_("%(day)s, %(time)s h", day=day, time=clock))


def _state(turn: Turn, incident: Incident) -> str:
    t = turn.t
    if incident.status not in OPEN:
        owner = turn.session.get(Staff, incident.owner_id) if incident.owner_id else None
        if owner is None:
            return t(_("Somebody has taken it."))
        return t(_("Taken by %(name)s.", name=owner.full_name))
    due = moment(t, incident.ack_due_at, turn.now)
    return t(_time_left(incident.ack_due_at, turn.now, due))


def _time_left(due_at: datetime, now: datetime, due: str) -> Lazy:
    minutes = round(abs((due_at - now).total_seconds()) / 60)
    hours, rest = divmod(minutes, 60)
    if now > due_at:
        return _("Nobody took it in time (until %(time)s).", time=due)
    if hours >= 24:
        return _("To be taken until %(time)s.", time=due)
    if hours:
        return _(
            "%(hours)s h %(minutes)s min left to take it (until %(time)s).",
            hours=hours, minutes=rest, time=due,
        )  # fmt: skip
    return _("%(minutes)s min left to take it (until %(time)s).", minutes=minutes, time=due)


def _calls(turn: Turn, person: StaffMember, incident: Incident) -> list[Component]:
    """The reporter who is a colleague, those on duty, and the numbers of the duty card (P9)."""
    t = turn.t
    numbers: list[tuple[str, str]] = []
    if incident.reporter_staff_id not in (None, person.staff_id):
        for label, number in phones(turn, [incident.reporter_staff_id or 0]):
            numbers.append((t(_("%(call)s (reported it)", call=label)), number))
    known = {number for _label, number in numbers}
    duty = on_duty(turn, incident, but=person.staff_id)
    numbers += [each for each in duty if each[1] not in known]
    return call_buttons(numbers) + ([] if incident.is_drill else [emergency_row(t)])


def _foot(turn: Turn, person: StaffMember, incident: Incident) -> list[Component]:
    t = turn.t
    told, related, others = t(_("Read what was reported")), t(_("I am related to it")), t(_PASS)
    foot: list[Component] = []
    if incident.status in OPEN:
        foot += [
            take(turn, incident),
            button(
                postback(others, sign(turn, "inc.pass", str(incident.id)), shown=others),
                style="secondary",
            ),
        ]
    else:
        label = t(_("Open the case"))
        data = sign(turn, "inc.case", str(incident.id))
        foot.append(button(postback(label, data, shown=label)))
    data = sign(turn, "inc.read", str(incident.id))
    foot.append(button(postback(told, data, shown=told), style="secondary"))
    if incident.is_restricted:
        data = sign(turn, "inc.related", str(incident.id), "yes")
        foot.append(button(postback(related, data, shown=related), style="link"))
    return foot


_PASS = _("Somebody else, please")
