"""One's own page: name, ways in, browsers, brands, and one's own data."""

from flask import Response, flash, json, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from meetup.accounts import codes, knocking, passwords, policy, rules, signin
from meetup.accounts.blueprint import bp
from meetup.accounts.forms import AddressForm, BothCodesForm, ErasureForm, PasswordForm, ProfileForm, WelcomeForm
from meetup.accounts.models import Person, SignIn, SignInCode
from meetup.accounts.waysback import own_path
from meetup.brands import policy as brand_policy
from meetup.brands import rules as brand_rules
from meetup.extensions import db, limiter
from meetup.live.wake import wake_everything
from meetup.shared import owndata, when
from meetup.shared.clock import now
from meetup.shared.database import after_commit, leave_no_trace

BOTH = "address_codes"


@bp.get("/me")
def me() -> ResponseReturnValue:
    return _profile(ProfileForm(formdata=None, obj=current_user))


@bp.get("/me/name")
def enter_name() -> ResponseReturnValue:
    return render_template("accounts/welcome.html", form=WelcomeForm(formdata=None, obj=current_user))


@bp.post("/me/name")
def change_name() -> ResponseReturnValue:
    """The first time name and headline alone are asked; afterwards the whole profile."""
    is_first = not current_user.name
    form = WelcomeForm() if is_first else ProfileForm()
    if not form.validate():
        return (render_template("accounts/welcome.html", form=form) if is_first else _profile(form)), 422

    form.populate_obj(_person())
    if not is_first:
        _person().zone = form.zone.data or None
    db.session.commit()

    flash("Good to meet you." if is_first else "Kept.")
    return redirect((own_path(request.args.get("next")) if is_first else None) or _after_name(is_first), 303)


@bp.get("/me/password")
def enter_password_to_keep() -> ResponseReturnValue:
    return render_template("accounts/password.html", form=PasswordForm(formdata=None))


@bp.post("/me/password")
@limiter.limit("20 per hour")
def set_password() -> ResponseReturnValue:
    form = PasswordForm(current_user.name, *current_user.email.split("@"))
    if not form.validate():
        return render_template("accounts/password.html", form=form), 422
    # Nobody else's writing waits while we hash.
    db.session.rollback()
    kept = passwords.hashed(form.password.data)

    _person().password_hash = kept
    ended = signin.end_elsewhere(_person(), now())
    after_commit(db.session(), wake_everything)
    db.session.commit()

    flash("Your password is set." + (" Every other browser is signed out." if ended else ""))
    return redirect(url_for("accounts.me"), 303)


@bp.post("/me/password/removal")
def remove_password() -> ResponseReturnValue:
    _person().password_hash = None
    db.session.commit()

    flash("No password any more. You come in with six digits.")
    return redirect(url_for("accounts.me"), 303)


@bp.get("/me/address")
def enter_address() -> ResponseReturnValue:
    return render_template("accounts/address.html", form=AddressForm(formdata=None))


@bp.post("/me/address")
@limiter.limit("20 per hour")
def ask_both_codes() -> ResponseReturnValue:
    form, at = AddressForm(), now()
    if not form.validate():
        return render_template("accounts/address.html", form=form), 422
    addresses = {"old address": str(_person().email), "new address": str(form.email.data)}
    waits = filter(None, (knocking.open_again_at("code", each, at) for each in addresses.values()))
    if wait := max(waits, default=None):
        form.email.errors = [f"We have sent several mails already. Try again in {when.left(wait, at)}."]
        return render_template("accounts/address.html", form=form), 429

    asked = []
    for purpose, email in addresses.items():
        knocking.note("code", email, at)
        asked.append(codes.send(email, at, purpose, _person().id).public_id)
    db.session.commit()

    session[BOTH] = asked
    return redirect(url_for("accounts.enter_both_codes"), 303)


@bp.get("/me/address/codes")
def enter_both_codes() -> ResponseReturnValue:
    old, new = _both()
    if old is None or new is None:
        return redirect(url_for("accounts.enter_address"))
    return render_template("accounts/both_codes.html", form=BothCodesForm(formdata=None), old=old, new=new)


@bp.post("/me/address/codes")
@limiter.limit("60 per hour")
def change_address() -> ResponseReturnValue:
    form, at = BothCodesForm(), now()
    old, new = _both()
    if old is None or new is None:
        return redirect(url_for("accounts.enter_address"), 303)
    if not form.validate():
        return render_template("accounts/both_codes.html", form=form, old=old, new=new), 422
    for made, field in ((old, form.old), (new, form.new)):
        # The digits that were right stay good until both are.
        if wrong := None if made.used_at else codes.wrong_with(made, field.data, at):
            field.errors = [wrong]
    if form.errors:
        db.session.commit()
        return render_template("accounts/both_codes.html", form=form, old=old, new=new), 422

    rules.change_address(_person(), new.email)
    signin.end_elsewhere(_person(), at)
    brand_rules.judge_address(_person(), at)
    after_commit(db.session(), wake_everything)
    db.session.commit()

    session.pop(BOTH, None)
    flash("You sign in with your new address from now on.")
    return redirect(url_for("accounts.me"), 303)


@bp.post("/me/sign-ins/<int:sign_in_id>/end")
def end_sign_in(sign_in_id: int) -> ResponseReturnValue:
    sign_in = db.first_or_404(policy.sign_ins_of(current_user).where(SignIn.id == sign_in_id))
    is_here = sign_in is signin.current()

    signin.end(now()) if is_here else sign_in.end(now())
    after_commit(db.session(), wake_everything)
    db.session.commit()

    flash("Signed out there." if not is_here else "You are signed out here.")
    return redirect(url_for("brands.landing" if is_here else "accounts.me"), 303)


@bp.post("/me/sign-ins/end")
def end_other_sign_ins() -> ResponseReturnValue:
    signin.end_elsewhere(_person(), now())
    after_commit(db.session(), wake_everything)
    db.session.commit()

    flash("Every other browser is signed out.")
    return redirect(url_for("accounts.me"), 303)


@bp.get("/me/export")
def export() -> ResponseReturnValue:
    everything = json.dumps(owndata.everything_of(current_user.id), ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": 'attachment; filename="my-data.json"', "Cache-Control": "no-store"}
    return Response(everything, mimetype="application/json", headers=headers)


@bp.get("/me/erasure")
def enter_erasure() -> ResponseReturnValue:
    return render_template("accounts/erasure.html", form=ErasureForm(formdata=None))


@bp.post("/me/erasure")
def erase() -> ResponseReturnValue:
    form = ErasureForm()
    if not form.validate():
        return render_template("accounts/erasure.html", form=form), 422

    owndata.erase(current_user.id, now())
    after_commit(db.session(), wake_everything)
    db.session.commit()

    leave_no_trace(db.engine)
    session.clear()
    flash("You are erased. Your words at open tables stand there without your name.")
    return redirect(url_for("brands.landing"), 303)


def _profile(form: ProfileForm) -> str:
    at = now()
    sign_ins = [each for each in db.session.scalars(policy.sign_ins_of(current_user).limit(50)) if each.holds(at)]
    return render_template(
        "accounts/me.html",
        form=form,
        zones=when.zone_names(),
        sign_ins=sign_ins,
        here=signin.current(),
        memberships=db.session.scalars(brand_policy.memberships_of(current_user)).all(),
    )


def _after_name(is_first: bool) -> str:
    return url_for("brands.landing" if is_first else "accounts.me")


def _both() -> tuple[SignInCode | None, SignInCode | None]:
    """The two codes that this browser asked for; none of anybody else's."""
    names = session.get(BOTH) or [None, None]
    found = [codes.find(name, purpose) for name, purpose in zip(names, ("old address", "new address"), strict=True)]
    old, new = (made if made and made.person_id == current_user.id else None for made in found)
    return old, new


def _person() -> Person:
    """The person themselves, not Flask-Login's proxy of them."""
    person: Person = current_user._get_current_object()
    return person
