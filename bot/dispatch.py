"""From an event to the handler that answers it. The order is the rule (design §2, P1)."""

from __future__ import annotations

from core.i18n import lazy as _
from handlers import (
    census_card,
    coming_in,
    delegating,
    emergency,
    forms,
    groups,
    language,
    menu,
    my_class,
    my_work,
    new_phone,
    notices,
    out_of_school,
    paper_codes,
    papers,
    photos,
    progress_picture,
    progress_share,
    roles,
    school_door,
    taken_out,
    turn_of_year,
)
from handlers.buttons import read as read_button
from handlers.money import (
    fund_asking,
    fund_back,
    fund_balances,
    fund_bank,
    fund_books,
    fund_decisions,
    fund_entries,
    fund_gifts,
    fund_holds,
    fund_news,
    fund_orders,
    fund_paying,
    fund_pledges,
    fund_scholarships,
    fund_summary,
    fund_told,
    fund_work,
    fund_years,
)
from handlers.router import router
from handlers.turn import Turn
from handlers.urgent import (
    alerts,
    case_acts,
    case_evidence,
    case_figures,
    case_history,
    case_kind,
    case_list,
    case_pushes,
    case_referrals,
    case_reporter,
    casework,
    drilling,
    incident_preview,
    incident_receipt,
    incident_report,
    incident_reporter,
    incident_taken_back,
    incident_told,
    outside_case,
    partner_desk,
    roll_call,
    roster_warning,
)
from handlers.visits import (
    better_two,
    correcting,
    earlier_reports,
    handover,
    home_visit,
    layers,
    planned_visit,
    returned_reports,
    returning,
    review_reading,
    reviewing,
    road_day,
    roadside,
    roadside_assign,
    roadside_early,
    school_summary,
    standing_in,
    trips,
    visit_plan,
    visit_plan_home,
    visit_samples,
    without_reviewer,
)
from handlers.waiting import waiting
from line.events import Follow, Photo, Postback, Text, Unfollow, Unsend
from line.messages import text

#: Modules whose words and buttons the router knows once they are imported.
DOORS = (
    fund_balances,
    fund_bank,
    fund_books,
    fund_entries,
    fund_gifts,
    fund_orders,
    fund_pledges,
    fund_scholarships,
    fund_years,
    case_acts,
    case_evidence,
    case_figures,
    case_history,
    case_kind,
    case_list,
    case_pushes,
    case_referrals,
    case_reporter,
    casework,
    drilling,
    partner_desk,
    roll_call,
    census_card,
    out_of_school,
    visit_samples,
    alerts,
    incident_reporter,
    outside_case,
    better_two,
    coming_in,
    emergency,
    handover,
    turn_of_year,
    home_visit,
    incident_preview,
    incident_receipt,
    incident_report,
    incident_told,
    language,
    layers,
    menu,
    my_work,
    new_phone,
    papers,
    planned_visit,
    road_day,
    roadside_assign,
    roles,
    roster_warning,
    school_door,
    school_summary,
    trips,
    visit_plan,
    visit_plan_home,
    progress_picture,
    progress_share,
    correcting,
    delegating,
    my_class,
    returning,
    reviewing,
    standing_in,
    taken_out,
    without_reviewer,
    earlier_reports,
    returned_reports,
    review_reading,
    fund_asking,
    fund_decisions,
    fund_news,
    fund_told,
    fund_paying,
    fund_holds,
    fund_back,
    fund_summary,
    fund_work,
)


def dispatch(turn: Turn) -> None:
    """Answer one event of one person."""
    match turn.event.content:
        case Unfollow():
            turn.account.blocked_at = turn.now
            return
        case Unsend(message_id):
            photos.take_back(turn, message_id)
            roadside_assign.take_back(turn, message_id)
            incident_taken_back.take_back(turn, message_id)
            return
    turn.account.blocked_at = None
    match turn.event.content:
        case Follow():
            coming_in.greet(turn)
        case Text(text=said) if emergency.is_cry(turn, said):
            emergency.show(turn)
        case Text(text=said) if paper_codes.is_code(turn, said):
            paper_codes.open_report(turn, said)
        case Text(text=said):
            _text(turn, said)
        case Postback(data=data):
            _button(turn, data)
        case _:
            _anything(turn)
    if turn.said and (turn.has_notices or turn.draft is None):
        notices.ride_along(turn)


def dispatch_group(turn: Turn) -> None:
    """In a group the bot keeps nothing and points to the private chat (P29)."""
    groups.point_away(turn)


def apologise(turn: Turn) -> None:
    """What a person hears when we failed: nothing is lost, and what to do."""
    turn.say(
        text(
            turn.t(
                _(
                    "Sorry, something went wrong on our side. What you typed before is kept. "
                    "Please try once more in a moment."
                )
            )
        )
    )


def _text(turn: Turn, said: str) -> None:
    word = router.for_word(said)
    if word is None and roadside_early.takes(turn):
        return
    if turn.draft is not None and forms.takes_text(turn, said, is_word=word is not None):
        forms.continue_form(turn)
    elif word is not None:
        if not router.keeps_form(word):
            forms.put_aside(turn)
        word(turn)
    elif turn.draft is not None:
        forms.continue_form(turn)
    elif school_door.try_word(turn, said):
        pass
    elif (open_question := waiting(turn)) is not None and (
        answer := router.for_answer(open_question[0])
    ):
        answer(turn, said)
    elif not (
        partner_desk.try_code(turn, said)
        or coming_in.try_code(turn, said)
        or road_day.try_day(turn, said)
        or roadside.takes(turn)
    ):
        menu.not_understood(turn)


def _button(turn: Turn, data: str) -> None:
    button = read_button(turn, data)
    if button is None:
        forms.old_button(turn)
    elif button.action == forms.ACTION:
        forms.press(turn, button)
    elif (handler := router.for_button(button.action)) is not None:
        handler(turn, button)
    else:
        forms.old_button(turn)


def _anything(turn: Turn) -> None:
    if roadside_early.takes(turn):
        pass
    elif turn.draft is not None:
        forms.continue_form(turn)
    elif roadside.takes(turn):
        pass
    elif isinstance(turn.event.content, Photo):
        photos.outside_a_form(turn, turn.event.content)
    else:
        menu.not_understood(turn)
