"""The frame of every page: the way round, the brand's colour, what just happened."""

import pytest
from flask import flash, render_template_string, session
from flask_login import login_user

PAGE = '{% extends "layouts/page.html" %}{% block content %}<h1>Here</h1>{% endblock %}'
ROOM = '{% extends "layouts/room.html" %}{% block title %}Bread{% endblock %}{% block log %}said{% endblock %}'


@pytest.fixture
def draw(app):
    def draw(source, **values):
        return render_template_string(source, **values)

    with app.test_request_context("/b/fernhill?q=1"):
        yield draw


@pytest.mark.parametrize("source", [PAGE, ROOM])
def test_a_brands_page_is_in_its_colour(draw, people, source):
    brand = people.brand

    assert f'href="/b/{brand.slug}/colour.css?is={brand.colour[1:]}"' in draw(source, brand=brand)
    assert f'href="/b/{brand.slug}/colour.css?is={brand.colour[1:]}"' in draw(source, bof_session=people.bof_session)
    assert "colour.css" not in draw(source)


def test_a_stranger_is_shown_the_door_and_comes_back_here(draw):
    page = draw(PAGE)

    assert 'href="/sign-in?next=/b/fernhill"' in page
    assert "My agenda" not in page


def test_whoever_is_signed_in_finds_their_agenda_and_their_account(draw, people):
    login_user(people.customer.person)

    page = draw(PAGE)

    assert 'href="/agenda"' in page
    assert 'href="/me" aria-label="Ines Okafor, your account"' in page
    assert "Sign in" not in page


def test_only_its_hosts_find_a_brands_calendar(draw, people):
    calendar = f'href="/b/{people.brand.slug}/calendar"'

    assert calendar in draw(PAGE, brand=people.brand, may_host=True)
    assert calendar not in draw(PAGE, brand=people.brand)


def test_what_just_happened_is_said_once_and_escaped(draw):
    flash("You have a seat at “<b>”.")

    assert "You have a seat at “&lt;b&gt;”." in draw(PAGE)
    assert "_flashes" not in session


def test_the_chosen_theme_is_drawn_at_once(app):
    def drawn(cookie):
        with app.test_request_context("/", headers={"Cookie": cookie}):
            return render_template_string(PAGE)

    assert '<html lang="en" data-now="' in drawn("")
    assert 'data-theme="dark"' in drawn("theme=dark")
    assert "data-theme=" not in drawn('theme="><script>').split("<body>")[0]
