"""Counts that give nobody away."""

from hypothesis import given
from hypothesis import strategies as st

from meetup.feedback.figures import FEWEST, counted, rows, suppressed


def test_a_small_cell_is_hidden_and_the_next_smallest_with_it():
    assert suppressed({5: 8, 4: 7, 3: 2}) == {5: 8, 4: None, 3: None}


def test_two_small_cells_that_hold_fewer_than_five_together_take_another_with_them():
    assert suppressed({5: 10, 4: 6, 3: 1, 2: 1}) == {5: 10, 4: None, 3: None, 2: None}


def test_nothing_is_hidden_where_nobody_can_be_guessed():
    assert suppressed({"yes": 9, "no": 5, "perhaps": 0}) == {"yes": 9, "no": 5, "perhaps": 0}


def test_fewer_than_five_in_all_show_nothing():
    assert suppressed({"yes": 4, "no": 0}) == {"yes": None, "no": None}


def test_no_answer_counts_nowhere():
    assert counted([5, None, 5, 1], (5, 4, 1)) == {5: 2, 4: 0, 1: 1}


def test_a_row_says_why_it_is_hidden():
    assert rows({"a": "Yes", "b": "No", "c": "Perhaps"}, {"a": 15, "b": 5, "c": 2}) == [
        ("Yes", 15, 100 * 15 / 22),
        ("No", None, "hidden too"),
        ("Perhaps", None, "fewer than five"),
    ]


@given(st.dictionaries(st.integers(0, 10), st.integers(0, 30), min_size=2, max_size=6))
def test_the_total_never_gives_a_small_cell_away(counts):
    shown = suppressed(counts)

    hidden = [counts[cell] for cell, count in shown.items() if count is None]
    assert all(count == counts[cell] for cell, count in shown.items() if count is not None)
    assert not any(count is not None and 0 < count < FEWEST for count in shown.values())
    assert hidden == [] or (len(hidden) >= 2 and (sum(hidden) >= FEWEST or len(hidden) == len(counts)))
