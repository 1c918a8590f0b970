"""What is asked. Every form is a value; nothing here knows the database, LINE or the clock."""

from typing import Final

from conversation.form import Form
from forms.casework import CASEWORK
from forms.delegation import DELEGATION
from forms.eef_screening import EEF_SCREENING
from forms.fund_books import CORRECTION, ENTRY, GIFT, IN_KIND, PLEDGE, RECEIPT
from forms.fund_paying import FUND_BACK, FUND_LOOK, FUND_PAYING, FUND_SCAN, FUND_USE
from forms.fund_request import FUND_REQUEST
from forms.fund_scholarship import SCHOLARSHIP
from forms.fund_word import FUND_WORD
from forms.home_visit import HOME_VISIT
from forms.home_visit_obec import HOME_VISIT_OBEC
from forms.incident import INCIDENT
from forms.out_of_school import OUT_OF_SCHOOL
from forms.returning import RETURNING
from forms.road_day import ROAD_DAY
from forms.school_summary import SCHOOL_SUMMARY
from forms.visit_plan import VISIT_PLAN

#: Every form, by id.
FORMS: Final[dict[str, Form]] = {
    form.id: form
    for form in (
        HOME_VISIT,
        FUND_REQUEST,
        FUND_WORD,
        GIFT,
        ENTRY,
        CORRECTION,
        IN_KIND,
        PLEDGE,
        RECEIPT,
        SCHOLARSHIP,
        FUND_PAYING,
        FUND_LOOK,
        FUND_SCAN,
        FUND_USE,
        FUND_BACK,
        HOME_VISIT_OBEC,
        EEF_SCREENING,
        ROAD_DAY,
        VISIT_PLAN,
        SCHOOL_SUMMARY,
        DELEGATION,
        OUT_OF_SCHOOL,
        RETURNING,
        INCIDENT,
        *CASEWORK,
    )
}
