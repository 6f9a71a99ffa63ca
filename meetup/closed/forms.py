"""What somebody sends to a closed table, by form or by script."""

from uuid import UUID, uuid4

from flask_wtf import FlaskForm
from wtforms import HiddenField, ValidationError
from wtforms.validators import AnyOf, Length

from meetup.closed.models import Kind
from meetup.closed.rules import LONGEST
from meetup.shared.fields import BlockField


class EntryForm(FlaskForm):
    """One entry. The key is made by the page, so that sending twice says it once."""

    kind = HiddenField(validators=[AnyOf([kind.value for kind in Kind], "There is no such entry.")], default="say")
    client_key = HiddenField(default=lambda: str(uuid4()))
    about = HiddenField(validators=[Length(max=16)])
    body = BlockField("Write to the table", limit=LONGEST)

    def validate_client_key(self, field):
        try:
            field.data = str(UUID(field.data or ""))
        except ValueError:
            raise ValidationError("The page sent this without a key. Reload it, and try again.") from None

    def validate_body(self, field):
        if self.kind.data in (Kind.SAY, Kind.EDIT) and not (field.data or "").strip():
            raise ValidationError("Write something first.")
        if self.kind.data in (Kind.ARRIVE, Kind.LEAVE, Kind.REMOVE):
            field.data = None
