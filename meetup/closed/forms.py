"""What somebody sends to a closed table, by form or by script."""

from uuid import UUID, uuid4

from wtforms import HiddenField, ValidationError
from wtforms.validators import AnyOf, Optional, Regexp

from meetup.closed.models import Kind
from meetup.closed.rules import LONGEST
from meetup.shared.fields import BlockField
from meetup.shared.form import Form

PUBLIC_ID = r"[A-Za-z0-9_-]{16}\Z"


def new_mark():
    """A mark for what a page is about to send: the same one again is the same thing again."""
    return str(uuid4())


class EntryForm(Form):
    """One entry. Its mark is made by the page, so that sending twice says it once."""

    kind = HiddenField(validators=[AnyOf([kind.value for kind in Kind], "There is no such entry.")], default="say")
    client_key = HiddenField(default=new_mark)
    about = HiddenField(validators=[Optional(), Regexp(PUBLIC_ID, message="What this is about is gone.")])
    body = BlockField("Write to the table", limit=LONGEST)

    def validate_client_key(self, field):
        try:
            field.data = str(UUID(field.data or ""))
        except ValueError:
            raise ValidationError("The page did not say which entry this is. Reload it, and try again.") from None

    def validate_about(self, field):
        if self.kind.data == Kind.ARRIVE:
            field.data = ""

    def validate_body(self, field):
        if self.kind.data in (Kind.SAY, Kind.EDIT) and not (field.data or "").strip():
            raise ValidationError("Write something first.")
        if self.kind.data in (Kind.ARRIVE, Kind.LEAVE, Kind.REMOVE):
            field.data = None
