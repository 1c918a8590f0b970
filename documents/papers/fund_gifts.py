"""For the giver: ใบอนุโมทนา and ใบรับแจ้ง of one gift (P37). Neither is an official receipt."""

from __future__ import annotations

from typing import Any, Final

from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import amount_in_words, format_date
from documents.papers.fund_words import format_full
from documents.papers.heads import signature
from documents.papers.kinds import Collected, Job, Paper, Reach
from models.fund import Donation, Fund
from models.office import Office
from services.money import donations, funds


def _thanks(job: Job) -> Collected | None:
    body = _("has kindly given to “%(fund)s” to help pupils in need")
    wish = _(
        "May the merit of this gift bring the giver and the giver's family health, happiness and "
        "success."
    )
    return _collect(job, _TITLE_THANKS, body, wish)


def _noted(job: Job) -> Collected | None:
    body = _("has told the office of a gift to “%(fund)s”")
    note = _("The gift stands in the books of the fund under the number above.")
    return _collect(job, _TITLE_NOTED, body, note)


def _collect(job: Job, title: Lazy, body: Lazy, close: Lazy) -> Collected | None:
    gift = job.session.get(Donation, job.order.item or 0)
    if gift is None or gift.office_id != job.scope.office_id:
        return None
    if donations.is_taken_back(job.session, gift.id):
        return None
    t = job.t
    fund = job.session.get_one(Fund, gift.fund_id)
    donor = {} if job.masked else donations.donor_of(job.session, gift)
    return Collected(
        {
            "template": "gift",
            "title": t(title),
            "language": t.language,
            "office": job.session.get_one(Office, gift.office_id).name,
            "number": t(_("No. %(number)s", number=gift.number)),
            "name": donor.get("name") or t(_("A giver who stays unnamed")),
            "address": donor.get("address") or "",
            "body": t(body % {"fund": funds.label(fund.names, t.language)}),
            "amount": t(_("%(amount)s baht", amount=format_full(gift.satang))),
            "in_words": f"({amount_in_words(gift.satang)})",
            "day": t(_("on %(day)s", day=format_date(gift.given_on, t.language, "long"))),
            "close": t(close),
            "receipt": _receipt(job, gift),
            "signed": [
                signature("", position=t(role)) for role in (_("finance"), _("head of the office"))
            ],
            "words": {"signed": t(_("Signed")), "signed_on": t(_("Date …… / …… / ……"))},
        },
        1,
    )


def _receipt(job: Job, gift: Donation) -> str:
    if gift.receipt_number is None:
        return job.t(_("This paper is not an official receipt."))
    return job.t(
        _(
            "Official receipt: book %(book)s, number %(number)s.",
            book=gift.receipt_book or "-",
            number=gift.receipt_number,
        )
    )


_TITLE_THANKS: Final = _("Certificate of thanks")
_TITLE_NOTED: Final = _("Note of a gift")
_ALIKE: Final[dict[str, Any]] = {"reach": Reach.BOOKS, "template": "gift", "is_listed": False}

THANKS: Final = Paper(name="gift-thanks", title=_TITLE_THANKS, collect=_thanks, **_ALIKE)
NOTED: Final = Paper(name="gift-noted", title=_TITLE_NOTED, collect=_noted, **_ALIKE)
