"""What staff type to set a table: what, when, and the tables. Shape alone; rights and state are asked elsewhere."""

from datetime import datetime

from wtforms import BooleanField, FormField, HiddenField, SelectField, SelectMultipleField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from meetup.brands.models import Brand
from meetup.sessions import times
from meetup.sessions.choices import PEER_WINDOWS, Offered, zone_choices
from meetup.sessions.evening import Evening, Typed, WrongTimes, plan_evening
from meetup.sessions.filling import CLOCKS, blank, filled, standing
from meetup.sessions.inputs import OFFERED, Clock, Rows, TableForm, Trade
from meetup.sessions.models import BofSession
from meetup.sessions.preview import Preview
from meetup.sessions.rules import Plan, TablePlan
from meetup.shared import when
from meetup.shared.fields import BlockField, LineField
from meetup.shared.form import ConfirmForm, Form

MOST_TABLES = 40
STEPS = {
    "what": ("title", "summary", "vertical", "interests"),
    "when": ("day", "zone", *CLOCKS, "closed_part", "peer_window", "is_online", "place", "admits_guests"),
    "tables": ("tables",),
}


class SessionForm(Form):
    """What · when · tables, on one page. Whatever is typed stays typed until it is saved."""

    version = HiddenField()
    title = LineField("Title", [DataRequired("Give it a title.")], limit=100)
    summary = BlockField("In one sentence", limit=600)
    vertical = Trade("Trade")
    interests = SelectMultipleField("Interests", invalid_choice_message=OFFERED)
    day = LineField("Day", [DataRequired(f"Which day? {times.DAY_LOOKS}")], limit=40)
    zone = SelectField("Zone", invalid_choice_message="Choose a zone from the list.")
    doors = Clock("Doors", limit=40)
    starts = Clock("Open", [DataRequired("When does it begin?")], limit=40)
    closes = Clock("The brand leaves", limit=40)
    ends = Clock("Ends", [DataRequired("When does it end?")], limit=40)
    closed_part = BooleanField("With a closed part")
    peer_window = SelectField("Peers first", choices=PEER_WINDOWS, invalid_choice_message="From 0 to 10 minutes.")
    is_online = BooleanField("Online")
    place = LineField("In person, at", limit=200)
    admits_guests = BooleanField("Guests are welcome")
    tables = Rows(FormField(TableForm), max_entries=MOST_TABLES)
    tell_now = BooleanField("Tell them now, not in five minutes")

    def __init__(self, brand: Brand, at: datetime, bof_session: BofSession | None = None, near: str | None = None):
        self.brand, self.at, self.bof_session = brand, at, bof_session
        super().__init__(data=filled(bof_session) if bof_session else blank(brand))
        self.offered = Offered(brand)
        self.evening: Evening | None = None
        # What to say beside a field: the day in words, a time that comes twice.
        self.notes: dict[str, str] = {}
        if bof_session and not self.is_submitted():
            self._say_day(times.to_wall(bof_session.starts_at, bof_session.zone).date())
        self.closes.label.text = f"{brand.name} leaves"
        self.vertical.choices = self.offered.vertical_choices()
        self.interests.choices = self.offered.interest_choices()
        near_zones = [self.zone.data or "", brand.zone, near or "", "UTC"]
        self.zone.choices = zone_choices(near_zones, at)
        self._offer_rows()

    def add_row(self):
        if len(self.tables) < MOST_TABLES:
            self.tables.append_entry()
            self._offer_rows()

    def drop_row(self, index):
        if index in [str(place) for place in range(len(self.tables))]:
            self.tables.pop_entry(int(index))

    def _offer_rows(self):
        for row in self.tables:
            row.form.vertical.choices = [SelectChoice("", "As the session"), *self.offered.vertical_choices()]
            row.form.expert.choices = self.offered.expert_choices()

    def validate_closes(self, field):
        if self.closed_part.data and not field.data:
            raise ValidationError(f"When does {self.brand.name} leave?")

    def validate_place(self, field):
        if not field.data and not self.is_online.data:
            raise ValidationError("Say where people meet, or make it online.")

    def validate(self, extra_validators=None):
        is_well = super().validate(extra_validators)
        return all([is_well, self._read_times(), self._check_rows()])

    def check(self, *steps):
        """Are these steps well? What is wrong with the others is not said yet."""
        self.validate()
        names = [name for step in steps for name in STEPS[step]]
        for field in self:
            if field.name not in names and field.name not in ("tables", "csrf_token"):
                field.errors = []
        if "tables" not in steps:
            self._forgive_rows()
        return not any(self[name].errors for name in names)

    def open_step(self):
        """The first step where something is wrong."""
        return next((step for step, names in STEPS.items() if any(self[name].errors for name in names)), None)

    def plan(self) -> Plan:
        """What was asked for. Only of a form that is well."""
        assert self.evening is not None
        return Plan(
            title=self.title.data,
            summary=self.summary.data,
            zone=self.zone.data,
            instants=self.evening.instants,
            vertical=self.offered.verticals.get(self.vertical.data or ""),
            interests=[self.offered.interests[slug] for slug in self.interests.data],
            place=self.place.data,
            is_online=self.is_online.data,
            peer_window=int(self.peer_window.data),
            admits_guests=self.admits_guests.data,
            tables=[self._table(row.form) for row in self.tables if not row.form.is_blank],
        )

    def preview(self) -> Preview:
        """What customers will read, as far as it is known."""
        chosen = (self.offered.experts.get(row.form.expert.data) for row in self.tables)
        return Preview(
            title=self.title.data or "",
            summary=self.summary.data or "",
            zone=self.zone.data if when.is_zone(self.zone.data or "") else self.brand.zone,
            instants=self._instants(),
            experts=tuple(expert.person.first_name for expert in chosen if expert),
            place=self.place.data or "",
            is_online=self.is_online.data,
        )

    def _instants(self):
        if self.evening:
            return self.evening.instants
        # Of a page that nobody has typed on yet.
        return self.bof_session.instants if self.bof_session and not self.is_submitted() else None

    def _table(self, row):
        vertical = self.offered.verticals.get(row.vertical.data)
        return TablePlan(
            topic=row.topic.data or (vertical.name if vertical else ""),
            capacity=row.seats.data,
            vertical=vertical,
            expert=self.offered.experts.get(row.expert.data),
            table=self._known_tables().get(row.ref.data),
        )

    def _known_tables(self):
        return {table.public_id: table for table in self.bof_session.tables} if self.bof_session else {}

    def _read_times(self):
        """The evening that was typed; or, beside each field, why it cannot be."""
        if self.day.data and self.zone.data and not self.day.errors and not self.zone.errors:
            try:
                day = times.read_day(self.day.data, self._today())
            except ValueError as error:
                self.day.errors = [str(error)]
                return False
            self._say_day(day)
            if not any(self[name].errors for name in CLOCKS):
                return self._plan_evening(day)
        return False

    def _today(self):
        return times.to_wall(self.at, self.zone.data).date()

    def _say_day(self, day):
        self.notes["day"] = f"{times.in_words(day)}, {times.how_far(day, self._today())}"

    def _plan_evening(self, day):
        doors, starts, closes, ends = (self[name].said for name in CLOCKS)
        typed = Typed(day, self.zone.data, doors, starts, closes if self.closed_part.data else None, ends)
        kept = standing(self.bof_session, self.data) if self.bof_session else {}
        try:
            self.evening = plan_evening(typed, self.at, self.brand.name, kept)
        except WrongTimes as wrong:
            for name, sentence in wrong.fields.items():
                self[name].errors = [sentence]
            return False
        self.notes |= self.evening.notes
        return True

    def _check_rows(self):
        """Each row a table of this session or a new one, and each expert at one table."""
        experts, refs = set(), set(self._known_tables())
        for row in (row.form for row in self.tables):
            if row.ref.data and row.ref.data not in refs:
                row.topic.errors = ["This table is gone: somebody took it away. Take the row away, and add it anew."]
            refs.discard(row.ref.data)
            if row.expert.data and row.expert.data in experts and not row.expert.errors:
                row.expert.errors = ["One expert cannot listen at two tables."]
            experts.add(row.expert.data)
        self.tables.errors = [row.errors for row in self.tables if row.errors]
        return not self.tables.errors

    def take_for_new(self):
        """Rows of tables that are gone meanwhile are new ones from here on."""
        known = self._known_tables()
        for row in self.tables:
            if row.form.ref.data not in known:
                row.form.ref.data = ""

    def _forgive_rows(self):
        self.tables.errors = []
        for row in self.tables:
            for field in row.form:
                field.errors = []


class PressForm(Form):
    """Which button of the session's form was pressed, and which step stood open."""

    do = StringField()
    step = StringField()


class MoveForm(ConfirmForm):
    """A press that moves what is still to come, and the times that it was drawn with."""

    move = StringField()
    version = StringField()
