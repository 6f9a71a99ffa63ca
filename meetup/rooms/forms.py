"""What people send to an open table, by form or by script."""

from uuid import UUID, uuid4

from wtforms import BooleanField, HiddenField, IntegerField, ValidationError
from wtforms.validators import AnyOf, DataRequired, NumberRange, Optional

from meetup.rooms.models import LONGEST, Feeling
from meetup.shared.fields import BlockField, LineField
from meetup.shared.form import Form

HIGHEST = 2**31 - 1
NOTHING = "Write something first."


class SayForm(Form):
    """Something to say. The key is made by the page, so that sending twice says it once."""

    body = BlockField("Say something to the table", [DataRequired(NOTHING)], limit=LONGEST)
    client_key = HiddenField(default=lambda: str(uuid4()))
    reply_to = IntegerField(validators=[Optional(), NumberRange(1, HIGHEST, "There is nothing to reply to.")])
    asks = BooleanField("It’s a question")
    only_brand = BooleanField("Only the brand can know")

    def validate_client_key(self, field):
        try:
            field.data = str(UUID(field.data or ""))
        except ValueError:
            raise ValidationError("The page sent this without a key. Reload it, and try again.") from None


class EditForm(Form):
    """Other words for something said."""

    body = BlockField("What you said", [DataRequired(NOTHING)], limit=LONGEST)


class RemovalForm(Form):
    """Why a host takes something away."""

    why = LineField("Why?", limit=120)


class ReactionForm(Form):
    """One of the six words; given, taken back, or (without `on`) the other way round."""

    feeling = HiddenField(validators=[AnyOf([feeling.value for feeling in Feeling], "There is no such reaction.")])
    on = HiddenField(validators=[AnyOf(["", "yes", "no"])], default="")

    @property
    def wanted(self):
        return {"yes": True, "no": False}.get(self.on.data)


class PresenceForm(Form):
    """That somebody is here, how far they have read, or that they are leaving."""

    read = IntegerField(validators=[Optional(), NumberRange(0, HIGHEST)])
    leaving = BooleanField()
