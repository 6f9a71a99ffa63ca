import dataclasses

import pytest

import meetup
from meetup.shared import mail
from meetup.shared.transport import FolderPost, development_folder

ICS = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def keep(app, mailbox):
    """Put a mail into the folder; hands back its address under /dev/mail."""

    def keep(subject="Your table", **more):
        octets = mail.compose(
            mail.Address("jun@shop.example", "Jun"),
            subject,
            "Come to https://fernhill.example/b & <b>sit</b>",
            sender_name="Fernhill",
            message_id=mail.message_id(subject),
            **more,
        )
        FolderPost(development_folder()).send(mail.envelope(octets), octets)
        return f"/dev/mail/{max(file.stem for file in development_folder().glob('*.eml'))}"

    return keep


def test_mails_are_listed_with_the_newest_on_top(app, client, keep):
    keep("First")
    keep("Second <script>")

    page = client.get("/dev/mail").text

    assert page.index("Second &lt;script&gt;") < page.index("First")


def test_the_list_goes_on_by_key(app, client, keep):
    addresses = [keep(f"Number {n}") for n in range(51)]

    page = client.get("/dev/mail").text
    assert page.count('href="/dev/mail/2') == 50
    assert addresses[0] not in page
    older = client.get("/dev/mail", query_string={"before": addresses[1].rpartition("/")[2]}).text
    assert addresses[0] in older
    assert older.count('href="/dev/mail/2') == 1


def test_an_empty_list_says_what_to_do(client, mailbox):
    assert "Nothing was mailed yet" in client.get("/dev/mail").text


def test_a_mail_shows_its_words_and_links_to_the_rest(client, keep):
    address = keep(html="<html><head></head><body>Hello</body></html>", ics=ICS, method="REQUEST")

    page = client.get(address)

    assert "&lt;b&gt;sit&lt;/b&gt;" in page.text
    assert '<a href="https://fernhill.example/b"' in page.text
    assert f'src="{address}/html"' in page.text
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]


def test_its_html_is_framed_and_can_do_nothing(client, keep):
    address = keep(html="<html><head></head><body><p class='house'>Hello<script>alert(1)</script></p></body></html>")

    framed = client.get(f"{address}/html")

    assert "Hello" in framed.text
    assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"
    policy = framed.headers["Content-Security-Policy"]
    assert policy.startswith(
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox"
    )
    assert "script-src" not in policy
    assert "allow-scripts" not in policy


def test_its_calendar_is_a_file(client, keep):
    file = client.get(keep(ics=ICS, method="REQUEST") + "/invite.ics")

    assert file.data == ICS
    assert file.headers["Content-Disposition"] == 'attachment; filename="invite.ics"'


def test_its_source_is_every_octet(client, keep):
    source = client.get(keep() + "/source")

    assert source.data.startswith(b'From: "Fernhill" <tables@tables.example>\r\nTo: "Jun" <jun@shop.example>\r\n')
    assert source.content_type == "text/plain; charset=utf-8"


@pytest.mark.parametrize("path", ["", "/html", "/invite.ics", "/source"])
@pytest.mark.parametrize("name", ["20260101-000000-000000-00000000", "..%2f..%2fsecret_key", "x", "%00"])
def test_what_is_not_there_is_not_found(client, keep, name, path):
    keep()

    assert client.get(f"/dev/mail/{name}{path}").status_code == 404


@pytest.mark.parametrize("path", ["/html", "/invite.ics"])
def test_a_plain_mail_has_neither_html_nor_calendar(client, keep, path):
    assert client.get(keep() + path).status_code == 404


@pytest.mark.parametrize("change", [{"production": True, "smtp_url": "smtp://mail.example"}, {"smtp_url": "smtp://x"}])
def test_where_mail_leaves_the_machine_these_pages_do_not_exist(settings, change):
    elsewhere = meetup.create_app(dataclasses.replace(settings, **change))

    assert not [rule for rule in elsewhere.url_map.iter_rules() if rule.rule.startswith("/dev")]
