"""What an owner settles: how the brand shows itself, whose addresses are whose, trades, interests, invite codes."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from meetup.brands import joining, policy, settling
from meetup.brands.blueprint import bp
from meetup.brands.finding import brand_or_404
from meetup.brands.forms import CodeForm, DomainForm, NameForm, SettingsForm
from meetup.brands.models import Brand, BrandDomain, DomainKind, Interest, InviteCode, Vertical
from meetup.extensions import db
from meetup.invites import rules as invite_rules
from meetup.shared import when
from meetup.shared.clock import now
from meetup.shared.errors import require
from meetup.shared.form import Form
from meetup.shared.pages import plural

KINDS: dict[str, type[Vertical] | type[Interest]] = {"verticals": Vertical, "interests": Interest}
TAKEN = "There is one of this name already."


@bp.get("/b/<brand_slug>/settings")
def edit_settings(brand_slug: str) -> ResponseReturnValue:
    brand = _owned(brand_slug)
    return _page(brand)


@bp.post("/b/<brand_slug>/settings")
def change_settings(brand_slug: str) -> ResponseReturnValue:
    brand, form = _owned(brand_slug), SettingsForm()
    if not form.validate():
        return _page(brand, form=form), 422

    form.populate_obj(brand)
    return _kept(brand, "Kept.")


@bp.post("/b/<brand_slug>/settings/domains")
def declare_domain(brand_slug: str) -> ResponseReturnValue:
    """Say whose addresses are whose. Customers whose address turns out to be the brand's own are put out at once."""
    brand, form, at = _owned(brand_slug), DomainForm(), now()
    if not form.validate():
        return _page(brand, domain_form=form), 422

    settling.declare_domain(brand, form.domain.data, DomainKind(form.kind.data), at)
    turned = joining.judge_domains(brand, at) if form.kind.data == DomainKind.OWN else []
    for membership in turned:
        invite_rules.leave(membership.person, brand.id, at)
    out = f" {plural(len(turned), 'person', 'people')} with such an address had to leave." if turned else ""
    return _kept(brand, f"Kept.{out}", "domains")


@bp.post("/b/<brand_slug>/settings/domains/<int:domain_id>/removal")
def remove_domain(brand_slug: str, domain_id: int) -> ResponseReturnValue:
    brand = _owned(brand_slug)
    wanted = select(BrandDomain).where(BrandDomain.brand_id == brand.id, BrandDomain.id == domain_id)

    db.session.delete(db.first_or_404(wanted))
    return _kept(brand, "Removed. Who came by it, or left because of it, stays as they are.", "domains")


@bp.post("/b/<brand_slug>/settings/<any(verticals, interests):flock>")
def add_name(brand_slug: str, flock: str) -> ResponseReturnValue:
    brand, form = _owned(brand_slug), NameForm()
    if form.validate() and settling.is_taken(brand, KINDS[flock], form.name.data):
        form.name.errors = [TAKEN]
    if form.errors:
        return _page(brand, **{f"{flock}_form": form}), 422

    settling.add(brand, KINDS[flock], form.name.data)
    return _kept(brand, "Added.", flock)


@bp.post("/b/<brand_slug>/settings/<any(verticals, interests):flock>/<slug>")
def rename(brand_slug: str, flock: str, slug: str) -> ResponseReturnValue:
    """Another name. The address stays, so that links to it still lead there."""
    brand, form = _owned(brand_slug), NameForm()
    named = _named(brand, flock, slug)
    if form.validate() and settling.is_taken(brand, KINDS[flock], form.name.data, by_another_than=slug):
        form.name.errors = [TAKEN]
    if form.errors:
        form.name.id = f"{flock}-{slug}"
        return _page(brand, renaming=form), 422

    named.name = form.name.data
    return _kept(brand, "Renamed.", flock)


@bp.post("/b/<brand_slug>/settings/<any(verticals, interests):flock>/<slug>/removal")
def remove_name(brand_slug: str, flock: str, slug: str) -> ResponseReturnValue:
    brand = _owned(brand_slug)

    db.session.delete(_named(brand, flock, slug))
    return _kept(brand, "Removed. Sessions that had it stand there without it.", flock)


@bp.post("/b/<brand_slug>/settings/codes")
def make_code(brand_slug: str) -> ResponseReturnValue:
    brand, form = _owned(brand_slug), CodeForm()
    if not form.validate():
        return _page(brand, code_form=form), 422

    settling.make_code(brand, form.label.data or "", at=now())
    return _kept(brand, "Made. Whoever types it is a customer, until you revoke it.", "codes")


@bp.post("/b/<brand_slug>/settings/codes/<int:code_id>/revocation")
def revoke_code(brand_slug: str, code_id: int) -> ResponseReturnValue:
    brand = _owned(brand_slug)
    code = db.first_or_404(select(InviteCode).where(InviteCode.brand_id == brand.id, InviteCode.id == code_id))

    code.revoke(now())
    return _kept(brand, "Revoked. Who came by it stays.", "codes")


def _owned(brand_slug: str) -> Brand:
    brand = brand_or_404(brand_slug)
    require(policy.may_change_settings(current_user, brand.id), f"Only {brand.name}'s owners settle this.")
    return brand


def _named(brand: Brand, flock: str, slug: str) -> Vertical | Interest:
    kind = KINDS[flock]
    named: Vertical | Interest = db.first_or_404(select(kind).where(kind.brand_id == brand.id, kind.slug == slug))
    return named


def _kept(brand: Brand, words: str, part: str | None = None) -> ResponseReturnValue:
    slug = brand.slug
    db.session.commit()
    flash(words)
    return redirect(url_for("brands.edit_settings", brand_slug=slug, _anchor=part), 303)


def _page(brand: Brand, renaming: Form | None = None, **forms: Form) -> str:
    """The whole page; the form that was sent, if one was, with what was typed."""
    fresh = {
        "form": SettingsForm,
        "domain_form": DomainForm,
        "verticals_form": NameForm,
        "interests_form": NameForm,
        "code_form": CodeForm,
    }
    blank = {
        name: kind(formdata=None, obj=brand if name == "form" else None)
        for name, kind in fresh.items()
        if name not in forms
    }
    shown: dict[str, Any] = blank | forms
    for flock in KINDS:
        # Two forms of one kind on one page: each field has an id of its own.
        shown[f"{flock}_form"].name.id = f"new-{flock}"
    codes = select(InviteCode).where(InviteCode.brand_id == brand.id).order_by(InviteCode.id.desc())
    return render_template(
        "brands/settings.html",
        codes=db.session.scalars(codes).all(),
        zones=when.zone_names(),
        renaming=renaming,
        **shown,
    )
