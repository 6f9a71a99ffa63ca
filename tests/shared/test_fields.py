import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.validators import DataRequired

from meetup.shared.fields import BlockField, ColourField, EmailField, LineField


class Card(Form):
    name = LineField("Name", [DataRequired("Tell us your name.")], limit=10)
    about = BlockField("About you", limit=20)
    mail = EmailField("E-mail")
    colour = ColourField("Colour")


def filled(**typed):
    form = Card(MultiDict({"name": "Ada"} | typed))
    form.validate()
    return form


def test_fields_hand_over_clean_text():
    form = filled(name=" A\0da\u202e\r\nL. ", about="one\r\ntwo ", mail=" Ada@EXAMPLE.com", colour="#AbC")

    assert form.errors == {}
    assert form.data == {"name": "Ada L.", "about": "one\ntwo", "mail": "ada@example.com", "colour": "#aabbcc"}


def test_a_name_nobody_can_see_is_no_name():
    assert filled(name="\u3164\u200b").errors == {"name": ["Tell us your name."]}


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("name", "x" * 11, "Please keep this to 10 characters; it has 11."),
        ("about", "x" * 21, "Please keep this to 20 characters; it has 21."),
        ("mail", "ada", "That is not an e-mail address that mail reaches everywhere. One looks like ada@example.com."),
        ("colour", "red;}", "A colour looks like #2b4a78: a # and six characters from 0 to 9 and a to f."),
    ],
)
def test_what_cannot_be_used_stays_with_the_reason_beside_it(field, typed, message):
    form = filled(**{field: typed})

    assert form.errors == {field: [message]}
    assert form[field].data == typed


def test_fields_left_empty_are_empty_strings():
    assert filled(about="", mail=" ", colour="").data == {"name": "Ada", "about": "", "mail": "", "colour": ""}


def test_a_browser_stops_at_the_limit_where_it_counts_as_we_do():
    form = Card()

    assert 'maxlength="10"' in form.name()
    assert 'maxlength="254"' in form.mail()
    assert "maxlength" not in form.about()
