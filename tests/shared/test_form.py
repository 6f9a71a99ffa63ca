"""A form reads what a form sends. Whatever else a request carries is as if nothing had been typed."""

from io import BytesIO

import pytest


@pytest.fixture
def at_the_door(client, noon):
    def send(**request):
        return client.post("/sign-in", **request)

    return send


def test_what_a_form_sends_is_read(at_the_door):
    assert at_the_door(data={"email": "ada@shop.example"}).status_code == 303


@pytest.mark.parametrize("body", [[1, 2], {"email": 7}, {"email": ["a", ["b"]]}, "ada", 3, None])
def test_json_is_not_a_form(at_the_door, body):
    answer = at_the_door(json=body)

    assert answer.status_code == 422
    assert "Type the address" in answer.text


def test_a_file_under_the_name_of_a_text_is_not_a_text(at_the_door):
    assert at_the_door(data={"email": (BytesIO(b"ada@shop.example"), "ada.txt")}).status_code == 422


def test_nothing_at_all_is_an_empty_form(at_the_door):
    assert at_the_door().status_code == 422
