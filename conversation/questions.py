"""The kinds of question a form may ask."""

from conversation.choosing import Choice, YesNo
from conversation.days import Date
from conversation.numbers import Amount, Distance, Minutes, Number
from conversation.photos import Photos
from conversation.places import Place
from conversation.question import Asked, Question, Shown, Taken
from conversation.several import EVERYTHING, Choices
from conversation.texts import Narrative, Text

__all__ = [
    "EVERYTHING", "Amount", "Asked", "Choice", "Choices", "Date", "Distance", "Minutes",
    "Narrative", "Number", "Photos", "Place", "Question", "Shown", "Taken", "Text", "YesNo",
]  # fmt: skip
