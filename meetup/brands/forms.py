"""What people type about a brand, and to come in to one."""

from typing import Any

from wtforms import BooleanField, RadioField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Regexp

from meetup.brands import colours, domains, slugs
from meetup.brands.models import DomainKind, Role
from meetup.shared.fields import BlockField, CleanField, ColourField, EmailField, LineField, ZoneField
from meetup.shared.form import Form


class ReadableColourField(ColourField):
    """A colour in which words can be read on paper, and white words on it."""

    def clean(self, typed):
        colour = super().clean(typed)
        if colour and not colours.is_readable(colour):
            nearest = colours.nearest_readable(colour)
            raise ValueError(f"Words in this colour are hard to read. The nearest that works is {nearest}.")
        return colour


class DomainField(CleanField):
    """A mail domain: the part after the @."""

    def clean(self, typed):
        return domains.cleaned(typed) if typed.strip() else ""


class BrandForm(Form):
    """All that a brand needs before its first session."""

    name = LineField("Name", [DataRequired("What is the brand called?")], limit=60)
    slug = LineField(
        "Address",
        [
            DataRequired("The last part of its address, for instance fernhill."),
            Regexp(slugs.SHAPE.pattern + "$", message="Small letters, digits and hyphens: fernhill-shops."),
        ],
        limit=slugs.LONGEST,
    )
    colour = ReadableColourField("Colour", [DataRequired("Choose a colour.")], default="#2b4a78")
    zone = ZoneField("Zone", [DataRequired("In which zone do you host?")])


class SettingsForm(Form):
    """How a brand shows itself."""

    name = LineField("Name", [DataRequired("What is the brand called?")], limit=60)
    tagline = LineField("What its tables are for", limit=120)
    about = BlockField("In your own words", limit=2000)
    colour = ReadableColourField("Colour", [DataRequired("Choose a colour.")])
    zone = ZoneField("Zone", [DataRequired("In which zone do you host?")])
    house_rules = BlockField("House rules", limit=2000)


class DomainForm(Form):
    """A mail domain, and whose it is."""

    domain = DomainField("Mail domain", [DataRequired("The part after the @, for instance fernhill.example.")])
    kind = RadioField(
        "Whoever has an address there",
        choices=[
            SelectChoice(str(DomainKind.CUSTOMER), "is a customer"),
            SelectChoice(str(DomainKind.OWN), "is one of us"),
        ],
        default=str(DomainKind.CUSTOMER),
    )


class NameForm(Form):
    """A trade or an interest."""

    name = LineField("Name", [DataRequired("Give it a name.")], limit=60)


class CodeForm(Form):
    """An invite code, with a word on who gets it."""

    label = LineField("Who gets it", limit=80)


class JoinForm(Form):
    """Come in as a customer: with a code if one has any."""

    code = LineField("Invite code", limit=40)


class GuestForm(Form):
    """Come in as a guest."""

    is_outsider = BooleanField()

    def __init__(self, brand_name: str, **more: Any) -> None:
        super().__init__(**more)
        self.is_outsider.label.text = f"I do not work for {brand_name}."

    def validate_is_outsider(self, field):
        if not field.data:
            raise ValidationError("Only people who can say this may come as guests.")


class InvitationForm(Form):
    """Ask somebody by mail to join the brand's side."""

    email = EmailField("E-mail", [DataRequired("Type the address of whoever you invite.")])
    role = RadioField(
        "As",
        choices=[
            SelectChoice(str(Role.EXPERT), "an expert, who listens at a table"),
            SelectChoice(str(Role.STAFF), "a host, who sets the tables"),
            SelectChoice(str(Role.OWNER), "an owner, who decides about everything here"),
        ],
        default=str(Role.EXPERT),
    )


class RoleForm(Form):
    """Another role on the side where somebody is."""

    role = RadioField("Role", choices=[SelectChoice(str(role)) for role in Role])


class ListingForm(Form):
    """Whether one's name shows among those who are coming."""

    is_listed = StringField()
