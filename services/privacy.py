"""The privacy notice: read and acknowledged, not "agreed" (P42; PDPA sections 19, 23, 24).

An office works by its public task, so there is nothing to consent to here. A change of meaning is a
new version, and everybody acknowledges that one when they next write.
"""

from __future__ import annotations

from typing import Final

from core.i18n import lazy as _

VERSION: Final = "2569-1"

TITLE: Final = _("How your data and the pupils' data are used")

#: What stands on the card in the chat.
SHORT: Final = (
    _("Doolae belongs to your education area office. It is used to look after pupils."),
    _("What you report is seen only by those whose duty it is: your school and the office."),
    _("We keep your LINE user id and what you send us here. We never sell or publish it."),
    _("You can ask to see or correct your data, or leave, at any time."),
)

#: The whole notice, as the page shows it: heading and text.
FULL: Final = (
    (
        _("Who is responsible"),
        _("The education service area office that invited you. Its address is on your letter."),
    ),
    (
        _("What is kept"),
        _(
            "Your LINE user id, name, role and school; what you report about pupils and their "
            "homes; photos and places you send; times and record numbers. Numbers of the civil "
            "register, phones, stories and answers are kept encrypted."
        ),
    ),
    (
        _("Why, and on what ground"),
        _(
            "To look after pupils, which is the office's public task (Personal Data Protection "
            "Act B.E. 2562, sections 24 and 26). Surveys and publicity photos ask your consent, "
            "which you may take back as easily."
        ),
    ),
    (
        _("Who sees it"),
        _(
            "You, your school and the officers whose duty it is. Every export is recorded. "
            "LINE carries the messages, so the chat shows as little as possible."
        ),
    ),
    (
        _("How long"),
        _(
            "As long as the duty to look after the pupil and the rules on public records ask; "
            "then it is erased, and only counts without names remain."
        ),
    ),
    (
        _("Your rights"),
        _(
            "You may ask the office to see, correct, erase or restrict your data, and complain "
            "to the Personal Data Protection Committee."
        ),
    ),
    (
        _("A child in danger"),
        _(
            "Where a child may be in danger the law asks us to tell those who can help, "
            "whoever else agrees."
        ),
    ),
)
