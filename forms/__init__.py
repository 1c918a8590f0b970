"""What is asked. Every form is a value; nothing here knows the database, LINE or the clock."""

from typing import Final

from conversation.form import Form
from forms.home_visit import HOME_VISIT

#: Every form, by id.
FORMS: Final[dict[str, Form]] = {form.id: form for form in (HOME_VISIT,)}
