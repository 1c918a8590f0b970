"""The case in the chat, for those who have it: its card, its story by a further tap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import format_date
from forms.incident import INCIDENT
from handlers import door, fund_offer, menu, my_work
from handlers.buttons import Button, sign
from handlers.case_words import moment, status
from handlers.incident_words import GROUPS, drill, severity_words
from handlers.router import router
from handlers.turn import Turn
from line.messages import (
    GREY,
    RED,
    Action,
    Component,
    Message,
    bubble,
    button,
    column,
    flex,
    postback,
    row,
    separator,
    text,
    words,
)
from models.incident import OPEN, Incident, IncidentStatus
from models.office import School
from models.staff import Staff
from models.student import Student
from services import (
    alerts,
    cases,
    incident_relation,
    incident_scope,
    incident_work,
    people,
    threats,
)
from services.people import StaffMember, school_label

CASES: Final = _("Urgent cases")
#: Cases shown in one list.
_MOST: Final = 10
_GONE: Final = _("This case is not open to you.")
#: Answers that are the story, in the order they are read.
_STORY: Final = (
    "story", "pupils", "place", "named_words", "contact", "contact_phone", "contact_teacher",
    "contact_when",
)  # fmt: skip


@router.word("เรื่องที่รับไว้", "เรื่องที่ดูแล", "my cases", "cases")
def show_all(turn: Turn) -> None:
    """What is open and mine to see, my own first."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if person is None:
        door.ask(turn)
        return
    if not isinstance(person, StaffMember):
        menu.show(turn)
        return
    found = incident_work.open_of(turn.session, person, limit=_MOST)
    if not found:
        said = _("No urgent case is open for you.")
        turn.say(text(turn.t(said), menu.chips(turn, menu.INCIDENT, menu.WORK, menu.MENU)))
        return
    lines: list[Component] = []
    for incident in found:
        label = _line(turn, person, incident)
        tap = postback(label, sign(turn, "inc.case", str(incident.id)), shown=incident.number)
        lines.append(button(tap, style="secondary"))
    title = turn.t(CASES)
    chips = menu.chips(turn, menu.WORK, menu.MENU)
    turn.say(flex(title, bubble(lines, title=title), chips))


@router.button("inc.case")
def open_case(turn: Turn, tapped: Button) -> None:
    """The card; of a restricted case only to who is not related to it (P4)."""
    found = tapped_case(turn, tapped)
    if found is None:
        return
    person, incident = found
    alerts.opened(turn.session, incident, person.staff_id, now=turn.now)
    incident_scope.opened(turn.session, person, incident, now=turn.now)
    turn.say(card(turn, person, incident))


@router.button("inc.read")
def story(turn: Turn, tapped: Button) -> None:
    """What was told, by a tap of its own, and who read it is written down."""
    found = tapped_case(turn, tapped)
    if found is None:
        return
    person, incident = found
    incident_scope.opened(turn.session, person, incident, now=turn.now)
    lines = told(turn, incident)
    chips = [_tap(turn, "inc.case", _("Back to the case"), incident), *menu.chips(turn, menu.MENU)]
    body = "\n\n".join(lines) if lines else turn.t(_("Nothing was told beyond what you see."))
    turn.say(text(drill(turn.t, incident.is_drill, body[:4900]), chips))


def card(turn: Turn, person: StaffMember, incident: Incident) -> Message:
    """Number, status, times, who has it and what is due next. No name, no story."""
    t = turn.t
    works = incident_work.may_work(turn.session, person, incident)
    body = [*_head(turn, incident), separator(), *_times(turn, incident), *_due(turn, incident)]
    title = drill(t, incident.is_drill, t(_("Case %(number)s", number=incident.number)))
    foot = _foot(turn, person, incident, works=works)
    tint = {"colour": RED} if incident.was_late else {}
    chips = [
        _tap(turn, "inc.told", _("Told outside"), incident),
        _tap(turn, "inc.copy", _("Summary to copy"), incident),
        _tap(turn, "inc.number", _("Safety Center no."), incident),
        *menu.chips(turn, menu.WORK, menu.MENU),
    ]
    if works and incident.status in incident_work.TAKEN:
        more = [
            _tap(turn, "inc.task", _("Task"), incident),
            _tap(turn, "inc.team", _("Team"), incident),
            _tap(turn, "inc.meeting", _("Team meeting"), incident),
            fund_offer.action(turn, fund_offer.CASE, incident.id),
        ]
        chips = [*more, *chips]
    if incident.school_id is not None and incident.status is not IncidentStatus.CLOSED:
        chips.insert(0, _tap(turn, "inc.roll", _("Call the roll"), incident))
    return flex(title, bubble(body, title=title, footer=foot, **tint), chips)


def tapped_case(turn: Turn, tapped: Button) -> tuple[StaffMember, Incident] | None:
    """Who taps, and the case, where they may open it; else it is said that it is not open to them.

    A restricted case only once they have said that they are not related to it (P4).
    """
    person = people.who_is(turn.session, turn.account, today=turn.today)
    number = tapped.args[0] if tapped.args else ""
    if isinstance(person, StaffMember) and number.isdecimal():
        incident = incident_work.readable(turn.session, person, int(number))
        if incident is not None:
            if incident_relation.must_be_asked(turn.session, person, incident):
                _ask_related(turn, incident)
                return None
            return person, incident
    refuse(turn)
    return None


def refuse(turn: Turn) -> None:
    """Not theirs, or not there: the same words."""
    turn.say(text(turn.t(_GONE), menu.chips(turn, menu.WORK, menu.MENU)))


def name_of(turn: Turn, staff_id: int | None) -> str:
    """The name of a member of staff, "" for none."""
    staff = turn.session.get(Staff, staff_id) if staff_id is not None else None
    return staff.full_name if staff is not None else ""


@my_work.section(6)
def _mine(turn: Turn, person: StaffMember) -> Sequence[Message]:
    """Cases that somebody has, or is asked to take over or to say yes to the closing of."""
    return [
        _short(turn, person, incident)
        for incident in incident_work.open_of(turn.session, person)
        if person.staff_id in {incident.owner_id, incident.offered_to_id}
        or _waits_for_second(turn, person, incident)
    ][:3]


def _short(turn: Turn, person: StaffMember, incident: Incident) -> Message:
    """One line and a button; nothing of the case itself."""
    t = turn.t
    label = t(_("Open the case"))
    if incident.offered_to_id == person.staff_id:
        said = _("You are asked to take over case %(number)s.", number=incident.number)
    elif incident.owner_id == person.staff_id:
        said = _("Case %(number)s is yours.", number=incident.number)
    else:
        said = _("May case %(number)s be closed?", number=incident.number)
    line = drill(t, incident.is_drill, t(said))
    tap = postback(label, sign(turn, "inc.case", str(incident.id)), shown=label)
    return flex(line, bubble([words(line)], footer=[button(tap)]))


def _waits_for_second(turn: Turn, person: StaffMember, incident: Incident) -> bool:
    """Members are asked; everybody else who may open it can say yes, and is not pressed."""
    asked = incident.closing_asked_by_id
    if asked is None or asked == person.staff_id:
        return False
    return bool(cases.parts_of(turn.session, incident.id, person.staff_id))


def _line(turn: Turn, person: StaffMember, incident: Incident) -> str:
    t = turn.t
    mine = " ★" if incident.owner_id == person.staff_id else ""
    parts = (incident.number + mine, severity_words(t, incident.severity), status(t, incident))
    return drill(t, incident.is_drill, " · ".join(parts))


def _head(turn: Turn, incident: Incident) -> list[Component]:
    t = turn.t
    kind = threats.label(
        turn.session, incident.office_id, incident.threat, incident.threat_version, t.language
    )
    group = t(GROUPS[incident.group]) if incident.group is not None else ""
    school = turn.session.get(School, incident.school_id) if incident.school_id else None
    owner = name_of(turn, incident.owner_id)
    lines = [
        words(status(t, incident), weight="bold", size="md"),
        words(
            " · ".join(part for part in (severity_words(t, incident.severity), group, kind) if part)
        ),
    ]
    if school is not None:
        lines.append(words(t(school_label(school.name)), color=GREY))
    if owner:
        lines.append(words(t(_("Owner: %(name)s", name=owner))))
    if incident.offered_to_id is not None:
        asked = _("Asked to take it over: %(name)s", name=name_of(turn, incident.offered_to_id))
        lines.append(words(t(asked)))
    if incident.closing_asked_by_id is not None:
        asked = _("%(name)s asks to close it", name=name_of(turn, incident.closing_asked_by_id))
        lines.append(words(t(asked)))
    return lines


def _times(turn: Turn, incident: Incident) -> list[Component]:
    t = turn.t
    rows = (
        (_("Reported"), incident.raised_at),
        (_("Taken"), incident.acknowledged_at),
        (_("First help"), incident.first_help_at),
        (_("Closed"), incident.closed_at),
    )
    lines = [
        row([words(t(label), color=GREY, flex=2), words(moment(t, at), flex=3)])
        for label, at in rows
        if at is not None
    ]
    if incident.was_late:
        lines.append(words(t(_("Late")), color=RED, weight="bold"))
    return lines


def _due(turn: Turn, incident: Incident) -> list[Component]:
    """What is due next: to take it, to help, the nearest tasks."""
    t = turn.t
    lines: list[str] = []
    if incident.acknowledged_at is None or incident.status is IncidentStatus.REOPENED:
        lines.append(t(_("To be taken by %(at)s", at=moment(t, incident.ack_due_at))))
    elif incident.first_help_at is None and incident.status is not IncidentStatus.CLOSED:
        lines.append(t(_("To be helped by %(at)s", at=moment(t, incident.action_due_at))))
    for task in incident_work.tasks(turn.session, incident.id)[:3]:
        day = format_date(task.due_on, t.language) if task.due_on else ""
        name = name_of(turn, task.assignee_id)
        lines.append(t(_("Task until %(day)s (%(name)s)", day=day, name=name)))
    team = [one.first_name for one in incident_work.team(turn.session, incident.id)]
    if team:
        lines.append(t(_("Team: %(names)s", names=", ".join(team))))
    if incident.safety_center_number:
        number = incident.safety_center_number
        lines.append(t(_("MOE Safety Center no. %(number)s", number=number)))
    return [separator(), column([words(line) for line in lines], spacing="xs")] if lines else []


def _foot(turn: Turn, person: StaffMember, incident: Incident, *, works: bool) -> list[Component]:
    first: list[tuple[str, Lazy]] = []
    others: list[tuple[str, Lazy]] = [
        ("inc.read", _("What was told")),
        ("inc.history", _("History")),
    ]
    taken = incident.status in incident_work.TAKEN
    if taken and incident.offered_to_id == person.staff_id:
        first += [("inc.takeover", _("Take the case over")), ("inc.cannot", _("I cannot"))]
    elif taken and incident.closing_asked_by_id not in (None, person.staff_id):
        first += [("inc.close_yes", _("Yes, close it")), ("inc.close_no", _("Not yet"))]
    if taken and works:
        first.append(("inc.helped", _("Help was given")))
        others = [
            ("inc.note", _("Note")), ("inc.transfer", _("Assign to another")),
            ("inc.refer", _("Refer")), ("inc.close", _("Ask to close")), *others,
        ]  # fmt: skip
    elif incident.status is IncidentStatus.CLOSED:
        others.append(("inc.reopen", _("Open it again")))
    else:
        others.append(("inc.note", _("Note")))
    if incident.status in OPEN and cases.parts_of(turn.session, incident.id, person.staff_id):
        first.append(("inc.take", _("Take it")))
    made = [button(_tap(turn, action, label, incident)) for action, label in first]
    pairs = [others[at : at + 2] for at in range(0, len(others), 2)]
    return [
        *made,
        *(
            row(
                [
                    button(_tap(turn, action, label, incident), style="secondary")
                    for action, label in pair
                ],
                spacing="sm",
            )
            for pair in pairs
        ),
    ]


def told(turn: Turn, incident: Incident) -> list[str]:
    """What was told, a block for each answer; for those who may open the case."""
    t, answers, lines = turn.t, cases.answers_of(turn.session, incident), []
    for key in _STORY:
        value = answers.get(key)
        if key == "pupils":
            value = ", ".join(_pupils(turn, incident))
        if not value:
            continue
        question = INCIDENT.question(key)
        shown = (
            value
            if key == "pupils"
            else ", ".join(t(part) for part in question.show(value, {"today": turn.today}, answers))
        )
        lines.append(f"{t(question.title)}\n{shown}")
    return lines


def _pupils(turn: Turn, incident: Incident) -> list[str]:
    if incident.has_roll_call:  # a whole school: its own list has them
        return []
    ids = cases.students_of(turn.session, incident)
    rows = turn.session.scalars(select(Student).where(Student.id.in_(ids)).order_by(Student.id))
    return [one.full_name for one in rows]


def _ask_related(turn: Turn, incident: Incident) -> None:
    t = turn.t
    asked = t(
        _(
            "Before it opens: are you a relative of, or in any way involved with, the people in "
            "case %(number)s?",
            number=incident.number,
        )
    )
    number = str(incident.id)
    no, yes = t(_("No, not related")), t(_("Yes, or not sure"))
    foot = [
        button(postback(no, sign(turn, "inc.related", number, "no"), shown=no)),
        button(
            postback(yes, sign(turn, "inc.related", number, "yes"), shown=yes), style="secondary"
        ),
    ]
    turn.say(flex(asked, bubble([words(asked)], footer=foot)))


def _tap(turn: Turn, action: str, label: Lazy, incident: Incident) -> Action:
    return postback(turn.t(label), sign(turn, action, str(incident.id)), shown=turn.t(label))
