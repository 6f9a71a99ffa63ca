"""What a session's answers say together: nothing under five, and no cell that gives somebody away."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from meetup.extensions import db
from meetup.feedback import figures, policy
from meetup.feedback.models import Answer
from meetup.feedback.policy import FEWEST
from meetup.sessions.models import BofSession

AGAIN = {5: "5 · tomorrow", 4: "4", 3: "3", 2: "2", 1: "1 · rather not"}
# The usual three groups of a 0 to 10 scale: eleven cells would nearly all be hidden.
RECOMMEND = {"would": "9 or 10 · would tell others", "might": "7 or 8 · might", "would not": "0 to 6 · would not"}
WORDS_AT_MOST = 100

Row = tuple[str, int | None, float | str]


@dataclass(frozen=True)
class Results:
    """What hosts see. With fewer than five answers: only that there are too few, not how many."""

    answered: int | None
    came: int
    again: Sequence[Row] = ()
    again_answered: int | None = None
    recommend: Sequence[Row] = ()
    recommend_answered: int | None = None
    took_home: Sequence[str] = ()
    next_topics: Sequence[str] = ()


def of(bof_session: BofSession) -> Results:
    """The results of one session, in three queries."""
    came = _came(bof_session)
    answers = db.session.scalars(
        select(Answer)
        .where(Answer.brand_id == bof_session.brand_id, Answer.bof_session_id == bof_session.id)
        # A random order that stays the same: sentences tell nothing by where they stand.
        .order_by(Answer.public_id)
    ).all()
    if len(answers) < FEWEST:
        return Results(None, came)
    again = figures.counted((answer.again for answer in answers), tuple(AGAIN))
    recommend = figures.counted((_group(answer.recommend) for answer in answers), tuple(RECOMMEND))
    return Results(
        answered=len(answers),
        came=came,
        again=figures.rows(AGAIN, again),
        again_answered=_enough(again),
        recommend=figures.rows(RECOMMEND, recommend),
        recommend_answered=_enough(recommend),
        took_home=[answer.took_home for answer in answers if answer.took_home][:WORDS_AT_MOST],
        # In another order: who said what first must not be paired with what they said next.
        next_topics=sorted(answer.next_topic for answer in answers if answer.next_topic)[:WORDS_AT_MOST],
    )


def _came(bof_session: BofSession) -> int:
    came = policy.those_who_came(bof_session).with_only_columns(func.count())
    return db.session.scalar(came) or 0


def _group(value: int | None) -> str | None:
    if value is None:
        return None
    return "would" if value >= 9 else "might" if value >= 7 else "would not"


def _enough(counts: dict[int, int] | dict[str, int]) -> int | None:
    total = sum(counts.values())
    return total if total >= FEWEST else None
