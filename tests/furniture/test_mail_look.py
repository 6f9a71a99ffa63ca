"""How a mail looks."""

import pytest
from flask import render_template

from meetup.shared.mail_look import with_styles


@pytest.fixture
def mail(app):
    with app.test_request_context():
        return render_template(
            "layouts/mail.html", brand_name="Fern & hill", button_url="https://t.example/x", button_text="Open"
        )


def test_a_mail_carries_its_styles_in_its_elements(mail):
    sent = with_styles(mail)

    assert "<style" not in sent
    assert "<link" not in sent
    assert "max-width: 576px" in sent


def test_its_one_button_has_the_brands_colour(mail):
    sent = with_styles(mail, "#0f6a4d")

    assert sent.count("#0f6a4d") == 1
    assert 'href="https://t.example/x"' in sent


def test_a_colour_cannot_carry_anything_else(mail):
    with pytest.raises(ValueError, match="no colour"):
        with_styles(mail, "red}body{display:none")


def test_the_plain_twin_says_the_same_without_escaping(app):
    with app.test_request_context():
        text = render_template(
            "layouts/mail.txt", brand_name="Fern & hill", button_url="https://t.example/x?a=1&b=2", button_text="Open"
        )

    assert text.split() == ["Open:", "https://t.example/x?a=1&b=2", "--", "Fern", "&", "hill"]
