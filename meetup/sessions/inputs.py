"""The fields of a session's form that are its own: a time of day, a trade, the rows of tables."""

from collections.abc import Iterable, Iterator
from datetime import time

from wtforms import FieldList, Form, HiddenField, IntegerField, RadioField, SelectField, ValidationError

from meetup.sessions import times
from meetup.shared.fields import LineField

OFFERED = "Choose one of those that are offered."
HOW_MANY = "A table seats 2 to 40."


class Clock(LineField):
    """A time of day as people type it, and in `said` what it says; None where nothing is typed."""

    said: time | None = None

    def clean(self, typed: str) -> str:
        typed = super().clean(typed)
        self.said = times.read_clock(typed) if typed else None
        return typed


class Trade(RadioField):
    """One of the brand's trades; nothing, where it has none yet."""

    data: str | None

    def pre_validate(self, form: Form) -> None:
        values = [choice.value for choice in self.choices]
        if values and self.data not in values:
            raise ValidationError("Choose a trade: people look for their own.")
        if not values:
            self.data = None


class Seats(IntegerField):
    def process_formdata(self, valuelist: list[str]) -> None:
        typed = (valuelist or [""])[0].strip()
        if not (typed.isascii() and typed.isdigit() and len(typed) <= 3 and 2 <= int(typed) <= 40):
            self.data = None
            raise ValueError(HOW_MANY)
        self.data = int(typed)


class TableForm(Form):
    """One row: what a table talks about, its seats, and who listens."""

    ref = HiddenField()
    topic = LineField("Topic", limit=80)
    vertical = SelectField("Trade", default="", invalid_choice_message=OFFERED)
    seats = Seats("Seats", default=10)
    expert = SelectField("Expert", default="", invalid_choice_message=OFFERED)

    @property
    def is_blank(self) -> bool:
        return not (self.ref.data or self.topic.data or self.vertical.data or self.expert.data)

    def validate_topic(self, field: LineField) -> None:
        if not field.data and not self.vertical.data and not self.is_blank:
            raise ValidationError("Say what it talks about, or choose a trade.")


class Rows(FieldList):
    """Rows by number. A key that no page of ours could hold is nobody's row."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        for key in formdata:
            head, _, rest = key.partition("-")
            index = rest.partition("-")[0]
            if head == prefix and index.isascii() and index.isdigit() and len(index) <= 3:
                yield int(index)
