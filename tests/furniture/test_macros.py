"""The macros that every page is written with."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask import render_template_string
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange

from meetup.shared.pages import Zone
from tests.makers import NOON

EVENING = SimpleNamespace(
    doors_at=NOON,
    starts_at=NOON + timedelta(minutes=10),
    closes_at=NOON + timedelta(minutes=60),
    ends_at=NOON + timedelta(minutes=90),
)


class Kept(FlaskForm):
    """One field of each kind."""

    topic = StringField("Topic", [InputRequired("Give it a topic."), Length(max=5, message="Five letters at most.")])
    about = TextAreaField("About", description="In a sentence")
    seats = IntegerField("Seats", [NumberRange(2, 12, "A table seats 2 to 12.")])
    trade = RadioField(
        "Trade",
        [InputRequired("Pick one.")],
        choices=[SelectChoice("food", "Food & drink"), SelectChoice("toys", "Toys")],
    )
    shown = BooleanField("Show it")


@pytest.fixture
def draw(app):
    def draw(macro_file, call, **values):
        source = f'{{% import "shared/{macro_file}.html" as m %}}{{{{ m.{call} }}}}'
        return render_template_string(source, **values)

    with app.test_request_context():
        yield draw


def filled(**typed):
    form = Kept(formdata=MultiDict(typed), meta={"csrf": False})
    form.validate()
    return form


def test_a_field_keeps_what_was_typed_and_says_what_is_wrong_beside_it(draw):
    drawn = draw("_forms", "field(f)", f=filled(topic='"><b>too long').topic)

    assert 'value="&#34;&gt;&lt;b&gt;too long"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'aria-describedby="topic-wrong"' in drawn
    assert 'id="topic-wrong"' in drawn
    assert "Five letters at most." in drawn


def test_a_field_without_errors_is_described_by_its_hint_alone(draw):
    drawn = draw("_forms", "textarea(f, rows=3)", f=filled(about="Bread").about)

    assert 'aria-describedby="about-hint"' in drawn
    assert "aria-invalid" not in drawn
    assert "Bread</textarea>" in drawn


@pytest.mark.parametrize(("typed", "picked"), [("4", ["4"]), ("9", []), ("many", [])])
def test_a_scale_keeps_the_number_that_was_picked(draw, typed, picked):
    drawn = draw("_forms", "scale(f)", f=filled(seats=typed).seats)

    assert [n for n in "12345" if f'value="{n}" checked' in drawn] == picked


def test_a_scale_can_go_from_0_to_10(draw):
    assert draw("_forms", "scale(f, least=0, most=10)", f=filled().seats).count("<input") == 11


def test_a_choice_that_is_missing_says_so_for_the_whole_group(draw):
    drawn = draw("_forms", "pills(f)", f=filled().trade)

    assert 'role="radiogroup" aria-describedby="trade-wrong" aria-invalid="true"' in drawn
    assert "Food &amp; drink" in drawn
    assert "checked" not in drawn


def test_a_yes_stays_a_yes(draw):
    assert " checked" in draw("_forms", "choice(f)", f=filled(shown="y").shown)
    assert " checked" not in draw("_forms", "choice(f)", f=filled().shown)


def test_the_summary_leads_to_each_field_and_is_absent_when_all_is_well(draw):
    bad = draw("_forms", "errors(form)", form=filled(topic="Bread"))
    well = draw("_forms", "errors(form)", form=filled(topic="Bread", seats="4", trade="food"))

    assert 'href="#seats"' in bad
    assert 'href="#topic"' not in bad
    assert well.strip() == ""


def test_a_button_of_its_own_asks_first_and_carries_the_token(draw):
    drawn = draw("_forms", "post('/x', 'Give it up', confirm='Give up your “seat”?', hidden={'a': '\"'})")

    assert 'data-confirm="Give up your “seat”?"' in drawn
    assert 'name="csrf_token"' in drawn
    assert 'name="a" value="&#34;"' in drawn


def test_a_hostile_name_is_text_and_stays_within_its_own_direction(draw):
    drawn = draw("_people", "person(who)", who={"name": "<b>\u202eX", "petal": 3, "side": "customer"})

    assert "<bdi>&lt;b&gt;\u202eX</bdi>" in drawn
    assert ">BX</span>" not in drawn


@pytest.mark.parametrize(
    ("side", "classes"), [("customer", "avatar p3"), ("guest", "avatar p3 guest"), ("brand", "avatar brand")]
)
def test_customers_are_colour_and_the_brand_is_an_outline(draw, side, classes):
    drawn = draw("_people", "avatar(who)", who={"name": "Ada Byron", "petal": 3, "side": side})

    assert f'class="{classes}"' in drawn


def test_a_flock_says_how_many_more_there_are(draw):
    people = [{"name": f"Person {n}"} for n in range(8)]

    assert "and 23 more" in draw("_people", "flock(people, 29)", people=people)
    assert "more" not in draw("_people", "flock(people[:2])", people=people)


@pytest.mark.parametrize(
    ("phase", "sentence"),
    [
        ("scheduled", "Doors open in"),
        ("doors", "It begins in"),
        ("open", "Fernhill leaves in"),
        ("closed", "Erased in"),
        ("ended", "This evening is over."),
        ("cancelled", "This evening was called off."),
    ],
)
def test_the_ribbon_says_in_words_what_comes_next(draw, phase, sentence):
    drawn = draw("_phases", f"ribbon('{phase}', b, at, zone, 'Fernhill')", b=EVENING, at=NOON, zone=Zone("UTC", True))

    assert sentence in drawn
    assert drawn.count('aria-current="step"') == (phase in ("doors", "open", "closed", "ended"))


def test_a_ribbon_leaves_out_a_part_that_an_evening_has_not(draw):
    without_closed = SimpleNamespace(**vars(EVENING) | {"closes_at": EVENING.ends_at})

    drawn = draw(
        "_phases", "ribbon('open', b, at, zone, 'Fernhill')", b=without_closed, at=NOON, zone=Zone("UTC", True)
    )

    assert "Closed" not in drawn
    assert "Ends in" in drawn


def test_a_hidden_cell_is_veiled_and_says_why(draw):
    drawn = draw(
        "_figures", "bars('Took home', rows)", rows=[("A friend", 12, 71), ("Nothing", None, "fewer than five")]
    )

    assert 'width="71%"' in drawn
    assert drawn.count('class="veil"') == 1
    assert "fewer than five" in drawn


def test_a_chart_has_its_figures_in_a_table(draw):
    points = [("April", "Apr", 61), ("May", "May", None), ("June", "Jun", 87)]

    drawn = draw("_figures", "trend('Rising.', points)", points=points)

    assert all(f'<td class="n">{n}%</td>' in drawn for n in (61, 87))
    assert "hidden" in drawn


def test_only_times_that_nobody_chose_a_zone_for_are_left_to_the_browser(draw):
    chosen = draw("_when", "instant(at, zone)", at=NOON, zone=Zone("Europe/Amsterdam", True))
    unchosen = draw("_when", "instant(at, zone)", at=NOON, zone=Zone("Europe/Amsterdam", False))

    assert "data-chosen" in chosen
    assert "data-chosen" not in unchosen
