"""What people type at the door and in their profile."""

from typing import Any

from wtforms import HiddenField, PasswordField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from meetup.accounts import codes, passwords
from meetup.shared.fields import CleanField, EmailField, LineField, ZoneField
from meetup.shared.form import Form

LANGUAGES = [SelectChoice("en", "English")]
ERASE_WORDS = "erase me"


class SixDigitsField(CleanField):
    """Six digits, however they are grouped."""

    def clean(self, typed):
        return codes.digits(typed) if typed.strip() else ""


class DoorForm(Form):
    """Ask for six digits."""

    email = EmailField("E-mail", [DataRequired("Type the address that your digits shall go to.")])
    next = HiddenField()


class CodeForm(Form):
    """Bring the six digits."""

    code = SixDigitsField("Six digits", [DataRequired("Type the six digits from the mail.")])


class PasswordDoorForm(Form):
    """Come in with a password."""

    email = EmailField("E-mail", [DataRequired("Type the address that you sign in with.")])
    password = PasswordField(
        "Password",
        [DataRequired("Type your password."), Length(max=passwords.LONGEST, message="No password here is that long.")],
    )
    next = HiddenField()


class ProfileForm(Form):
    """How others read you, and how pages speak to you."""

    name = LineField("Name", [DataRequired("What shall people call you?")], limit=80)
    headline = LineField("What you do", limit=120)
    zone = ZoneField("Your zone")
    language = SelectField("Language", choices=LANGUAGES, default="en")


class WelcomeForm(Form):
    """The two things that others read at a table; asked once, after the first sign-in."""

    name = LineField("Name", [DataRequired("What shall people call you?")], limit=80)
    headline = LineField("What you do", [DataRequired("A few words are enough: “two bakeries, Leeds”.")], limit=120)


class PasswordForm(Form):
    """Set a password, or another one."""

    password = PasswordField("New password", [DataRequired("Type the password that you want.")])

    def __init__(self, *known: str, **more: Any) -> None:
        super().__init__(**more)
        self.known = known

    def validate_password(self, field):
        if weak := passwords.weakness(field.data, *self.known):
            raise ValidationError(weak)


class AddressForm(Form):
    """Sign in with another address."""

    email = EmailField("New address", [DataRequired("Type the address that you want to sign in with.")])


class BothCodesForm(Form):
    """The digits that went to either address."""

    old = SixDigitsField("Digits from your old address", [DataRequired("Type the six digits from that mail.")])
    new = SixDigitsField("Digits from your new address", [DataRequired("Type the six digits from that mail.")])


class ErasureForm(Form):
    """Typed, so that nobody is erased by a slip of the finger."""

    words = StringField("To be sure", [Length(max=40, message=f"Type: {ERASE_WORDS}")])

    def validate_words(self, field):
        if (field.data or "").strip().casefold() != ERASE_WORDS:
            raise ValidationError(f"Type: {ERASE_WORDS}")
