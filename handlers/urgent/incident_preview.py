"""What is said before a report of an urgent case is sent: who will see what (P11)."""

from __future__ import annotations

from core.i18n import Lazy
from core.i18n import lazy as _
from forms.incident import ON_PAGE
from forms.incident_codes import RESTRICTED, Telling, Who
from handlers.incident_words import NOBODY_OUTSIDE, drill
from handlers.notices import Facts, says
from handlers.sheets import Sheet
from handlers.turn import Turn
from line.messages import Message, link, text
from models.incident import RESTRICTED as RESTRICTED_GROUPS
from models.incident import Incident
from services import form_pages, notices
from services.urgent import abandoned_reports, incident_reports, outside


def say(sheet: Sheet) -> None:
    """Who will see what stands below, before it is sent."""
    turn, t = sheet.turn, sheet.turn.t
    values = incident_reports.values_of(turn.session, turn.account, sheet.draft, today=turn.today)
    report = incident_reports.report_of(
        turn.session, turn.account, sheet.row, values, today=turn.today
    )
    hidden = report.group is None or report.group in RESTRICTED_GROUPS
    lines = [t(_("Before sending: whoever opens the report sees exactly what stands below."))]
    if report.outside_only:
        named = outside.receiver(turn.session, turn.account.office_id) is not None
        lines.append(t(_OUTSIDE if named else NOBODY_OUTSIDE))
    elif report.district_only:
        lines.append(t(_DISTRICT))
    elif hidden:
        lines.append(t(_NAMED_ONLY))
    else:
        lines.append(t(_OPEN))
    on_page = _is_on_page(sheet)
    if on_page:
        lines.append(t(_PAGE))
    lines.append(t(_YOUR_NAME if sheet.facts["who"] == Who.STAFF else _NO_NAME))
    lines.append(t(_UNMASKS))
    said = drill(t, report.is_drill, "\n\n".join(lines))
    turn.say(text(said))
    if on_page and turn.public_url:
        turn.say(_page_link(sheet))


_OUTSIDE = _(
    "It is about somebody at the area office: it goes to the receiver outside of the office, and "
    "nobody on the office's chain can open it."
)
_DISTRICT = _(
    "Only those on duty at the area office can open it. Nobody at the school can see that it "
    "exists."
)
_NAMED_ONLY = _(
    "Only the people who are alerted to it can open it, and every reading is written down. The "
    "alert itself shows a number and the urgency, nothing else."
)
_OPEN = _("Those on duty, the head of the school and the area office can open it.")
_PAGE = _("What you wrote on the page belongs to it and does not stand in this chat.")
_YOUR_NAME = _("Your name stands on it as the reporter.")
_NO_NAME = _("Your name is not on it: we do not know it unless you wrote it.")
_UNMASKS = _(
    "In a small school a small detail tells who spoke. Leave out what only you can know, or "
    "change it with the buttons below."
)


def _is_on_page(sheet: Sheet) -> bool:
    answers = sheet.draft.answers
    return (
        bool(sheet.facts["page"])
        and answers.get("group") in RESTRICTED
        and answers.get("telling") != Telling.CHAT
    )


def _page_link(sheet: Sheet) -> Message:
    """To read once more what stands on the page."""
    turn, t = sheet.turn, sheet.turn.t
    path = form_pages.issue(turn.session, turn.account, sheet.row, now=turn.now, only=ON_PAGE)
    label = t(_("Read what I wrote"))
    return {
        "type": "template",
        "altText": label,
        "template": {
            "type": "buttons",
            "text": t(_("The page, once more")),
            "actions": [link(label, turn.public_url + path)],
        },
    }


# What the clock did.


def raised_by_clock(incident: Incident) -> Lazy:
    """To a reporter who had stopped in the middle."""
    return _(
        "Your report was begun and not sent, so what you had told was passed on to those on duty: "
        "no. %(number)s. What you add belongs to it.",
        number=incident.number,
    )


@says(abandoned_reports.RAISED)
def _notice(turn: Turn, facts: Facts) -> Message | None:
    incident = turn.session.get(Incident, facts["incident"])
    if incident is None:
        return None
    return text(drill(turn.t, incident.is_drill, turn.t(raised_by_clock(incident))))


def forget_notice(turn: Turn, incident: Incident) -> bool:
    """Whether the notice still waited to be said; it is taken as said."""
    if not turn.has_notices:
        return False
    waiting = notices.of_kind(turn.session, turn.account, abandoned_reports.RAISED)
    found = [row for row, facts in waiting if facts["incident"] == incident.id]
    unsaid = [row for row in found if row.said_at is None]
    for row in unsaid:
        row.said_at = turn.now
    return bool(unsaid)
