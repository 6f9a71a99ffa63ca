"""Every form of the app meets what nobody should type. Whoever sends it gets a sentence, and never an accident.

The requests are those of the access matrix, sent by somebody whom they would let through, with one field after the
other filled with nonsense. An accident raises here, and so names its route and its field.
"""

import pytest

from tests.access_requests import Asked
from tests.test_access import ROWS, cells, phases_of  # noqa: F401  # a fixture, used by its name

HOSTILE = {
    "nothing": "",
    "NUL": "a\x00b",
    "a lone surrogate": "a\ud800b".encode("utf-8", "surrogatepass"),
    "no UTF-8": b"\xff\xfe\xfd",
    "HTML": "<script>alert(1)</script>",
    "a formula": "=HYPERLINK('http://evil.example')",
    "line breaks": "a\r\nBcc: all@shop.example\r\n\r\nb",
    "an encoded word": "=?utf-8?q?a=0ABcc:_all@shop.example?=",
    "bidi marks": "\u202egnihtemos\u2066",
    "a huge number": "9" * 40,
    "a negative number": "-1",
    "another script's digits": "\u0663\u0664",
    "far too long": "x" * 100_000,
}
# With the status that lets somebody through comes the world in which it did.
YES = ("2", "3")


def somebody_entitled(name):
    for who, row in ROWS[name].items():
        for phase, cell in zip(phases_of(name), row, strict=True):
            if cell.startswith(YES):
                return who, phase
    return None


FORMS = [name for name in sorted(ROWS) if Asked.read(name).method == "POST" and somebody_entitled(name)]


@pytest.mark.parametrize("name", FORMS)
def test_no_form_has_an_accident(cells, name):  # noqa: F811  # the fixture
    asked, (who, phase) = Asked.read(name), somebody_entitled(name)
    with cells.app.app_context():
        cells.stage.set_up(phase)
    fields = asked.form(cells.stage.shown[phase]) or {"unheard_of": ""}

    found = {
        (field, kind): cells.send(asked, who, phase, typed={field: value})[0].status_code
        for field in fields
        for kind, value in HOSTILE.items()
    }

    assert {where: status for where, status in found.items() if status >= 500} == {}


# A form that is one button is read for its token alone, which tests do without.
WITH_FIELDS = [name for name in FORMS if Asked.read(name).form({"title": ""})]


@pytest.mark.parametrize("name", WITH_FIELDS)
def test_ten_megabytes_are_refused_with_a_sentence(cells, name):  # noqa: F811  # the fixture
    asked, (who, phase) = Asked.read(name), somebody_entitled(name)

    answer, words = cells.send(asked, who, phase, typed={"name": "x" * 10_000_000})

    assert answer.status_code == 413
    assert "That is more than fits." in words
