"""Saying whose home each gathered item is of: one tap each, or one for all the rest (P21)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from conversation.bringing import take_away
from conversation.options import Option, OptionIndex, Unclear
from core.clock import BANGKOK, local_date
from core.errors import InvalidAnswer
from core.i18n import lazy as _
from core.thai import format_date
from forms.home_visit import HOME_VISIT
from forms.pupils import pupil_options
from handlers import forms, menu
from handlers.buttons import Button, sign
from handlers.router import router
from handlers.sheets import open_sheet
from handlers.turn import Turn
from handlers.visits import home_visit, roadside
from handlers.visits.roadside import described
from handlers.visits.roadside_landing import bring_item, draft_of, voice_words
from handlers.waiting import stop_waiting, wait_for, waiting
from line.messages import Action, Message, bubble, button, flex, postback, text, words
from models.draft import Draft, DraftStatus
from models.queries.students import Enrolled
from models.roadside import RoadsideItem, RoadsideKind
from services import drafts
from services.people import StaffMember
from services.visits import roadside as items
from services.visits import visit_facts, visit_plans

#: Pupils offered as chips under one item; the others are a chip or a typed name away.
OFFERED: Final = 8

_IS: Final = "road.is"
_MORE: Final = "road.more"
_DROP: Final = "road.drop"
_NOTHING: Final = _("Nothing waits without a pupil.")


@router.word("ส่งรูปหลายบ้าน", "ส่งหลายบ้าน", "ส่งรูปบ้าน", "send photos of several homes")
def how_to_send(turn: Turn) -> None:
    """Nothing has to be opened for a burst: say so to who looks for the button."""
    if roadside.teacher(turn) is None:
        menu.show(turn)
        return
    said = _(
        "Just send what there is: photos, pins, voice, a few lines, of one home after the other, "
        "in any order. Then tap “Whose home?”."
    )
    turn.say(text(turn.t(said), menu.chips(turn, menu.PLAN, menu.OUT, menu.MENU)))


@router.word("ของบ้านใคร", "ยังไม่ระบุนักเรียน", "whose home")
def start(turn: Turn) -> None:
    """Ask about the first item that waits."""
    _ask(turn)


@router.button(roadside.WHOSE)
def start_by_button(turn: Turn, _button: Button) -> None:
    forms.put_aside(turn)
    _ask(turn)


@router.button(_MORE)
def more_names(turn: Turn, button: Button) -> None:
    page = button.args[0] if button.args else ""
    _ask(turn, page=int(page) if page.isdecimal() else 0)


@router.button(_IS)
def assign_one(turn: Turn, button: Button) -> None:
    """This item is of this pupil's home."""
    person, pupil = _pupil(turn, button.args[-1] if button.args else "")
    item = items.find(turn.session, turn.account, int(button.args[0])) if pupil else None
    if person is None or pupil is None:
        menu.show(turn)
    elif item is None:
        _ask(turn)  # assigned already: the next one
    else:
        _assign(turn, person, pupil, [item])


@router.button(roadside.REST)
def assign_rest(turn: Turn, button: Button) -> None:
    """All that still waits is of this pupil's home."""
    person, pupil = _pupil(turn, button.args[0] if button.args else "")
    if person is None or pupil is None:
        menu.show(turn)
    else:
        _assign(turn, person, pupil, items.waiting(turn.session, turn.account))


@router.button(_DROP)
def ask_whether_to_drop(turn: Turn, button: Button) -> None:
    """Throwing away asks first."""
    keep, away = turn.t(_("No, keep it")), turn.t(_("Yes, throw it away"))
    actions = [
        postback(keep, sign(turn, roadside.WHOSE), shown=keep),
        postback(away, sign(turn, f"{_DROP}.yes", *button.args), shown=away),
    ]
    turn.say(text(turn.t(_("Throw this one away?")), actions))


@router.button(f"{_DROP}.yes")
def drop(turn: Turn, button: Button) -> None:
    item = items.find(turn.session, turn.account, int(button.args[0])) if button.args else None
    if item is not None:
        items.drop(turn.session, item, now=turn.now)
        turn.session.flush()
    _ask(turn)


@router.button(roadside.KEEP_LINE)
def keep_line(turn: Turn, _button: Button) -> None:
    """A line that was only heard is a note of a visit."""
    items.adopt(turn.session, turn.account, now=turn.now)
    turn.session.flush()
    _ask(turn)


@router.answer(roadside.WHOSE)
def type_name(turn: Turn, said: str) -> None:
    """A part of a name instead of a tap; what is no name is one more line."""
    if not turn.may_answer and roadside.takes(turn):
        return  # it was sent before the question was seen, so it is a line of the same burst
    person = roadside.teacher(turn)
    held = waiting(turn)
    item = items.find(turn.session, turn.account, held[1]["item"]) if held else None
    if person is None or item is None:
        stop_waiting(turn)
        if not roadside.takes(turn):
            menu.not_understood(turn)
        return
    options = pupil_options([home_visit.as_choice(one) for one in _in_order(turn, person)])
    try:
        found = OptionIndex(options).find("student", said, searchable=True)
    except Unclear as unclear:
        turn.say(_question(turn, item, unclear.choices, []))
        return
    if found is not None:
        _who, pupil = _pupil(turn, found.code)
        if pupil is not None:
            _assign(turn, person, pupil, [item])
            return
    turn.say(text(turn.t(_("No pupil of yours is called that."))))
    _ask(turn)


def take_back(turn: Turn, message_id: str) -> None:
    """The sender unsent a message: it goes from here, and out of a report that is not sent yet.

    Photos leave a report with their own row (`handlers.photos`).
    """
    found = items.withdraw(turn.session, channel_id=turn.account.channel_id, message_id=message_id)
    row = turn.session.get(Draft, found[0].draft_id) if found and found[0].draft_id else None
    if found is None or row is None or row.answers is None:
        return
    item, content = found
    sheet = open_sheet(turn, row)
    if item.kind is RoadsideKind.PLACE:
        pin = {name: each for name, each in content.items() if each is not None}
        sheet.keep(take_away(sheet.draft, "place", pin))
    elif item.kind is RoadsideKind.LINE:
        sheet.keep(take_away(sheet.draft, "note", str(content["text"]).strip()))
    elif item.kind is RoadsideKind.VOICE:
        sheet.keep(take_away(sheet.draft, "note", voice_words(turn, item)))


# Asking.


def _ask(turn: Turn, *, page: int = 0, last: Enrolled | None = None) -> None:
    """Ask whose home the first waiting item is of; `last` is the pupil named a moment ago."""
    person = roadside.teacher(turn)
    waiting_now = items.waiting(turn.session, turn.account)
    if person is None or not waiting_now:
        stop_waiting(turn)
        turn.say(text(turn.t(_NOTHING), menu.chips(turn, menu.WORK, menu.MENU)))
        return
    pupils = _in_order(turn, person)
    if last is not None:
        pupils = [last, *(one for one in pupils if one.student.id != last.student.id)]
    options = pupil_options([home_visit.as_choice(one) for one in pupils])
    order = {str(one.student.id): place for place, one in enumerate(pupils)}
    options.sort(key=lambda option: order[option.code])
    shown = options[page * OFFERED : (page + 1) * OFFERED] or options[:OFFERED]
    item = waiting_now[0]
    others: list[Action] = []
    if len(waiting_now) > 1:
        first = shown[0]
        rest = turn.t(_("All the rest: %(name)s", name=first.label))
        others.append(postback(rest, sign(turn, roadside.REST, first.code), shown=rest))
    if len(options) > OFFERED:
        label, following = turn.t(_("Other names")), page + 1
        following = following if following * OFFERED < len(options) else 0
        others.append(postback(label, sign(turn, _MORE, str(following)), shown=label))
    away, later = turn.t(_("Throw this away")), turn.t(menu.WORK)
    others.append(postback(away, sign(turn, _DROP, str(item.id)), shown=away))
    others.append({"type": "message", "label": later, "text": later})
    wait_for(turn, roadside.WHOSE, item=item.id)
    turn.say(_question(turn, item, shown, others, left=len(waiting_now)))


def _question(
    turn: Turn,
    item: RoadsideItem,
    shown: Sequence[Option],
    others: Sequence[Action],
    *,
    left: int = 1,
) -> Message:
    """The item, quoted from the person's own chat where LINE can, and the pupils under it."""
    sent = item.happened_at.astimezone(BANGKOK)
    asked = _(
        "%(what)s, sent at %(time)s on %(date)s. Whose home is it of? (%(left)s left)",
        what=described(turn, item),
        time=f"{sent:%H:%M}",
        date=format_date(local_date(item.happened_at), turn.t.language),
        left=left,
    )
    chips = [
        postback(
            turn.t(option.label),
            sign(turn, _IS, str(item.id), option.code),
            shown=turn.t(option.label),
        )
        for option in shown
    ]
    message = text(turn.t(asked), [*chips, *others])
    if item.quote_token:
        message["quoteToken"] = item.quote_token
    return message


def _in_order(turn: Turn, person: StaffMember) -> list[Enrolled]:
    """The pupils who come next: those planned for today, then those not visited, then the rest."""
    pupils = visit_facts.pupils(turn.session, person, today=turn.today)
    plan = visit_plans.my_plan(turn.session, person, today=turn.today)
    homes = plan.on(turn.today) if plan is not None else ()
    today = {pupil.student.id: place for place, home in enumerate(homes) for pupil in home.pupils}
    return sorted(
        pupils,
        key=lambda one: (one.outcome is not None, today.get(one.student.id, len(today))),
    )


# Landing in a draft.


def _assign(
    turn: Turn, person: StaffMember, pupil: Enrolled, chosen: Sequence[RoadsideItem]
) -> None:
    row = draft_of(turn, person, pupil, chosen)
    refused: dict[str, None] = {}
    for item in chosen:
        try:
            bring_item(turn, row, item)
        except InvalidAnswer as full:
            refused[turn.t(full.hint)] = None
            continue
        items.assign(turn.session, item, row, now=turn.now)
    turn.session.flush()
    if refused:
        turn.say(text("\n".join(refused)))
    if items.waiting(turn.session, turn.account):
        _ask(turn, last=pupil)
    else:
        stop_waiting(turn)
        turn.say(_all_assigned(turn, person))


def _all_assigned(turn: Turn, person: StaffMember) -> Message:
    """Everything has its pupil; a tap goes on with each report that was begun."""
    title = turn.t(_("Everything has its pupil"))
    foot = []
    for row in drafts.parked(turn.session, turn.account)[:8]:
        if row.form_id != HOME_VISIT.id or row.status is not DraftStatus.PARKED:
            continue
        student = drafts.load(turn.session, row).answers.get("student")
        _who, pupil = _pupil(turn, str(student or ""))
        if pupil is None:
            continue
        name = f"{pupil.student.first_name} {pupil.class_name}"
        label = turn.t(_("Go on: %(what)s", what=name))
        foot.append(button(forms.resume_button(turn, row, label), style="secondary"))
    said = _("Photos, pins and notes lie in the reports. Fill in the rest whenever it suits you.")
    chips = menu.chips(turn, menu.WORK, menu.MENU)
    return flex(title, bubble([words(turn.t(said))], title=title, footer=foot), chips)


def _pupil(turn: Turn, student_id: str) -> tuple[StaffMember | None, Enrolled | None]:
    person = roadside.teacher(turn)
    if person is None or not student_id.isdecimal():
        return person, None
    return person, visit_facts.pupil(turn.session, person, int(student_id), today=turn.today)
