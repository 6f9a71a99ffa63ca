"""A brand's page: its customers' voices, the next sessions by trade, and the brand's own words last."""

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from meetup.brands import policy
from meetup.brands.blueprint import bp
from meetup.brands.finding import brand_or_404
from meetup.brands.models import Brand, Interest, Vertical
from meetup.extensions import db
from meetup.feedback import policy as feedback_policy
from meetup.registrations.turnout import turnout
from meetup.sessions import policy as session_policy
from meetup.sessions.models import BofSession
from meetup.shared.access import public
from meetup.shared.clock import now

PER_PAGE = 20
VOICES = 4


@bp.get("/b/<brand_slug>")
@public
def show(brand_slug: str) -> ResponseReturnValue:
    brand, at = brand_or_404(brand_slug), now()
    trade, interest = request.args.get("trade", ""), request.args.get("interest", "")
    coming = _coming(brand, trade, interest).where(BofSession.ends_at > at)
    found = db.session.scalars(_after(coming, brand, request.args.get("after", ""))).all()
    sessions = found[:PER_PAGE]
    return render_template(
        "brands/show.html",
        at=at,
        trade=trade,
        interest=interest,
        groups=_by_trade(sessions),
        last=sessions[-1] if len(found) > PER_PAGE else None,
        turnout=turnout(brand.id, sessions),
        voices=feedback_policy.voices(brand.id, VOICES),
        may_bring_guests=policy.may_bring_guests(current_user, brand.id),
    )


def _coming(brand: Brand, trade: str, interest: str) -> Select[BofSession]:
    """What is published and not called off, of one trade or interest if one was picked."""
    coming = session_policy.visible_to(current_user, brand.id).where(
        BofSession.published_at.is_not(None), BofSession.cancelled_at.is_(None)
    )
    if trade:
        coming = coming.where(BofSession.vertical.has(and_(Vertical.brand_id == brand.id, Vertical.slug == trade)))
    if interest:
        coming = coming.where(BofSession.interests.any(and_(Interest.brand_id == brand.id, Interest.slug == interest)))
    return coming


def _after(coming: Select[BofSession], brand: Brand, last: str) -> Select[BofSession]:
    """The next page in order of time, and one more to know whether there is another."""
    if last:
        which = (BofSession.brand_id == brand.id, BofSession.public_id == last)
        begins = select(BofSession.starts_at).where(*which).scalar_subquery()
        number = select(BofSession.id).where(*which).scalar_subquery()
        later = and_(BofSession.starts_at == begins, BofSession.id > number)
        coming = coming.where(or_(BofSession.starts_at > begins, later))
    return (
        coming.order_by(BofSession.starts_at, BofSession.id)
        .limit(PER_PAGE + 1)
        .options(joinedload(BofSession.vertical), selectinload(BofSession.interests))
    )


def _by_trade(sessions: Sequence[BofSession]) -> list[tuple[str, list[BofSession]]]:
    """In groups, the trade first whose session comes first."""
    groups: dict[str, list[BofSession]] = {}
    for each in sessions:
        groups.setdefault(each.vertical.name if each.vertical else "Every trade", []).append(each)
    return list(groups.items())
