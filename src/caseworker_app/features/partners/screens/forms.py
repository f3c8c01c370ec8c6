"""The forms of a partner and of a person at one."""

from __future__ import annotations

from caseworker_app.features.partners import service
from caseworker_app.features.partners.domain.partner import (
    PARTNER_KIND_LABELS,
    NewPartner,
    NewPartnerContact,
    Partner,
    PartnerContact,
    PartnerKind,
)
from caseworker_app.features.partners.domain.themes import themes_on
from caseworker_app.features.partners.screens.desk import PartnersDesk
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import typeset
from caseworker_app.kernel.phones import format_phone
from caseworker_app.ui_kit.side_form import SideForm, Work

NEW = "new"
_THEMES = ("theme", "theme_2", "theme_3")
_LISTED = "séparés par des points-virgules"


def partner_form(desk: PartnersDesk, before: Partner | None = None) -> SideForm:
    """Return the form of a new partner, or of one to change."""
    title = "Nouveau partenaire" if before is None else "Modifier le partenaire"
    form = SideForm(NEW if before is None else before.id, title, desk.today)
    form.line("name", "&Nom", before.name if before else "")
    form.choice("kind", "Na&ture", PARTNER_KIND_LABELS, before.kind if before else PartnerKind.ASSOCIATION)
    phones = "\u202f; ".join(format_phone(each) for each in before.phones) if before else ""
    form.line("phones", "Télé&phones", phones, hint=f"Plusieurs\u00a0: {_LISTED}")
    form.line("email", "&Courriel", before.email if before else "")
    form.line("website", "&Site", before.website if before else "")
    form.line("street", "&Adresse", before.street if before else "")
    form.side_by_side()
    form.line("postal_code", "C&ode postal", before.postal_code if before else "")
    form.line("city", "&Ville", before.city if before else "")
    form.line("opening_hours", "&Horaires", _one_line(before.opening_hours) if before else "")
    services = "\u202f; ".join(before.services) if before else ""
    form.line("services", "Services prop&osés", services, hint=f"Plusieurs\u00a0: {_LISTED}")
    _theme_choice(form, before)
    form.long("description", "À savoir", "Accueil, conditions, délais…", before.description if before else "")
    words = "Partenaire ajouté" if before is None else "Partenaire modifié"
    return form.intend(lambda: _partner_work(desk, form, before), words)


def contact_form(desk: PartnersDesk, partner_id: str, before: PartnerContact | None = None) -> SideForm:
    """Return the form of a person at a partner, new or to change."""
    title = "Nouvelle personne" if before is None else "Modifier la personne"
    form = SideForm(f"{partner_id}:{NEW if before is None else before.id}", title, desk.today)
    form.line("name", "&Nom", before.name if before else "")
    form.line("job_title", "&Fonction", before.job_title if before else "")
    form.line("phone", "Télé&phone", format_phone(before.phone) if before and before.phone else "")
    form.line("email", "&Courriel", before.email if before else "")
    words = "Personne ajoutée" if before is None else "Personne modifiée"
    return form.intend(lambda: _contact_work(desk, form, partner_id, before), words)


def _theme_choice(form: SideForm, before: Partner | None) -> None:
    """Offer the first themes; more of them, as directories bring, stay as they are."""
    labels = {theme.code: typeset(f"{theme.group}, {theme.label}") for theme in themes_on(form.today)}
    kept = before.themes if before else ()
    for place, key in enumerate(_THEMES):
        known = kept[place] if place < len(kept) else None
        if known is not None:
            labels.setdefault(known, known)
        form.choice(key, "Th&ématique" if place == 0 else "Autre thématique", labels, known, nothing="Aucune")


def _partner_work(desk: PartnersDesk, form: SideForm, before: Partner | None) -> Work:
    new = _typed_partner(form, before)
    if before is None:
        return lambda: service.add_partner(desk.file, desk.who, new)
    return lambda: service.change_partner(desk.file, desk.who, before.id, new, before.version)


def _typed_partner(form: SideForm, before: Partner | None) -> NewPartner:
    """Return what is typed; what the form does not show stays as it was."""
    hours = form.text("opening_hours")
    if before and hours == (_one_line(before.opening_hours) or None):
        hours = before.opening_hours
    chosen = [code for key in _THEMES if (code := form.text(key))]
    themes = (*chosen, *(before.themes[len(_THEMES) :] if before else ()))
    return NewPartner(
        name=form.text("name") or "",
        kind=form.needed("kind", PartnerKind),
        siret=before.siret if before else None,
        phones=_parts(form.text("phones")),
        email=form.text("email"),
        website=form.text("website"),
        street=form.text("street"),
        complement=before.complement if before else None,
        postal_code=form.text("postal_code"),
        city=form.text("city"),
        opening_hours=hours,
        services=_parts(form.text("services")),
        themes=tuple(dict.fromkeys(themes)),
        description=form.text("description"),
        source=before.source if before else None,
        source_id=before.source_id if before else None,
        updated_on=form.today,
    )


def _contact_work(desk: PartnersDesk, form: SideForm, partner_id: str, before: PartnerContact | None) -> Work:
    name, job, phone, email = (form.text(key) for key in ("name", "job_title", "phone", "email"))
    if name is None:
        raise InvalidEntry("Indiquez le nom de la personne.", "name")
    new = NewPartnerContact(name, job, phone, email)
    if before is None:
        return lambda: service.add_partner_contact(desk.file, desk.who, partner_id, new)
    return lambda: service.change_partner_contact(desk.file, desk.who, before.id, new, before.version)


def _parts(text: str | None) -> tuple[str, ...]:
    return tuple(part for each in (text or "").split(";") if (part := each.strip()))


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())
