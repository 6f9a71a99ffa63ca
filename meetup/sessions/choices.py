"""What a form offers to choose from: this brand's trades, interests and experts, and the zones of the world."""

from datetime import datetime
from functools import cache
from zoneinfo import available_timezones

from sqlalchemy.orm import joinedload
from wtforms.fields.choices import SelectChoice

from meetup.brands import policy as brand_policy
from meetup.brands.models import Brand, Membership, Role
from meetup.extensions import db
from meetup.shared import when

PEER_WINDOWS = [
    SelectChoice("0", "not at all"),
    SelectChoice("1", "1 minute"),
    *(SelectChoice(str(minutes), f"{minutes} minutes") for minutes in range(2, 11)),
]
REGIONS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


class Offered:
    """What belongs to this brand, asked for once. Whatever else a form sends was not offered."""

    def __init__(self, brand: Brand) -> None:
        self.brand = brand
        self.verticals = {vertical.slug: vertical for vertical in brand.verticals}
        self.interests = {interest.slug: interest for interest in brand.interests}
        self.experts = {expert.public_id: expert for expert in experts_of(brand)}

    def vertical_choices(self) -> list[SelectChoice]:
        return [SelectChoice(slug, vertical.name) for slug, vertical in self.verticals.items()]

    def interest_choices(self) -> list[SelectChoice]:
        return [SelectChoice(slug, interest.name) for slug, interest in self.interests.items()]

    def expert_choices(self) -> list[SelectChoice]:
        names = ((key, expert.person.shown_name) for key, expert in self.experts.items())
        return [SelectChoice("", "Nobody"), *(SelectChoice(*each) for each in names)]


def experts_of(brand: Brand) -> list[Membership]:
    """The confirmed experts of this very brand, by name."""
    experts = brand_policy.confirmed_members(brand.id).where(Membership.role == Role.EXPERT)
    found = db.session.scalars(experts.options(joinedload(Membership.person)))
    return sorted(found, key=lambda expert: expert.person.shown_name.casefold())


def zone_choices(near: list[str], at: datetime) -> list[SelectChoice]:
    """Every zone, by continent; before them those that are near at hand, with what their clocks are called."""
    nearby = [zone for zone in dict.fromkeys(near) if when.is_zone(zone)]
    first = [SelectChoice(zone, when.zone_words(zone, at), optgroup="Near at hand") for zone in nearby]
    return [*first, *(choice for choice in _all_zones() if choice.value not in nearby)]


@cache
def _all_zones() -> list[SelectChoice]:
    named = (zone.partition("/") for zone in sorted(available_timezones()))
    return [
        SelectChoice(f"{region}/{city}", city.replace("_", " "), optgroup=region)
        for region, _, city in named
        if region in REGIONS and city
    ]
