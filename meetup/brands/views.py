"""The front door, a brand's colour, and how a brand comes to be. The other pages have files of their own."""

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from meetup.brands import arriving, members, policy, rules, settings, show
from meetup.brands.blueprint import bp
from meetup.brands.forms import BrandForm
from meetup.brands.models import Brand
from meetup.config import settings as installation
from meetup.extensions import db, limiter
from meetup.registrations.models import Place, Registration
from meetup.sessions.models import BofSession
from meetup.shared import when
from meetup.shared.access import public
from meetup.shared.clock import now
from meetup.shared.errors import require

__all__ = ["arriving", "bp", "members", "settings", "show"]
PER_PAGE = 24
ASK_THE_OPERATOR = "Here the operator opens brands. Ask them."


@bp.get("/")
@public
def landing():
    """For strangers: what this is. For whoever is signed in: their brands, and what they have seats for."""
    if not current_user.is_authenticated:
        shown = db.session.scalars(_brands_from(request.args.get("from", ""))).all()
        brands, more = shown[:PER_PAGE], shown[PER_PAGE:]
        return render_template("brands/landing.html", brands=brands, more=more, demo=installation().demo)

    memberships = db.session.scalars(policy.memberships_of(current_user)).all()
    coming = db.session.scalars(_coming_up(current_user.id, now())).all()
    may_open = policy.may_open_brand(current_user, installation().open_brands)
    return render_template("brands/home.html", memberships=memberships, coming=coming, may_open=may_open)


@bp.get("/brands/new")
def new():
    require(policy.may_open_brand(current_user, installation().open_brands), ASK_THE_OPERATOR)

    form = BrandForm(formdata=None, zone=current_user.zone or "Europe/London")
    return render_template("brands/new.html", form=form, zones=when.zone_names())


@bp.post("/brands/new")
@limiter.limit("20 per day")
def open_brand():
    require(policy.may_open_brand(current_user, installation().open_brands), ASK_THE_OPERATOR)
    form = BrandForm()
    if form.validate() and db.session.scalar(policy.visible().where(Brand.slug == form.slug.data)):
        form.slug.errors = ["Another brand has this address. Choose another one."]
    if form.errors:
        return render_template("brands/new.html", form=form, zones=when.zone_names()), 422

    brand = rules.open_brand(form.name.data, form.slug.data, form.zone.data, form.colour.data, current_user, at=now())
    slug = brand.slug
    db.session.commit()

    flash("Your brand has a page. Say next whose addresses are yours, and which trades your customers are in.")
    return redirect(url_for("brands.edit_settings", brand_slug=slug), 303)


@bp.get("/b/<brand_slug>/colour.css")
@public
def colour(brand_slug):
    """One line: the brand's colour. Kept for as long as its address names this very colour."""
    brand = db.first_or_404(policy.visible().where(Brand.slug == brand_slug))
    response = make_response(Response(f":root {{ --brand: {brand.colour}; }}\n", mimetype="text/css"))
    response.set_etag(brand.colour.removeprefix("#"))
    named = request.args.get("is") == brand.colour.removeprefix("#")
    response.headers["Cache-Control"] = f"public, max-age={31536000 if named else 60}"
    return response.make_conditional(request)


def _brands_from(slug):
    """Every brand by its address, from one on, and one more to know whether there are more."""
    return policy.visible().where(Brand.slug >= slug[:40]).order_by(Brand.slug).limit(PER_PAGE + 1)


def _coming_up(person_id, at):
    """What somebody has a seat for, the next first."""
    return (
        select(BofSession)
        .join(Registration, Registration.bof_session_id == BofSession.id)
        .join(BofSession.brand)
        .where(
            Registration.person_id == person_id,
            Registration.standing == Place.GOING,
            BofSession.cancelled_at.is_(None),
            BofSession.ends_at > at,
        )
        .options(contains_eager(BofSession.brand))
        .order_by(BofSession.starts_at, BofSession.id)
        .limit(5)
    )
