"""Everything that can be printed, by name. A new kind is a module of its own and a line here."""

from typing import Final

from documents.papers.case_files import PICTURES
from documents.papers.case_files import VOICE as CASE_VOICE
from documents.papers.eef import COPY, FORM
from documents.papers.fund_audit import (
    PAID_MEMO,
    PAID_PROOF,
    PAID_SUBSTITUTE,
    PAID_VOUCHER,
)
from documents.papers.fund_books import GIFTS, PAYMENTS, REGISTER, TABLE, YEAR
from documents.papers.fund_gifts import NOTED, THANKS
from documents.papers.fund_memos import MEMO
from documents.papers.fund_payments import SUBSTITUTE, VOUCHER
from documents.papers.fund_reports import BANK, SCHOLARSHIPS
from documents.papers.incident_figures import INCIDENT_FIGURES, INCIDENT_FIGURES_TABLE
from documents.papers.kinds import Paper
from documents.papers.letters import LETTERS
from documents.papers.memos import LEAVE, NAMES, REPORT
from documents.papers.posters import DOOR
from documents.papers.referral import REFERRAL
from documents.papers.summary import SUMMARY, SUMMARY_OF_CLASS, SUMMARY_TABLE
from documents.papers.visit_forms import FORMS
from documents.papers.visits import VISITS
from documents.papers.voices import VOICE

#: In the order they are offered: before the visits, on the road, after.
PAPERS: Final[dict[str, Paper]] = {
    paper.name: paper
    for paper in (
        LETTERS,
        LEAVE,
        NAMES,
        FORMS,
        VISITS,
        FORM,
        COPY,
        REPORT,
        SUMMARY_OF_CLASS,
        SUMMARY,
        SUMMARY_TABLE,
        DOOR,
        REFERRAL,
        PICTURES,
        CASE_VOICE,
        INCIDENT_FIGURES,
        INCIDENT_FIGURES_TABLE,
        REGISTER,
        YEAR,
        PAYMENTS,
        GIFTS,
        BANK,
        TABLE,
        SCHOLARSHIPS,
        THANKS,
        NOTED,
        MEMO,
        VOUCHER,
        SUBSTITUTE,
        PAID_VOUCHER,
        PAID_SUBSTITUTE,
        PAID_MEMO,
        PAID_PROOF,
        VOICE,
    )
}
