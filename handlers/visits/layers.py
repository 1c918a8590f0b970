"""The further layers of a visit (P18): opened, sent, and named in งานของฉัน while they are owed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from conversation.carrying import by_path
from conversation.facts import Facts
from conversation.form import Form
from core.errors import InvalidAnswer
from core.i18n import lazy as _
from core.i18n import nlazy
from forms import FORMS
from handlers import forms, menu, my_work, papers
from handlers.buttons import Button
from handlers.forms import Sheet, context_for, finishes, open_form
from handlers.layer_offers import ACTION, GO_ON, NAMES, layer_button
from handlers.router import router
from handlers.turn import Turn
from line.messages import (
    GREEN,
    GREY,
    Component,
    Message,
    bubble,
    button,
    column,
    flex,
    row,
    separator,
    text,
    words,
)
from models.queries.students import Enrolled
from services import drafts, people
from services.people import StaffMember
from services.visits import visit_known, visit_parts
from services.visits.visit_parts import EEF, OBEC, PartReceipt

#: Pupils on a card of งานของฉัน.
_ROWS: Final = 8
#: Who the lists do not name, and whose income a person is within กสศ.'s limit.
_ALSO: Final = _("The income a person is not above 3,000 baht a month: กสศ. takes a screening.")
_NOT_YOURS: Final = _("This report cannot be completed here. It may belong to another class now.")


@router.button(ACTION)
def start(turn: Turn, tapped: Button) -> None:
    """Open a layer of a report: go on with its draft, correct what was sent, or begin."""
    person = _teacher(turn)
    form_id, report_id = (*tapped.args, "", "")[:2]
    if person is None or form_id not in visit_parts.LAYERS or not report_id.isdecimal():
        menu.show(turn)
        return
    found = visit_parts.report_of(turn.session, person, int(report_id), today=turn.today)
    forms.put_aside(turn)
    if found is None:
        turn.say(text(turn.t(_NOT_YOURS), menu.chips(turn, menu.WORK, menu.MENU)))
        return
    report, _pupil = found
    subject = {"report": report.id}
    for draft in drafts.parked(turn.session, turn.account):
        if draft.form_id == form_id and draft.subject == subject:
            forms.resume(turn, draft)
            return
    form = FORMS[form_id]
    sent = visit_parts.stored(turn.session, report, form_id)
    open_form(turn, form, _sent_answers(turn, form, subject, sent), subject=subject)


def _sent_answers(
    turn: Turn, form: Form, subject: Mapping[str, Any], sent: visit_parts.Stored | None
) -> dict[str, Any]:
    """What was sent before, as far as the form still asks it; what was skipped stays skipped."""
    if sent is None:
        return {}
    answers = {
        path: value
        for path, value in by_path(form, sent.answers).items()
        if (slot := form.slot(path)) is not None and (value is None or slot.question.fits(value))
    }
    facts = _facts(turn, subject, form.id)
    skipped = [
        slot.path
        for slot in form.applicable(answers, facts)
        if slot.path not in answers and slot.is_optional(answers, facts)
    ]
    return answers | dict.fromkeys(skipped)


def _facts(turn: Turn, subject: Mapping[str, Any], form_id: str) -> Facts:
    return visit_known.facts_of(
        turn.session, _teacher(turn), int(subject.get("report", 0)), form_id, today=turn.today
    )


@context_for(OBEC)
def obec_facts(turn: Turn, subject: Mapping[str, Any]) -> Mapping[str, Any]:
    return _facts(turn, subject, OBEC)


@context_for(EEF)
def eef_facts(turn: Turn, subject: Mapping[str, Any]) -> Mapping[str, Any]:
    return _facts(turn, subject, EEF)


@finishes(OBEC)
def send_obec(turn: Turn, sheet: Sheet) -> None:
    _send(turn, sheet)


@finishes(EEF)
def send_eef(turn: Turn, sheet: Sheet) -> None:
    _send(turn, sheet)


def _send(turn: Turn, sheet: Sheet) -> None:
    """Keep the layer and say its receipt, which reaches the person whatever happens."""
    person, receipt = _teacher(turn), None
    if person is not None:
        receipt = visit_parts.submit(
            turn.session,
            person,
            sheet.row,
            sheet.values(),
            sent_at=min(turn.event.happened_at, turn.now),
            received_at=turn.now,
            today=turn.today,
            source_event_id=turn.event_id,
        )
    if receipt is None:
        raise InvalidAnswer("", _NOT_YOURS)
    turn.say(_receipt(turn, sheet, receipt), carry=True)


def _receipt(turn: Turn, sheet: Sheet, receipt: PartReceipt) -> Message:
    t, name = turn.t, NAMES[receipt.form_id]
    title = t(_("%(part)s received", part=name))
    pupil = receipt.pupil
    body: list[Component] = [
        words(t(_("Report %(number)s", number=receipt.number)), weight="bold", color=GREEN),
        words(f"{pupil.student.full_name} · {pupil.class_name}"),
    ]
    totals = list(_totals(turn, sheet, receipt))
    body += [separator(margin="lg"), *totals] if totals else []
    if receipt.siblings:
        names = ", ".join(one.student.first_name for one in receipt.siblings)
        said = _(
            "The answers about the home are known for %(names)s too; only their own questions are "
            "left, under “My work”.",
            names=names,
        )
        body.append(words(t(said), size="xs", color=GREY))
    report_id = int((sheet.row.subject or {})["report"])
    footer = [
        button(layer_button(turn, layer, report_id, GO_ON[layer])) for layer in receipt.left[:1]
    ]
    if receipt.also is not None:
        body.append(words(t(_ALSO), size="xs", color=GREY))
        tap = layer_button(turn, receipt.also, report_id, _("Screen for กสศ. too"))
        footer.append(button(tap, style="secondary"))
    footer += _paper(turn, pupil)
    chips = menu.chips(turn, menu.VISIT, menu.WORK, menu.MENU)
    alt = t(_("%(part)s received, report %(number)s", part=name, number=receipt.number))
    return flex(alt, bubble(body, title=title, footer=footer), chips)


def _paper(turn: Turn, pupil: Enrolled) -> list[Component]:
    """The official paper with what is new on it (P23)."""
    tap = papers.record_button(turn, pupil)
    return [button(tap, style="secondary")] if tap is not None else []


def _totals(turn: Turn, sheet: Sheet, receipt: PartReceipt) -> Iterator[Component]:
    """What is calculated, with its rule."""
    for total in sheet.form.totals:
        shown = total.find(receipt.answers, sheet.facts)
        if shown is not None:
            yield words(turn.t(total.label), size="xs", color=GREY)
            yield from (words(turn.t(part)) for part in shown)


@my_work.section(65)
def owed_cards(turn: Turn, person: StaffMember) -> Sequence[Message]:
    """The visited pupils whose further layers are open; a tap begins the first of them."""
    owed = visit_parts.owed(turn.session, person, today=turn.today)
    begun = {
        (draft.form_id, (draft.subject or {}).get("report"))
        for draft in drafts.parked(turn.session, turn.account)
    }
    waiting = [
        (each, layers)
        for each in owed
        if (layers := [one for one in each.layers if (one, each.report.id) not in begun])
    ]
    title = turn.t(
        nlazy("%(count)s visit to be completed", "%(count)s visits to be completed", len(waiting))
    )
    cards = []
    for at in range(0, len(waiting), _ROWS):
        body: list[Component] = []
        for each, layers in waiting[at : at + _ROWS]:
            body += [separator(), _row(turn, each, layers)]
        cards.append(flex(title, bubble(body[1:], title=title)))
    return cards


def _row(turn: Turn, owed: visit_parts.Owed, layers: Sequence[str]) -> Component:
    t = turn.t
    name = f"{owed.pupil.student.first_name} {owed.pupil.class_name}"
    open_ = ", ".join(t(NAMES[layer]) for layer in layers)
    action = layer_button(turn, layers[0], owed.report.id, _("Complete %(name)s", name=name))
    left = t(_("open: %(parts)s", parts=open_))
    about = column(
        [words(name, weight="bold"), words(left, size="xs", color=GREY)], flex=3, spacing="none"
    )
    go_on = words(f"{t(_('Go on'))} ›", color=GREEN, flex=1, align="end", gravity="center")
    return row([about, go_on], spacing="sm", action=action)


def _teacher(turn: Turn) -> StaffMember | None:
    person = people.who_is(turn.session, turn.account, today=turn.today)
    return person if isinstance(person, StaffMember) else None
