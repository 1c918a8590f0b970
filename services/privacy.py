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

#: What a family that is visited is told: the letter's QR code leads to it (P42).
HOME_TITLE: Final = _("How your family's data is used")

HOME: Final = (
    (
        _("Who visits, and why"),
        _(
            "The homeroom teacher visits to get to know the pupil and to see what help is needed. "
            "It is a public duty of the school and the education service area office; you owe "
            "nothing for it."
        ),
    ),
    (
        _("What is written down"),
        _(
            "Whom the pupil lives with, how the house and the way to school are, what help is "
            "needed, and photos of the house. Nobody's face has to be in a photo, and you may say "
            "that you do not want one."
        ),
    ),
    (
        _("Nobody is asked about papers"),
        _(
            "We do not ask for your status of residence, and nothing is given to the immigration "
            "office."
        ),
    ),
    (
        _("Who reads it"),
        _(
            "The pupil's teachers and the head of school. The area office sees totals without "
            "names. Where the family asks for a scholarship, what its form wants is passed on to "
            "the fund."
        ),
    ),
    (
        _("How it is kept"),
        _(
            "Encrypted, for as long as the pupil is at school and the rules for school papers "
            "want it. Then it is erased."
        ),
    ),
    (
        _("Your rights"),
        _(
            "You may ask the school to show, correct or erase what is kept about your family, or "
            "object to it. The school's head or the area office answers."
        ),
    ),
)
