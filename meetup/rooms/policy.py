"""Who may read an open table, and who may do what there. Nobody else decides; everyone else asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Select, and_, select, union_all

from meetup.accounts.models import SignIn
from meetup.brands.models import HOSTS, PEERS, Membership, Role, Standing
from meetup.extensions import db
from meetup.registrations.models import Place, Registration, Seat
from meetup.rooms.models import EDIT_WITHIN, Kind, Message, Question, TableEvent
from meetup.sessions.models import BofSession, BofTable
from meetup.sessions.phases import Phase

if TYPE_CHECKING:
    from meetup.accounts.models import Person

TALKING = frozenset({Phase.DOORS, Phase.OPEN})
# After the end the words of the open part can be reread for so long; then they are erased.
REREAD_FOR = timedelta(days=90)


@dataclass(frozen=True)
class Footing:
    """How a person stands to one table, as of now: what every decision about the room rests on."""

    person_id: int | None
    role: Role | None = None  # confirmed, or none
    is_its_expert: bool = False
    is_registered: bool = False
    has_attended: bool = False
    sits_at: int | None = None  # the table of this session where they have a seat
    sits_here: bool = False

    @property
    def is_host(self) -> bool:
        return self.role in HOSTS

    @property
    def is_peer(self) -> bool:
        """A customer or guest who is registered for this session."""
        return self.role in PEERS and self.is_registered

    @property
    def is_peer_here(self) -> bool:
        return self.is_peer and self.sits_here

    @property
    def belongs(self) -> bool:
        """One of those whom this table's room lets in while people talk."""
        return self.is_peer or self.is_its_expert or self.is_host


def footing_of(person: "Person", table: BofTable) -> Footing:
    """Read anew from the database each time, in one query: no right is remembered."""
    if not person.is_authenticated:
        return Footing(None)
    row = db.session.execute(
        select(Membership.id, Membership.role, Registration.id, Registration.attended_at, Seat.table_id)
        .outerjoin(
            Registration,
            and_(
                Registration.person_id == Membership.person_id,
                Registration.brand_id == table.brand_id,
                Registration.bof_session_id == table.bof_session_id,
                Registration.standing == Place.GOING,
            ),
        )
        .outerjoin(Seat, and_(Seat.registration_id == Registration.id, Seat.brand_id == table.brand_id))
        .where(
            Membership.brand_id == table.brand_id,
            Membership.person_id == person.id,
            Membership.standing == Standing.CONFIRMED,
        )
    ).first()
    if row is None:
        return Footing(person.id)
    membership_id, role, registration_id, attended_at, seated_at = row
    return Footing(
        person.id,
        Role(role),
        is_its_expert=role == Role.EXPERT and membership_id == table.expert_id,
        is_registered=registration_id is not None,
        has_attended=attended_at is not None,
        sits_at=seated_at,
        sits_here=seated_at == table.id,
    )


def may_read(footing: Footing, bof_session: BofSession, at: datetime) -> bool:
    """While people talk: whoever belongs. After the end: the transcript, for a while. In between nobody at all."""
    phase = bof_session.phase(at)
    if phase in TALKING:
        return footing.belongs
    if phase is Phase.ENDED and at < bof_session.ends_at + REREAD_FOR:
        came = footing.is_peer and footing.has_attended
        return came or footing.is_its_expert or footing.is_host
    return False


def may_hear(footing: Footing, bof_session: BofSession, at: datetime) -> bool:
    """Hold a stream: whoever may read, while there is something to hear."""
    return bof_session.phase(at) in TALKING and footing.belongs


def may_know_the_room(footing: Footing, bof_session: BofSession, at: datetime) -> bool:
    """May be told what the room's door says: when it opens, that it is shut, that its words are erased."""
    if bof_session.phase(at) is Phase.ENDED:
        return may_read(footing, bof_session, min(at, bof_session.ends_at))
    return footing.belongs


def may_act_as_peer(footing: Footing, bof_session: BofSession, at: datetime) -> bool:
    """React, mark questions, call the expert: by those who sit here, while people talk."""
    return footing.is_peer_here and bof_session.phase(at) in TALKING


def may_edit(footing: Footing, message: Message, bof_session: BofSession, at: datetime) -> bool:
    """One's own words, for five minutes, while one may still speak at this table."""
    is_own = message.author_id == footing.person_id and message.removed_at is None
    if not is_own or at >= message.posted_at + EDIT_WITHIN or bof_session.phase(at) not in TALKING:
        return False
    if footing.is_host:
        return message.kind == Kind.NOTICE
    if footing.is_its_expert:
        # A greeting rewritten while the table talks would be a free post.
        return message.kind == Kind.ANSWER or (message.kind == Kind.GREETING and bof_session.phase(at) is Phase.DOORS)
    return footing.is_peer_here and message.kind == Kind.SAY


def may_remove(footing: Footing, message: Message, bof_session: BofSession, at: datetime) -> bool:
    """One's own words, and hosts anybody's, while people talk."""
    if message.removed_at is not None or bof_session.phase(at) not in TALKING:
        return False
    return footing.is_host or (footing.belongs and message.author_id == footing.person_id)


def tables_of(bof_session: BofSession) -> Select[BofTable]:
    return select(BofTable).where(BofTable.brand_id == bof_session.brand_id, BofTable.bof_session_id == bof_session.id)


def messages_of(table: BofTable) -> Select[Message]:
    """All that was said at this table. Only for whoever may read it: ask first."""
    return select(Message).where(Message.brand_id == table.brand_id, Message.table_id == table.id)


def questions_of(table: BofTable) -> Select[Question]:
    return select(Question).where(Question.brand_id == table.brand_id, Question.table_id == table.id)


def events_of(table: BofTable) -> Select[TableEvent]:
    return select(TableEvent).where(TableEvent.brand_id == table.brand_id, TableEvent.table_id == table.id)


def who_may_hear(table: BofTable, at: datetime) -> Sequence[int]:
    """The sign-ins that may hear this table at this moment. One query for all of them; `may_read` in SQL."""
    if table.bof_session.phase(at) not in TALKING:
        return ()
    confirmed = (Membership.brand_id == table.brand_id, Membership.standing == Standing.CONFIRMED)
    peers = (
        select(Registration.person_id)
        .join(Membership, Membership.person_id == Registration.person_id)
        .where(
            *confirmed,
            Membership.role.in_(PEERS),
            Registration.brand_id == table.brand_id,
            Registration.bof_session_id == table.bof_session_id,
            Registration.standing == Place.GOING,
        )
    )
    hosts = select(Membership.person_id).where(*confirmed, Membership.role.in_(HOSTS))
    expert = select(Membership.person_id).where(
        *confirmed, Membership.role == Role.EXPERT, Membership.id == table.expert_id
    )
    alive = select(SignIn.id).where(
        SignIn.person_id.in_(union_all(peers, hosts, expert)), SignIn.ended_at.is_(None), SignIn.ends_at > at
    )
    return db.session.scalars(alive).all()
