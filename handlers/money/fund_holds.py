"""What keeps a payment waiting: a name that differs (P39), and the memo to be signed (P36)."""

from __future__ import annotations

from core.errors import NotYours
from core.i18n import lazy as _
from forms.fund_paying import FUND_LOOK, FUND_SCAN
from handlers import forms
from handlers.buttons import Button
from handlers.forms import Sheet, finishes, open_form
from handlers.money import fund_words
from handlers.money.fund_paying import card, chips, may_pay, mine, photo, say_moved_on
from handlers.router import router
from handlers.turn import Turn
from handlers.visits import own_reports
from line.messages import text
from models.fund_request import FundRequest
from services.money import payments
from services.money.payments import NothingToPay


@router.button("fund.look")
def ask_finding(turn: Turn, tapped: Button) -> None:
    """Ask what was found out about a payment that is held."""
    found = mine(turn, tapped)
    forms.put_aside(turn)
    if found is not None:
        open_form(turn, FUND_LOOK, subject={"request": found[2].id})


@finishes(FUND_LOOK.id)
def lift(turn: Turn, sheet: Sheet) -> None:
    """The hold is lifted, with what was found."""
    request_id = int((sheet.row.subject or {}).get("request", 0))
    person = own_reports.staff(turn)
    try:
        if person is None:
            raise NotYours
        request = payments.lift_hold(
            turn.session, person, request_id, reason=sheet.values()["found"], now=turn.now
        )
    except (NothingToPay, NotYours):
        say_moved_on(turn)
        return
    turn.say(text(turn.t(_("Noted: it may be paid.")), chips(turn)), carry=True)
    if person.staff_id in fund_words.holders_of(turn, request):
        turn.say(card(turn, request))


@router.button("fund.scan")
def ask_scan(turn: Turn, tapped: Button) -> None:
    """Ask for the photo of the signed memo (P36)."""
    person = own_reports.staff(turn)
    request = turn.session.get(FundRequest, int(tapped.args[0])) if tapped.args else None
    forms.put_aside(turn)
    if person is None or request is None or not may_pay(turn, person, request):
        say_moved_on(turn)
        return
    open_form(turn, FUND_SCAN, subject={"request": request.id})


@finishes(FUND_SCAN.id)
def attach(turn: Turn, sheet: Sheet) -> None:
    """Keep the signed memo with the request."""
    request_id = int((sheet.row.subject or {}).get("request", 0))
    person, media_id = own_reports.staff(turn), photo(sheet.values().get("scan"))
    request = turn.session.get(FundRequest, request_id)
    if person is None or request is None or not may_pay(turn, person, request):
        say_moved_on(turn)
        return
    payments.attach_scan(turn.session, person, request.id, media_id or 0, now=turn.now)
    turn.say(text(turn.t(_("The signed memo is attached.")), chips(turn)), carry=True)
