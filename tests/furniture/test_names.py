"""Names beside a face: two letters, whatever somebody typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetup.shared.faces import Face, face, petal
from meetup.shared.names import initials


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ines Okafor", "IO"),
        ("Marguerite de la Blanc", "MB"),
        ("jun", "J"),
        ("Ann-Marie", "A"),
        ("élodie Ångström", "ÉÅ"),
        ("e\u0301lodie x", "ÉX"),
        ("ßeta", "ß"),
        ("7 Eleven", "7E"),
        ("田中 太郎", "田太"),
        ("محمد علي", "م\u200cع"),
        ("נועה לוי", "נל"),
    ],
)
def test_initials_are_of_the_first_and_the_last_word(name, shown):
    assert initials(name) == shown


@pytest.mark.parametrize("name", ["", "   ", "🎉 🎉", "\u202e\u200f", "\x00", "…", "<>"])
def test_a_name_without_letters_gets_a_dot(name):
    assert initials(name) == "·"


def test_initials_leave_out_what_turns_or_hides_text():
    assert initials("\u202eevil \u2066name") == "EN"


def test_a_heap_of_marks_stays_inside_the_circle():
    assert initials("x" + "\u0300\u0316" * 40) == "X\u0316"


@given(st.text(max_size=60))
def test_initials_of_anything_are_short_and_harmless(name):
    shown = initials(name)

    assert 1 <= len(shown) <= 5
    assert all(sign in "·\u200c" or unicodedata.category(sign)[0] in "LNM" for sign in shown)


def test_a_persons_colour_is_the_same_after_every_restart():
    assert [petal(name) for name in ("ines", "yusuf", "nadia", "")] == [4, 3, 4, 1]


@given(st.text(max_size=20))
def test_there_are_eight_colours(name):
    assert petal(name) in range(1, 9)


def test_a_membership_has_the_face_of_its_person_in_its_own_colour(people):
    assert face(people.customer) == Face("Ines Okafor", petal(people.customer.person.public_id), "customer")
    assert face(people.guest).side == "guest"
    assert face(people.staff).side == "brand"


def test_a_face_can_be_made_of_a_name_alone():
    assert face({"name": "Nadia Farrow"}) == Face("Nadia Farrow", petal("Nadia Farrow"), "customer")
