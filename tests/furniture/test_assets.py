"""Style sheets and scripts: from here alone, under addresses that change with them."""

import re

import pytest

from meetup.shared.assets import FOLDER, fingerprint


@pytest.fixture
def fetch(app, client):
    """Ask for an asset by its path; the answer is read and its file closed."""

    def fetch(path):
        with client.get(app.jinja_env.globals["asset"](path)) as response:
            response.get_data()
        return response

    return fetch


@pytest.mark.parametrize("path", ["css/app.css", "js/app.js", "favicon.svg"])
def test_an_asset_is_served_for_good(fetch, path):
    response = fetch(path)

    assert response.status_code == 200
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_style_sheet_finds_its_neighbours(fetch):
    neighbours = re.findall(r'@import url\("([^"]+)"\)', fetch("css/app.css").text)

    found = [fetch(f"css/{neighbour}").status_code for neighbour in neighbours]

    assert found == [200] * len(neighbours)
    assert len(neighbours) > 15


def test_every_sheet_for_pages_is_loaded():
    loaded = set(re.findall(r'@import url\("components/([^"]+)"\)', (FOLDER / "css/app.css").read_text()))

    assert loaded == {sheet.name for sheet in (FOLDER / "css/components").iterdir()}


def test_an_old_address_is_gone(client):
    assert client.get("/static/0123456789abcdef/css/app.css").status_code == 404


def test_nothing_beside_the_folder_is_served(fetch):
    assert fetch("../../pyproject.toml").status_code == 404
    assert fetch("css/%2e%2e/%2e%2e/pyproject.toml").status_code == 404


def test_robots_find_their_text(client):
    with client.get("/robots.txt") as response:
        assert response.text.startswith("# Brand pages")


def test_the_address_changes_with_a_byte_and_with_a_name(tmp_path):
    sheet = tmp_path / "a.css"
    names = [fingerprint(tmp_path)]
    for change in (
        lambda: sheet.write_text("a"),
        lambda: sheet.write_text("b"),
        lambda: sheet.rename(tmp_path / "b.css"),
    ):
        change()
        names.append(fingerprint(tmp_path))

    assert len(set(names)) == 4
    assert fingerprint(tmp_path) == names[-1]


def test_no_sheet_or_script_loads_from_elsewhere():
    files = [file for file in FOLDER.rglob("*") if file.suffix in (".css", ".js")]

    assert [file.name for file in files if re.search(r"https?://|@import url\(.//|from .//", file.read_text())] == []
