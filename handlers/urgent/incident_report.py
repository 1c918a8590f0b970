"""Raising an urgent case by chat: the ways in, and what happens at each answer (P1, P2, P12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from conversation import engine
from conversation.answers import Typed
from conversation.draft import Draft
from conversation.screens import Prompt, Summary
from core.i18n import Lazy
from core.i18n import lazy as _
from forms.incident import ID, INCIDENT, ON_PAGE, WORDS
from forms.incident_codes import RESTRICTED, Now, Telling, Who
from handlers import emergency, forms, menu
from handlers.buttons import Button
from handlers.form_voices import takes_voices_anywhere
from handlers.form_web import page_holds
from handlers.forms import context_for, open_form
from handlers.incident_words import drill, said_of
from handlers.router import router
from handlers.sheets import Leaving, Sheet, leaves, unread, watches, watches_page
from handlers.turn import Turn
from handlers.urgent import incident_preview
from line.events import Text
from line.messages import GREY, bubble, button, flex, link, text, words
from models.draft import Draft as Row
from models.incident import Incident
from services import drafts, form_pages, people
from services.people import StaffMember
from services.urgent import incident_facts, incident_reports, taken_back

#: Characters from which a text that is no answer is taken for a part of the story; more of them
#: where it looked like a choice.
A_SENTENCE: Final = 15
SURELY_A_SENTENCE: Final = 25

#: So long a report that was put aside is the one that is meant.
JUST_LEFT: Final = timedelta(minutes=15)

page_holds(ID, *ON_PAGE)
takes_voices_anywhere(ID)

_TOO_MANY: Final = _(
    "From here several reports came in today, and all of them are kept. Please call one of the "
    "numbers on the card; those who have your reports will look at them."
)


# The ways in.


@router.word("แจ้งเหตุ", "แจ้งเหตุด่วน", "report an incident", "report", "incident")
def start(turn: Turn) -> None:
    """The menu's word."""
    open_report(turn)


@router.button("inc.open")
def start_by_button(turn: Turn, _button: Button) -> None:
    """The emergency card's button: in the middle of anything."""
    if turn.draft is not None and turn.draft.form_id == ID:
        forms.ask_again(turn)
        return
    forms.put_aside(turn)
    open_report(turn)


@router.button("inc.visit")
def start_from_visit(turn: Turn, button: Button) -> None:
    """From a home visit: pupil and school are known."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    number = button.args[0] if button.args else ""
    if not isinstance(person, StaffMember) or not number.isdecimal():
        start_by_button(turn, button)
        return
    visit = incident_facts.visit_of(turn.session, person, int(number), today=turn.today)
    if visit is None:
        start_by_button(turn, button)
        return
    forms.put_aside(turn)
    answers = {"school": str(visit.school_id), "pupils": [str(visit.student_id)]}
    open_report(turn, answers=answers, subject={"home_visit": visit.id})


def open_report(
    turn: Turn,
    *,
    answers: Mapping[str, Any] | None = None,
    subject: Mapping[str, Any] | None = None,
) -> None:
    """Ask the first question. Who has no role sees the card first (P12).

    A report put aside moments ago is gone on with: one matter is one case.
    """
    if subject is None and (row := _just_left(turn)) is not None:
        forms.resume(turn, row)
        return
    who = incident_reports.reporter_of(turn.session, turn.account, today=turn.today).who
    if who is Who.STRANGER:
        emergency.say_card(turn, is_reporting=True)
    if not incident_reports.may_report(turn.session, turn.account, now=turn.now, today=turn.today):
        turn.say(text(turn.t(_TOO_MANY), menu.chips(turn, menu.NUMBERS, menu.MENU)))
        return
    open_form(turn, INCIDENT, answers, subject=subject)


def _just_left(turn: Turn) -> Row | None:
    for row in drafts.parked(turn.session, turn.account):
        if row.form_id == ID and turn.now - row.updated_at < JUST_LEFT:
            return row
    return None


@context_for(ID)
def facts(turn: Turn, _subject: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the form knows, in the chat and on its page."""
    is_page = turn.event.type == "page"
    return incident_facts.facts_of(
        turn.session,
        turn.account,
        today=turn.today,
        at="page" if is_page else "chat",
        has_page=is_page or bool(turn.public_url),
    )


# At each answer.


@watches(ID)
def after_each_answer(sheet: Sheet, before: Draft) -> None:
    """The alert leaves at "danger now", in the transaction that keeps the answer (P2)."""
    _remember_words(sheet, before)
    answers = sheet.draft.answers
    was_answered = answers.get("danger") != before.answers.get("danger")
    if was_answered:
        _fill_in_the_school(sheet)
    incident = incident_reports.of_draft(sheet.turn.session, sheet.row)
    if was_answered and answers["danger"] == Now.YES:
        _alert(sheet, incident)
    elif was_answered and answers["danger"] == Now.UNSURE and not _saw_the_card(sheet):
        emergency.say_card(sheet.turn, is_reporting=True)
    elif incident is not None:
        _keep_case(sheet)
        _say_what_the_clock_did(sheet, incident)
    _say_before_the_next(sheet, before)


@watches_page(ID)
def after_each_save(sheet: Sheet, before: Draft) -> Sequence[str]:
    """What the page brings is in the case at once; "danger now" raises it there as well (P2)."""
    incident = incident_reports.of_draft(sheet.turn.session, sheet.row)
    if incident is not None or sheet.draft.answers.get("danger") == Now.YES:
        _keep_case(sheet)
    return ()


def _remember_words(sheet: Sheet, before: Draft) -> None:
    """Which message brought which words, so that unsending can undo it (P14)."""
    turn, content, draft = sheet.turn, sheet.turn.event.content, sheet.draft
    if not isinstance(content, Text):
        return
    said = content.text.strip()
    for key in WORDS:
        now = draft.gathering.get(key) or draft.answers.get(key)
        was = before.gathering.get(key) or before.answers.get(key)
        if isinstance(now, str) and now != was and said in now:
            taken_back.remember(
                turn.session, turn.account, sheet.row, content.id, said, now=turn.now
            )


def _alert(sheet: Sheet, known: Incident | None) -> None:
    """The card first, and that it was shown is on record (P10)."""
    turn = sheet.turn
    incident = _keep_case(sheet)
    if not _saw_the_card(sheet):
        emergency.say_card(turn, incident_id=incident.id, is_reporting=True)
    if known is None:
        turn.say(text(said_of(turn.t, incident, _alerted(turn, incident))), carry=True)


def _alerted(turn: Turn, incident: Incident) -> Lazy:
    """What is true at this moment: promised, not taken."""
    if incident.alerted_at is None:
        return _(
            "Your report has no. %(number)s, but nobody on duty could be alerted yet. Please call "
            "one of the numbers on the card now.",
            number=incident.number,
        )
    if incident.reporter_staff_id is None:
        return _(
            "Those on duty are being alerted: no. %(number)s. Nobody has taken it yet, so please "
            "call one of the numbers on the card as well. What you tell now is added.",
            number=incident.number,
        )
    return _(
        "Those on duty are being alerted: no. %(number)s. Nobody has taken it yet; you hear as "
        "soon as somebody does. Please call one of the numbers on the card as well. What you tell "
        "now is added.",
        number=incident.number,
    )


def _keep_case(sheet: Sheet) -> Incident:
    turn = sheet.turn
    return incident_reports.raise_or_add(
        turn.session, turn.account, sheet.row, sheet.draft, now=turn.now, today=turn.today,
        source_event_id=turn.event_id or None,  # a page is no event
    )  # fmt: skip


def _saw_the_card(sheet: Sheet) -> bool:
    """Who has no role saw it when the report was opened."""
    return bool(sheet.facts["who"] == Who.STRANGER)


def _fill_in_the_school(sheet: Sheet) -> None:
    """The reporter's own school stands in the answers; the summary changes it."""
    turn, answers = sheet.turn, sheet.draft.answers
    reporter = incident_reports.reporter_of(turn.session, turn.account, today=turn.today)
    if reporter.school_id is not None and "school" not in answers:
        filled = {**answers, "school": str(reporter.school_id)}
        sheet.keep(sheet.draft.changed(answers=filled))


def _say_what_the_clock_did(sheet: Sheet, incident: Incident) -> None:
    """While it lay still, a case was raised from it: said once, in the form as well (P2)."""
    if incident_preview.forget_notice(sheet.turn, incident):
        said = incident_preview.raised_by_clock(incident)
        sheet.turn.say(text(said_of(sheet.turn.t, incident, said)), carry=True)


# Before some questions.


def _say_before_the_next(sheet: Sheet, before: Draft) -> None:
    shown = sheet.look()
    if isinstance(shown, Summary):
        incident_preview.say(sheet)
        return
    was = engine.view(sheet.form, before, sheet.facts)
    if not isinstance(shown, Prompt) or (isinstance(was, Prompt) and was.path == shown.path):
        return
    if shown.path == "telling":
        _give_page(sheet)
    elif shown.path in _TOLD_HERE and _is_told_here(sheet):
        if isinstance(was, Prompt) and was.path in _TOLD_HERE:
            return
        sheet.turn.say(text(_in_drill(sheet, _STAYS_ON_THE_PHONE)))


#: The first questions that bring details.
_TOLD_HERE: Final = ("threat", "story")
_STAYS_ON_THE_PHONE: Final = _(
    "What is typed here stays on this phone and on every phone with this account. Please leave out "
    "names if somebody may look; afterwards press a message long and delete it. Unsending also "
    "removes it from the view of others."
)


def _is_told_here(sheet: Sheet) -> bool:
    answers = sheet.draft.answers
    if answers.get("group") not in RESTRICTED:
        return False
    return not sheet.facts["page"] or answers.get("telling") == Telling.CHAT


def _give_page(sheet: Sheet) -> None:
    """The link to the page on which the story and the names are written (P6)."""
    turn, t = sheet.turn, sheet.turn.t
    path = form_pages.issue(turn.session, turn.account, sheet.row, now=turn.now, only=ON_PAGE)
    title = _in_drill(sheet, _("Tell it on a page"))
    body = [
        words(t(_("On the page you can write what happened and who it is about. It does not stay "
                  "in this chat."))),
        words(
            t(_("The link opens once, on this phone, and for 12 hours.")), size="xs", color=GREY
        ),
    ]  # fmt: skip
    opening = button(link(t(_("Open the page")), turn.public_url + path))
    turn.say(flex(title, bubble(body, title=title, footer=[opening])))


def _in_drill(sheet: Sheet, said: Lazy) -> str:
    t = sheet.turn.t
    return drill(t, bool((sheet.row.subject or {}).get("drill")), t(said))


# What is no answer, and leaving.

_TOLD_SOON: Final = _(
    "It is kept. So that nobody waits in vain, what you told is passed on to those on duty in two "
    "minutes, unless you go on or type “cancel”."
)


@unread(ID)
def keep_words(sheet: Sheet, given: Typed, *, is_close: bool, is_story: bool) -> Lazy | None:
    """A sentence where a tap was expected is a part of the story: nothing typed is lost (P2)."""
    said = given.text.strip()
    least = SURELY_A_SENTENCE if is_close else A_SENTENCE
    if len(said) < least and not is_story and not emergency.is_cry(sheet.turn, said):
        return None
    before = draft = sheet.draft
    kept = draft.answers if draft.answers.get("story") else draft.gathering
    story = "\n".join(part for part in (kept.get("story"), said) if part)
    changed = {**kept, "story": story}
    if kept is draft.answers:
        sheet.keep(draft.changed(answers=changed, page=draft.page))
    else:
        sheet.keep(draft.changed(gathering=changed, page=draft.page))
    _remember_words(sheet, before)
    if incident_reports.of_draft(sheet.turn.session, sheet.row) is not None:
        _keep_case(sheet)
    return _("Your words are kept with the report. Please answer this as well:")


@leaves(ID)
def leave(sheet: Sheet, how: Leaving) -> Lazy | None:
    """An alert that has left stays; and what was told does not lie still for long (P2)."""
    turn = sheet.turn
    if incident_reports.of_draft(turn.session, sheet.row) is None:
        values = incident_reports.values_of(
            turn.session, turn.account, sheet.draft, today=turn.today
        )
        is_told = how is Leaving.PARK and incident_reports.is_urgent(values)
        return _TOLD_SOON if is_told else None
    incident = _keep_case(sheet)
    if how is Leaving.PARK:
        return _(
            "Those on duty were alerted: no. %(number)s. What you told so far is in it; go on "
            "here any time.",
            number=incident.number,
        )
    return _(
        "Those on duty were alerted already, so report no. %(number)s stays, with everything you "
        "told. If it was a mistake, please tell them when they ask.",
        number=incident.number,
    )
