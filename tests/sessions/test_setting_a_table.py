"""Hosts set a table in three steps on one page, with or without a script."""

import pytest

from meetup.brands.models import Interest, Role
from meetup.extensions import db
from meetup.sessions.models import BofSession
from meetup.sessions.phases import Phase
from tests.makers import NOON
from tests.sessions.typed import ROW, TYPED, typed

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def set_table(client, sign_in, people):
    """Post the form of a new session, as a member of staff."""
    sign_in(people.staff)

    def post(**changes):
        return client.post(f"/b/{people.brand.slug}/sessions/new", data=typed(**changes))

    return post


def made(people):
    return db.session.query(BofSession).filter(BofSession.brand_id == people.brand.id).order_by(BofSession.id)[1:]


def test_on_to_tables_keeps_a_draft(set_table, people):
    response = set_table(do="tables")

    (draft,) = made(people)
    assert (response.status_code, response.location) == (
        303,
        f"/b/{people.brand.slug}/s/what-we-throw-away/edit?step=tables",
    )
    assert draft.phase(NOON) is Phase.DRAFT
    assert [f"{at:%d %H:%M}" for at in draft.instants] == ["10 17:50", "10 18:00", "10 18:55", "10 19:30"]
    assert (draft.host_id, draft.uid.endswith("@tables.example")) == (people.staff.id, True)


def test_what_is_typed_is_what_is_kept(set_table, people, make):
    trade, interest = make.vertical(people.brand), Interest(brand_id=people.brand.id, slug="waste", name="waste")
    db.session.add(interest)
    db.session.commit()

    set_table(
        do="draft", vertical=trade.slug, interests=interest.slug, place="12 Mill Lane", peer_window="0", is_online=None
    )

    (draft,) = made(people)
    assert (draft.title, draft.summary) == (TYPED["title"], TYPED["summary"])
    assert (draft.vertical, draft.interests) == (trade, [interest])
    assert (draft.place, draft.is_online, draft.peer_window, draft.admits_guests) == ("12 Mill Lane", False, 0, True)


def test_tables_are_kept_in_their_order(set_table, people):
    rows = ROW | {"tables-1-topic": "Wine", "tables-1-seats": "2", "tables-1-expert": people.expert.public_id}

    set_table(do="draft", **rows)

    (draft,) = made(people)
    assert [(each.number, each.topic, each.capacity, each.expert) for each in draft.tables] == [
        (1, "Bread", 8, None),
        (2, "Wine", 2, people.expert),
    ]


def test_a_table_may_be_named_by_its_trade(set_table, people, make):
    trade = make.vertical(people.brand, "Books and toys")
    db.session.commit()

    set_table(do="draft", vertical=trade.slug, **ROW | {"tables-0-topic": "", "tables-0-vertical": trade.slug})

    (draft,) = made(people)
    assert [(each.topic, each.vertical) for each in draft.tables] == [("Books and toys", trade)]


def test_the_same_title_gets_an_address_of_its_own(set_table, people):
    set_table(do="draft")
    set_table(do="draft")

    assert [draft.slug for draft in made(people)] == ["what-we-throw-away", "what-we-throw-away-2"]


@pytest.mark.parametrize("title", ["Хлеб", "=?utf-8?q?x?=", "<script>alert(1)</script>", "../../etc", "💀"])
def test_any_title_has_an_address(set_table, people, client, title):
    response = set_table(do="draft", title=title)

    assert response.status_code == 303
    assert client.get(response.location).status_code == 200
    assert made(people)[0].title == title


def test_the_first_step_keeps_nothing_and_loses_nothing(set_table, people):
    response = set_table(do="when", day="", starts="", ends="")

    assert response.status_code == 200
    assert 'value="What we throw away"' in response.text
    assert 'class="wrong"' not in response.text
    assert made(people) == []


def test_a_step_that_is_not_well_stays_open_with_the_sentence_beside_its_field(set_table):
    response = set_table(do="when", title=" \u200b ")

    assert response.status_code == 422
    assert 'id="title-wrong"' in response.text


def test_another_row_loses_nothing_that_was_typed(set_table, people):
    response = set_table(do="add", title="", day="nonsense", **ROW | {"tables-0-seats": "many"})

    assert response.status_code == 200
    assert 'value="nonsense"' in response.text
    assert 'value="many"' in response.text
    assert 'name="tables-1-topic"' in response.text
    assert made(people) == []


def test_a_row_is_taken_away_and_the_others_stay(set_table):
    rows = ROW | {"tables-1-topic": "Wine", "tables-1-seats": "9"}

    response = set_table(do="drop-0", **rows)

    assert 'value="Bread"' not in response.text
    assert 'value="Wine"' in response.text


def test_a_look_shows_it_in_words_and_keeps_nothing(set_table, people):
    response = set_table(do="look", closes="17:55")

    assert response.status_code == 200
    assert "Thursday 10 December 2026, in seven days" in response.text
    assert "17:55 is before it opens at 18:00. Did you mean 18:55?" in response.text
    assert made(people) == []


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "x" * 101, "Please keep this to 100 characters"),
        ("summary", "x" * 601, "Please keep this to 600 characters"),
        ("day", "fri 10 dec", "Did you mean Friday 11 December 2026?"),
        ("day", "2 dec 2026", "Wednesday 2 December 2026 has passed."),
        ("day", "28 mar 2027", "does not exist"),
        ("zone", "Mars/Olympus", "Choose a zone from the list."),
        ("zone", "../../etc/passwd", "Choose a zone from the list."),
        ("starts", "teatime", "We cannot read “teatime”."),
        ("closes", "", "When does Fernhill leave?"),
        ("ends", "18:40", "18:40 is before Fernhill leaves at 18:55."),
        ("peer_window", "11", "From 0 to 10 minutes."),
        ("is_online", None, "Say where people meet, or make it online."),
        ("interests", "not-ours", "Choose one of those that are offered."),
        ("tables-0-seats", "1", "A table seats 2 to 40."),
        ("tables-0-seats", "41", "A table seats 2 to 40."),
        ("tables-0-seats", "٣", "A table seats 2 to 40."),
        ("tables-0-topic", "", "Say what it talks about"),
        ("tables-0-expert", "nobody-we-know", "Choose one of those that are offered."),
        ("tables-0-ref", "not-a-table", "This table is gone"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_lost(set_table, people, field, value, sentence):
    rows = ROW | {"tables-0-expert": people.expert.public_id}
    if field == "day" and value == "28 mar 2027":
        rows |= {"starts": "1:30", "doors": "0:50", "closes": "2:30", "ends": "3"}

    response = set_table(**{"do": "draft"} | rows | {field: value})

    assert response.status_code == 422
    assert sentence in response.text.replace("&#39;", "'")
    assert TYPED["title"] in response.text or field == "title"
    assert made(people) == []


def test_only_this_brands_confirmed_experts_may_listen(set_table, people, make):
    from_elsewhere = make.member(people.rival, Role.EXPERT)
    suspended = make.member(people.brand, Role.EXPERT, standing="suspended")
    db.session.commit()

    for nobody in (from_elsewhere, suspended, people.staff, people.customer):
        assert set_table(do="draft", **ROW | {"tables-0-expert": nobody.public_id}).status_code == 422
    assert set_table(do="draft", **ROW | {"tables-0-expert": people.other_expert.public_id}).status_code == 303


def test_one_expert_listens_at_one_table(set_table, people):
    rows = ROW | {"tables-1-topic": "Wine", "tables-1-seats": "9"}
    rows |= {"tables-0-expert": people.expert.public_id, "tables-1-expert": people.expert.public_id}

    response = set_table(do="draft", **rows)

    assert response.status_code == 422
    assert "One expert cannot listen at two tables." in response.text


def test_another_brands_trade_is_no_trade_here(set_table, people, make):
    make.vertical(people.brand)
    foreign = make.vertical(people.rival, "Wine")
    db.session.commit()

    assert set_table(do="draft", vertical=foreign.slug).status_code == 422


def test_fields_that_no_page_of_ours_holds_do_nothing(set_table, people):
    odd = {f"tables-{'9' * 5000}-topic": "x", "tables-²-topic": "x", "tables-x": "x", "tables": "x", "host_id": "1"}

    response = set_table(do="draft", brand_id="1", published_at="2026-01-01", **odd)

    (draft,) = made(people)
    assert (response.status_code, draft.tables, draft.published_at) == (303, [], None)


def test_more_rows_than_a_session_holds_are_not_kept(set_table, people):
    rows = {f"tables-{n}-topic": f"Table {n}" for n in range(60)} | {f"tables-{n}-seats": "2" for n in range(60)}

    set_table(do="draft", **rows)

    assert len(made(people)[0].tables) == 40


def test_a_new_brand_without_trades_or_experts_can_set_a_table(make, client, sign_in):
    owner = make.member(make.brand("Larder"), Role.OWNER)
    sign_in(owner)

    response = client.post(f"/b/{owner.brand.slug}/sessions/new", data=typed(do="publish", **ROW))

    assert response.location == f"/b/{owner.brand.slug}/s/what-we-throw-away/publication"
