"""What people type, or pick, to take a seat."""

from flask_wtf import FlaskForm
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange


class SeatForm(FlaskForm):
    """The table that somebody picked, by the number it has in its session."""

    table = IntegerField("Table", [InputRequired(), NumberRange(1, 999)])
