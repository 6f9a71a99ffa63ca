"""The pages of a room: the room itself, one message of it, and the door when it is shut."""

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from meetup.brands.models import Role
from meetup.extensions import db
from meetup.live.stream import cursor
from meetup.rooms import policy
from meetup.rooms.drawing import neutral
from meetup.rooms.forms import EditForm, RemovalForm, SayForm
from meetup.rooms.line import generation
from meetup.rooms.models import Feeling, Message
from meetup.rooms.people import people_at, tables_beside
from meetup.rooms.policy import Footing
from meetup.rooms.presence import presence_of
from meetup.rooms.questions import question_of, thread_of, waiting_for_the_expert
from meetup.rooms.voice import voice
from meetup.rooms.window import recent_questions, thread, window
from meetup.sessions.models import BofTable
from meetup.sessions.phases import Phase
from meetup.shared.clock import now
from meetup.shared.errors import require
from meetup.shared.pages import viewer_zone, way_to

NOT_YOURS = "This table is for those who have a seat at this session."


def room(table: BofTable, before: int | None = None, form: SayForm | None = None) -> str:
    """The room, or its transcript; or the door, to whoever may not read now but may know when."""
    at = now()
    footing = policy.footing_of(current_user, table)
    if not policy.may_read(footing, table.bof_session, at):
        require(policy.may_know_the_room(footing, table.bof_session, at), NOT_YOURS)
        return door(table, footing)
    shown = window(table, before)
    presence = presence_of(current_user, table)
    return render_template(
        "rooms/show.html",
        **furniture(table),
        **neutral(table, at),
        window=shown,
        oldest=shown.lines[0].message.seq if shown.lines else 0,
        before=before,
        is_live=before is None and table.bof_session.phase(at) in policy.TALKING,
        cursor=cursor(generation(table), table.last_seq),
        read_seq=presence.read_seq if presence and not before else None,
        people=people_at(table, at),
        beside=tables_beside(table, current_user.id, at),
        questions=recent_questions(table),
        footing=footing,
        voice=voice(footing, table, at),
        form=form or SayForm(formdata=None),
        waiting=waiting_for_the_expert(table, at) if footing.is_its_expert else 0,
        feelings=list(Feeling),
    )


def message_page(table: BofTable, message: Message, before: int | None, form: EditForm | None = None) -> str:
    """One message with what stands under it, and everything that this person may do with it, each as a form.

    Raises:
        NotAllowed: to whoever may not read here now; a form that came in empty is no way in either.
    """
    at = now()
    footing = policy.footing_of(current_user, table)
    require(policy.may_read(footing, table.bof_session, at), NOT_YOURS)
    line, older = thread(table, message, before)
    question = thread_of(message)
    return render_template(
        "rooms/message.html",
        **furniture(table),
        **neutral(table, at),
        line=line,
        older=older,
        footing=footing,
        voice=voice(footing, table, at, question),
        say=SayForm(formdata=None, reply_to=message.seq),
        edit=form or EditForm(formdata=None, body=message.body),
        removal=RemovalForm(formdata=None),
        may_edit=policy.may_edit(footing, message, table.bof_session, at),
        may_remove=policy.may_remove(footing, message, table.bof_session, at),
        may_act=policy.may_act_as_peer(footing, table.bof_session, at) and message.removed_at is None,
        asked_by_me=question is not None and question.message.author_id == current_user.id,
        own_question=question_of(message),
        feelings=list(Feeling),
    )


def door(table: BofTable, footing: Footing) -> str:
    """Why nobody reads here now, and where to go instead."""
    at = now()
    phase = table.bof_session.phase(at)
    closed = phase is Phase.CLOSED and footing.role == Role.CUSTOMER and footing.sits_at is not None
    return render_template(
        "rooms/door.html",
        **furniture(table),
        **neutral(table, at),
        footing=footing,
        closed_url=_closed_room(table, footing.sits_at) if closed else None,
    )


def _closed_room(table: BofTable, sits_at: int | None) -> str | None:
    mine = db.session.scalar(
        policy.tables_of(table.bof_session).where(BofTable.id == sits_at).with_only_columns(BofTable.number)
    )
    return way_to("closed.show", brand_slug=g.brand.slug, slug=table.bof_session.slug, number=mine)


def furniture(table: BofTable) -> dict[str, object]:
    """What the frame of the page needs."""
    bof_session = table.bof_session
    return {
        "my_zone": viewer_zone(current_user, bof_session),
        "back_url": url_for("sessions.show", brand_slug=g.brand.slug, slug=bof_session.slug),
        "brand_url": way_to("brands.show", brand_slug=g.brand.slug),
        "brand_css_url": way_to("brands.colour", brand_slug=g.brand.slug),
    }


def refused_form(table: BofTable, form: SayForm) -> ResponseReturnValue:
    """The room again, with what was typed and what is wrong."""
    return room(table, form=form), 422
