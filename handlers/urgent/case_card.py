"""The card of a case: number, status, times, what is due, what can be done. No name, no story."""

from __future__ import annotations

from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import format_date
from handlers import fund_offer, menu
from handlers.buttons import sign
from handlers.incident_words import GROUPS, drill, severity_words
from handlers.turn import Turn
from handlers.urgent.case_words import moment, status
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
    words,
)
from models.incident import OPEN, Incident, IncidentStatus
from models.office import School
from models.staff import Staff
from services.people import StaffMember, school_label
from services.urgent import (
    case_evidence,
    cases,
    incident_kind,
    incident_scope,
    incident_work,
    referrals,
    threats,
)


def card(turn: Turn, person: StaffMember, incident: Incident) -> Message:
    """Number, status, times, who has it and what is due next. No name, no story.

    Of a restricted case, that it was seen is written down.
    """
    t = turn.t
    incident_scope.opened(turn.session, person, incident, now=turn.now)
    works = incident_work.may_work(turn.session, person, incident)
    body = [*_head(turn, incident), separator(), *_times(turn, incident), *_due(turn, incident)]
    title = drill(t, incident.is_drill, t(_("Case %(number)s", number=incident.number)))
    foot = _foot(turn, person, incident, works=works)
    tint = {"colour": RED} if incident.was_late else {}
    chips = [
        tap(turn, "inc.told", _("Told outside"), incident),
        tap(turn, "inc.copy", _("Summary to copy"), incident),
        tap(turn, "inc.number", _("Safety Center no."), incident),
        *menu.chips(turn, menu.WORK, menu.MENU),
    ]
    if works and incident.status in incident_work.TAKEN:
        more = [
            tap(turn, "inc.task", _("Task"), incident),
            tap(turn, "inc.team", _("Team"), incident),
            tap(turn, "inc.meeting", _("Team meeting"), incident),
            fund_offer.action(turn, fund_offer.CASE, incident.id),
        ]
        chips = [*more, *chips]
    if works and incident_kind.is_unknown(incident) and incident.status in incident_work.TAKEN:
        chips.insert(0, tap(turn, "inc.kind", _("Say what kind it is"), incident))
    if case_evidence.waiting(turn.session, person, incident):
        chips.insert(0, tap(turn, "inc.sealed", _("Taken back: decide"), incident))
    if incident.school_id is not None and incident.status is not IncidentStatus.CLOSED:
        chips.insert(0, tap(turn, "inc.roll", _("Call the roll"), incident))
    return flex(title, bubble(body, title=title, footer=foot, **tint), chips)


def name_of(turn: Turn, staff_id: int | None) -> str:
    """The name of a member of staff, "" for none."""
    staff = turn.session.get(Staff, staff_id) if staff_id is not None else None
    return staff.full_name if staff is not None else ""


def tap(turn: Turn, action: str, label: Lazy, incident: Incident) -> Action:
    return postback(turn.t(label), sign(turn, action, str(incident.id)), shown=turn.t(label))


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
        first += [
            ("inc.close_yes", _("Yes, close it")),
            ("inc.close_no", _("Not to be closed yet")),
        ]
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
    if referrals.of_case(turn.session, incident.id):
        others.append(("inc.referrals", _("Referrals")))
    if incident.status in OPEN and cases.parts_of(turn.session, incident.id, person.staff_id):
        first.append(("inc.take", _("Take it")))
    made = _asked_of(turn, person, incident)
    made += [
        button(tap(turn, action, label, incident), style="secondary" if at else "primary")
        for at, (action, label) in enumerate(first)
    ]
    pairs = [others[at : at + 2] for at in range(0, len(others), 2)]
    return [
        *made,
        *(
            row(
                [
                    button(tap(turn, action, label, incident), style="secondary")
                    for action, label in pair
                ],
                spacing="sm",
            )
            for pair in pairs
        ),
    ]


def _asked_of(turn: Turn, person: StaffMember, incident: Incident) -> list[Component]:
    """The referrals of this case that wait for the person."""
    found = []
    for one in referrals.of_staff(turn.session, person.staff_id):
        if one.incident_id == incident.id:
            label = turn.t(_("Referral to you: %(number)s", number=one.number))
            data = sign(turn, "ref.open", str(one.id))
            found.append(button(postback(label, data, shown=label)))
    return found[:2]
