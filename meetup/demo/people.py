"""Brings the demo's brand and people on stage, once, into a database that holds nobody else."""

from datetime import UTC, datetime

from sqlalchemy import exists, select

from meetup.accounts import passwords
from meetup.accounts.models import Person
from meetup.brands.models import (
    BRAND_SIDE,
    Brand,
    BrandDomain,
    DomainKind,
    Interest,
    InviteCode,
    Membership,
    Standing,
    Vertical,
)
from meetup.demo.cast import (
    BRAND,
    CAST,
    CUSTOMER_DOMAIN,
    INTERESTS,
    INVITE_CODE,
    OWN_DOMAIN,
    PASSWORD,
    VERTICALS,
    Player,
)
from meetup.extensions import db
from meetup.shared.errors import Refused


def brand() -> Brand | None:
    """The demo's brand, if it is here."""
    return db.session.scalar(select(Brand).where(Brand.is_demo, Brand.slug == BRAND["slug"]))


def is_welcome() -> bool:
    """May the demo play here? Never where a real person is."""
    return not db.session.scalar(select(exists().where(Person.is_demo.is_(False))))


def bring(at: datetime) -> Brand:
    """The brand and its people. Bringing them twice changes nothing.

    Raises:
        Refused: when the database holds real people.
    """
    here = brand()
    if here is not None:
        return here
    if not is_welcome():
        raise Refused("This database holds real people. The demo plays only where there are none.")
    fernhill = Brand(**BRAND, opened_at=at, is_demo=True)
    fernhill.domains = [
        BrandDomain(domain=OWN_DOMAIN, kind=DomainKind.OWN),
        BrandDomain(domain=CUSTOMER_DOMAIN, kind=DomainKind.CUSTOMER),
    ]
    fernhill.verticals = [Vertical(slug=name.lower().replace(" ", "-"), name=name) for name in VERTICALS]
    fernhill.interests = [Interest(slug=name, name=name) for name in INTERESTS]
    db.session.add(fernhill)
    db.session.flush()
    db.session.add(InviteCode(brand_id=fernhill.id, code=INVITE_CODE, label="at the bakers’ fair", made_at=at))
    # One hash for all: the password is no secret, and forty hashes would make the first start wait.
    password_hash = passwords.hashed(PASSWORD)
    db.session.add_all(member(fernhill, player, password_hash, at) for player in CAST)
    db.session.flush()
    return fernhill


def member(fernhill: Brand, player: Player, password_hash: str, at: datetime) -> Membership:
    person = Person(
        email=player.address,
        name=player.name,
        headline=player.headline,
        zone=player.zone,
        password_hash=password_hash,
        joined_at=at,
        is_demo=True,
    )
    since = datetime(player.since, 3, 1, 9, tzinfo=UTC)
    return Membership(
        brand=fernhill,
        person=person,
        role=player.role,
        standing=Standing.CONFIRMED,
        since=since,
        through=player.through,
        brand_side_since=since if player.role in BRAND_SIDE else None,
    )
