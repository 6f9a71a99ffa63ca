"""The door: one for those we know and those we do not. Same answer, same time, same work for both."""

from datetime import datetime

from flask import flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from meetup.accounts import browsers, codes, knocking, passwords, rules, signin
from meetup.accounts.blueprint import bp
from meetup.accounts.forms import CodeForm, DoorForm, PasswordDoorForm
from meetup.accounts.models import Person
from meetup.accounts.waysback import own_path
from meetup.brands import policy as brand_policy
from meetup.brands.models import Brand
from meetup.extensions import db, limiter
from meetup.live.wake import wake_everything
from meetup.shared import when
from meetup.shared.access import public
from meetup.shared.clock import now
from meetup.shared.database import after_commit

# One office may stand behind one address, so this is what a whole office may do.
PER_CLIENT = "30 per minute; 200 per hour"
ASKED, GOING_TO = "asked_code", "going_to"


@bp.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(own_path(request.args.get("next")) or url_for("brands.landing"))
    return _door(DoorForm(formdata=None, next=own_path(request.args.get("next"))))


@bp.post("/sign-in")
@public
@limiter.limit(PER_CLIENT)
def ask_code() -> ResponseReturnValue:
    form, at = DoorForm(), now()
    if not form.validate():
        return _door(form), 422
    email = form.email.data
    if wait := knocking.open_again_at("code", email, at):
        form.email.errors = [f"We have sent several mails there already. Try again in {when.left(wait, at)}."]
        return _door(form), 429

    knocking.note("code", email, at)
    asked = codes.send(email, at).public_id
    db.session.commit()

    session[ASKED], session[GOING_TO] = asked, own_path(form.next.data)
    return redirect(url_for("accounts.enter_code"), 303)


@bp.get("/sign-in/code")
@public
def enter_code() -> ResponseReturnValue:
    return _code_page(CodeForm(formdata=None))


@bp.post("/sign-in/code")
@public
@limiter.limit(PER_CLIENT)
def check_code() -> ResponseReturnValue:
    form, at = CodeForm(), now()
    made = codes.find(session.get(ASKED))
    if made is None:
        return redirect(url_for("accounts.sign_in"), 303)
    if not form.validate():
        return _code_page(form, 422)

    # A wrong try is kept, too: that is how they are counted.
    if wrong := codes.wrong_with(made, form.code.data, at):
        db.session.commit()
        form.code.errors = [wrong]
        return _code_page(form, 422)
    return _come_in(rules.welcome(made.email, at), at, session.get(GOING_TO))


@bp.get("/sign-in/password")
@public
def enter_password() -> ResponseReturnValue:
    return _password_page(PasswordDoorForm(formdata=None, next=own_path(request.args.get("next"))))


@bp.post("/sign-in/password")
@public
@limiter.limit(PER_CLIENT)
def check_password() -> ResponseReturnValue:
    form, at = PasswordDoorForm(), now()
    if not form.validate():
        return _password_page(form, 422)
    email = form.email.data
    if wait := knocking.open_again_at("password", email, at):
        form.password.errors = [f"Too many tries. Take six digits by mail, or wait {when.left(wait, at)}."]
        return _password_page(form, 429)
    person = rules.find(email)
    kept = person.password_hash if person else None
    # Nobody else's writing waits while we hash.
    db.session.rollback()
    if not passwords.matches(kept, form.password.data):
        knocking.note("password", email, at)
        db.session.commit()
        form.password.errors = ["Address and password do not belong together."]
        return _password_page(form, 422)
    return _come_in(rules.welcome(email, at), at, own_path(form.next.data))


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    signin.end(now())
    after_commit(db.session(), wake_everything)
    db.session.commit()

    flash("You are signed out here.")
    return redirect(url_for("brands.landing"), 303)


def _come_in(person: Person, at: datetime, path: str | None) -> ResponseReturnValue:
    """Begin a sign-in and go on to where this person was heading, by way of their name if they have none."""
    signin.begin(person, browsers.called(request.user_agent.string), at)
    has_name = bool(person.name)
    db.session.commit()

    path = own_path(path)
    if has_name:
        return redirect(path or url_for("brands.landing"), 303)
    return redirect(url_for("accounts.enter_name", next=path), 303)


def _door(form: DoorForm) -> str:
    at_door = _brand_of(form.next.data)
    return render_template("accounts/sign_in.html", form=form, at_door=at_door)


def _code_page(form: CodeForm, status: int = 200) -> ResponseReturnValue:
    made = codes.find(session.get(ASKED))
    if made is None:
        return redirect(url_for("accounts.sign_in"), 303)
    path = session.get(GOING_TO)
    at_door = _brand_of(path)
    return render_template("accounts/code.html", form=form, made=made, path=path, at_door=at_door), status


def _password_page(form: PasswordDoorForm, status: int = 200) -> ResponseReturnValue:
    at_door = _brand_of(form.next.data)
    return render_template("accounts/password_door.html", form=form, at_door=at_door), status


def _brand_of(path: str | None) -> Brand | None:
    """Whose door this is: who came from a brand's page sees its name and colour above the door."""
    parts = (own_path(path) or "").split("?")[0].split("/")
    if len(parts) < 3 or parts[1] != "b":
        return None
    brand = db.session.scalar(brand_policy.visible().where(Brand.slug == parts[2]))
    g.brand = brand
    return brand
