"""What people type, or pick, to take a seat."""

from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from meetup.shared.form import Form


class SeatForm(Form):
    """The table that somebody picked, by the number it has in its session."""

    table = IntegerField("Table", [InputRequired(), NumberRange(1, 999)])
