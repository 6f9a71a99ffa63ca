"""The roster: who belongs, who waits, who is invited; for hosts. Roles are for owners."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from meetup.brands import policy, rules
from meetup.brands.blueprint import bp
from meetup.brands.finding import brand_or_404
from meetup.brands.forms import InvitationForm, RoleForm
from meetup.brands.models import Brand, Membership, Role, RoleInvitation
from meetup.extensions import db, limiter
from meetup.invites import rules as invite_rules
from meetup.shared.clock import now
from meetup.shared.errors import NotAllowed, require

PER_PAGE = 50


@bp.get("/b/<brand_slug>/members")
def members(brand_slug: str) -> ResponseReturnValue:
    brand = _managed(brand_slug)
    return _roster(brand, InvitationForm(formdata=None))


@bp.post("/b/<brand_slug>/members/invitations")
@limiter.limit("60 per hour")
def invite(brand_slug: str) -> ResponseReturnValue:
    brand, form = _managed(brand_slug), InvitationForm()
    if not form.validate():
        return _roster(brand, form), 422
    require(policy.may_invite_as(current_user, brand.id, Role(form.role.data)), "Only an owner makes an owner.")

    rules.invite(brand, form.email.data, Role(form.role.data), current_user, at=now())
    db.session.commit()

    flash(f"Invited {form.email.data}.")
    return redirect(url_for("brands.members", brand_slug=brand_slug), 303)


@bp.post("/b/<brand_slug>/members/invitations/<name>/revocation")
def take_invitation_back(brand_slug: str, name: str) -> ResponseReturnValue:
    brand = _managed(brand_slug)
    wanted = policy.invitations_waiting(brand.id).where(RoleInvitation.public_id == name)
    invitation = db.first_or_404(wanted)
    require(policy.may_invite_as(current_user, brand.id, Role(invitation.role)), "Only an owner decides about owners.")

    invitation.revoke(now())
    db.session.commit()

    flash("Taken back.")
    return redirect(url_for("brands.members", brand_slug=brand_slug), 303)


@bp.post("/b/<brand_slug>/members/<name>/confirmation")
def confirm(brand_slug: str, name: str) -> ResponseReturnValue:
    """Say yes to somebody who waits, or let somebody back in."""
    membership = _judged(brand_slug, name)

    rules.confirm(membership, at=now())
    return _done(membership, f"{membership.name} belongs now.")


@bp.post("/b/<brand_slug>/members/<name>/refusal")
def decline(brand_slug: str, name: str) -> ResponseReturnValue:
    membership = _judged(brand_slug, name)

    rules.decline(membership, at=now())
    return _done(membership, f"{membership.name} stays outside.")


@bp.post("/b/<brand_slug>/members/<name>/suspension")
def suspend(brand_slug: str, name: str) -> ResponseReturnValue:
    membership = _judged(brand_slug, name)

    rules.suspend(membership, at=now())
    return _done(membership, f"{membership.name} is on hold.")


@bp.post("/b/<brand_slug>/members/<name>/revocation")
def revoke(brand_slug: str, name: str) -> ResponseReturnValue:
    """Put somebody out: their seats become free."""
    membership = _judged(brand_slug, name)

    rules.revoke(membership, at=now())
    invite_rules.leave(membership.person, membership.brand_id, at=now())
    return _done(membership, f"{membership.name} is out.")


@bp.post("/b/<brand_slug>/members/<name>/role")
def change_role(brand_slug: str, name: str) -> ResponseReturnValue:
    membership, form = _member(_managed(brand_slug), name), RoleForm()
    require(policy.may_change_role(current_user, membership), "Only an owner changes roles.")
    if not form.validate():
        raise NotAllowed("There is no such role.")

    was = membership.role
    rules.change_role(membership, Role(form.role.data), at=now())
    if was == Role.CUSTOMER and membership.role == Role.GUEST:
        # Not every session takes guests, and none seats them when it is closed: they choose anew.
        invite_rules.leave(membership.person, membership.brand_id, at=now())
    return _done(membership, f"{membership.name} is {form.role.data} now.")


def _managed(brand_slug: str) -> Brand:
    brand = brand_or_404(brand_slug)
    require(policy.may_manage_members(current_user, brand.id), f"Only {brand.name}'s hosts see who belongs.")
    return brand


def _member(brand: Brand, name: str) -> Membership:
    member: Membership = db.first_or_404(policy.members(brand.id).where(Membership.public_id == name))
    return member


def _judged(brand_slug: str, name: str) -> Membership:
    """A member whose standing is the viewer's to change."""
    membership = _member(_managed(brand_slug), name)
    require(policy.may_change_standing(current_user, membership), "About hosts and owners only another owner decides.")
    return membership


def _done(membership: Membership, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words)
    return redirect(url_for("brands.members", brand_slug=g.brand.slug), 303)


def _roster(brand: Brand, form: InvitationForm) -> str:
    kind, words = request.args.get("kind", ""), request.args.get("q", "")[:100]
    before = request.args.get("before", type=int)
    wanted = policy.members(brand.id, kind, words, before if before and before < 2**62 else None)
    found = db.session.scalars(wanted.limit(PER_PAGE + 1)).all()
    return render_template(
        "brands/members.html",
        form=form,
        kind=kind,
        words=words,
        found=found[:PER_PAGE],
        older=found[PER_PAGE - 1].id if len(found) > PER_PAGE else None,
        invitations=db.session.scalars(policy.invitations_waiting(brand.id).limit(100)).all(),
        waiting=policy.count_waiting(brand.id),
        is_owner=policy.is_owner(current_user, brand.id),
        before=before,
    )
