"""What customers will read of a session, before they do: drawn from a form that may not be finished yet."""

from dataclasses import dataclass
from datetime import datetime

from meetup.sessions.models import BofSession
from meetup.sessions.times import how_long


@dataclass(frozen=True)
class Preview:
    """The invitation as it would stand. What is not known yet is empty."""

    title: str
    summary: str
    zone: str
    instants: tuple[datetime, datetime, datetime, datetime] | None
    experts: tuple[str, ...]
    place: str
    is_online: bool

    @property
    def has_closed_part(self) -> bool:
        return self.instants is not None and self.instants[2] < self.instants[3]

    @property
    def has_open_part(self) -> bool:
        return self.instants is None or self.instants[1] < self.instants[2]

    @property
    def listeners(self) -> str:
        """“Nadia listens”, “Nadia and Tom listen”; without experts, nobody does."""
        if not self.experts:
            return ""
        names = " and ".join([", ".join(self.experts[:-1]), self.experts[-1]] if self.experts[1:] else self.experts)
        return f"{names} {'listen' if self.experts[1:] else 'listens'}"

    @property
    def left(self) -> str:
        """How long the customers have for themselves."""
        return how_long(self.instants[3] - self.instants[2]) if self.instants else ""


def of_session(bof_session: BofSession) -> Preview:
    """A session as it stands."""
    experts = (table.expert.person.first_name for table in bof_session.tables if table.expert)
    return Preview(
        bof_session.title,
        bof_session.summary,
        bof_session.zone,
        bof_session.instants,
        tuple(experts),
        bof_session.place,
        bof_session.is_online,
    )
