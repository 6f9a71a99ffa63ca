"""Coming in to a brand, and going: as a customer, as somebody's guest, as host or expert."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from meetup.accounts.waysback import own_path
from meetup.brands import joining, policy, rules, settling
from meetup.brands.blueprint import bp
from meetup.brands.finding import brand_or_404
from meetup.brands.forms import GuestForm, JoinForm, ListingForm
from meetup.brands.models import PEERS, Brand, GuestLink, Membership
from meetup.extensions import db, limiter
from meetup.invites import rules as invite_rules
from meetup.shared.access import public
from meetup.shared.clock import now
from meetup.shared.errors import require
from meetup.shared.form import ConfirmForm


@bp.get("/b/<brand_slug>/join")
def enter_join(brand_slug: str) -> ResponseReturnValue:
    brand = brand_or_404(brand_slug)
    return _join_page(brand, JoinForm(formdata=None))


@bp.post("/b/<brand_slug>/join")
@limiter.limit("30 per hour")
def join(brand_slug: str) -> ResponseReturnValue:
    brand, form = brand_or_404(brand_slug), JoinForm()
    if not form.validate():
        return _join_page(brand, form), 422

    try:
        membership = joining.join_as_customer(current_user, brand, form.code.data or "", at=now())
    except joining.NoSuchCode as reason:
        form.code.errors = [str(reason)]
        return _join_page(brand, form), 422
    is_confirmed = membership.is_confirmed
    db.session.commit()

    if not is_confirmed:
        flash("Asked. You get in as soon as a host says yes.")
        return redirect(url_for("brands.enter_join", brand_slug=brand_slug), 303)
    flash("You belong. Choose a table.")
    # Back to the session whose table they had in mind, if they came from one.
    return redirect(own_path(request.args.get("next")) or url_for("brands.show", brand_slug=brand_slug), 303)


@bp.get("/b/<brand_slug>/join/<token>")
@public
def enter_guest(brand_slug: str, token: str) -> ResponseReturnValue:
    """What a personal link opens: open to strangers, who read whose link it is before they sign in."""
    brand = brand_or_404(brand_slug)
    return _guest_page(brand, _link_or_404(brand, token), GuestForm(brand.name, formdata=None))


@bp.post("/b/<brand_slug>/join/<token>")
@limiter.limit("30 per hour")
def join_as_guest(brand_slug: str, token: str) -> ResponseReturnValue:
    brand = brand_or_404(brand_slug)
    link, form = _link_or_404(brand, token), GuestForm(brand.name)
    if not form.validate():
        return _guest_page(brand, link, form), 422

    joining.join_as_guest(current_user, brand, link, at=now())
    db.session.commit()

    flash("Welcome. Choose a table.")
    return redirect(url_for("brands.show", brand_slug=brand_slug), 303)


@bp.get("/b/<brand_slug>/guest-link")
def guest_link(brand_slug: str) -> ResponseReturnValue:
    brand = brand_or_404(brand_slug)
    require(policy.may_bring_guests(current_user, brand.id), "Customers and hosts bring guests.")

    link = db.session.scalar(policy.guest_link_of(_membership(brand)))
    return render_template("brands/guest_link.html", link=link)


@bp.post("/b/<brand_slug>/guest-link")
def make_guest_link(brand_slug: str) -> ResponseReturnValue:
    brand = brand_or_404(brand_slug)
    require(policy.may_bring_guests(current_user, brand.id), "Customers and hosts bring guests.")

    settling.guest_link(_membership(brand), at=now())
    db.session.commit()

    return redirect(url_for("brands.guest_link", brand_slug=brand_slug), 303)


@bp.post("/b/<brand_slug>/listing")
def change_listing(brand_slug: str) -> ResponseReturnValue:
    """Show my name among those who are coming, or keep it for the evening."""
    membership = _membership(brand_or_404(brand_slug))

    membership.is_listed = ListingForm().is_listed.data == "yes"
    is_listed = membership.is_listed
    db.session.commit()

    flash("Your name shows among those who come." if is_listed else "Your name shows at the table, not before.")
    return redirect(url_for("accounts.me"), 303)


@bp.post("/b/<brand_slug>/leave")
def leave(brand_slug: str) -> ResponseReturnValue:
    """Go. Without a script the question is asked here, on a page of its own."""
    brand = brand_or_404(brand_slug)
    membership = _membership(brand)
    if not ConfirmForm().is_confirmed:
        return render_template(
            "shared/confirm.html",
            title=f"Leave {brand.name}?",
            detail="Your seats there become free for others.",
            action=url_for("brands.leave", brand_slug=brand_slug),
            yes="Leave",
            back_url=url_for("accounts.me"),
        )

    rules.leave(membership, at=now())
    invite_rules.leave(membership.person, brand.id, at=now())
    db.session.commit()

    flash(f"You have left {brand.name}.")
    return redirect(url_for("accounts.me"), 303)


@bp.get("/b/<brand_slug>/invitations/<name>")
def enter_invitation(brand_slug: str, name: str) -> ResponseReturnValue:
    brand = brand_or_404(brand_slug)
    invitation = db.first_or_404(policy.invitation_for(current_user, brand.id, name))
    return render_template("brands/invitation.html", invitation=invitation)


@bp.post("/b/<brand_slug>/invitations/<name>")
def accept_invitation(brand_slug: str, name: str) -> ResponseReturnValue:
    """Join the brand's side. Whoever was its customer gives up their seats with it."""
    brand, at = brand_or_404(brand_slug), now()
    invitation = db.first_or_404(policy.invitation_for(current_user, brand.id, name))

    was_peer = g.membership is not None and g.membership.role in PEERS
    rules.accept(invitation, current_user, at)
    if was_peer:
        invite_rules.leave(current_user, brand.id, at)
    db.session.commit()

    flash(f"You are here for {brand.name} from now on.")
    return redirect(url_for("brands.show", brand_slug=brand_slug), 303)


def _join_page(brand: Brand, form: JoinForm) -> str:
    return render_template(
        "brands/join.html",
        form=form,
        is_of_the_brand=policy.is_of_the_brand(current_user, brand.id),
        knows_domain=policy.is_customer_domain(brand.id, (current_user.email or "").rpartition("@")[2]),
    )


def _guest_page(brand: Brand, link: GuestLink, form: GuestForm) -> str:
    return render_template("brands/guest.html", link=link, form=form, sponsor=link.membership)


def _link_or_404(brand: Brand, token: str) -> GuestLink:
    link: GuestLink = db.first_or_404(policy.open_guest_link(brand.id, token))
    return link


def _membership(brand: Brand) -> Membership:
    """The viewer's own membership; without one there is nothing at these addresses."""
    membership: Membership = db.first_or_404(policy.own_membership(current_user, brand.id))
    return membership
