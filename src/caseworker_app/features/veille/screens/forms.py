"""The forms of a veille: opening or changing it, a call or a visit, its end."""

from __future__ import annotations

from caseworker_app.features.diary.domain.typed_moments import format_hour
from caseworker_app.features.veille import service
from caseworker_app.features.veille.domain.contact import (
    OUTCOME_LABELS,
    WAY_LABELS,
    NewContact,
    Outcome,
    Way,
    outcomes_of,
)
from caseworker_app.features.veille.domain.file import WatchFile
from caseworker_app.features.veille.domain.rhythm import UNIT_LABELS, WEEKDAYS, Rhythm, Unit, typed_minutes
from caseworker_app.features.veille.domain.watch import Ending, Near, NewWatch, Origin, Watch
from caseworker_app.features.veille.screens.desk import VeilleDesk
from caseworker_app.features.veille.service import FormChoices
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.phones import format_phone
from caseworker_app.ui_kit.side_form import SideForm, Work
from caseworker_app.ui_kit.suggestions import suggest
from caseworker_app.ui_kit.theme import px

NEW, CONTACT = "new", "contact"
_SAFE = {"yes": "peut être appelé", "no": "ne pas appeler"}
_LOW_ZONE = 96


def opening_form(
    desk: VeilleDesk, choices: FormChoices, household: tuple[str, str] = ("", ""), referral_id: str = ""
) -> SideForm:
    """Open a veille of a household already named (its id and name) or of one to name; from a referral if told."""
    form = SideForm(NEW, "Nouvelle veille", desk.today, save="&Ouvrir la veille")
    form.worth_a_draft = True
    if household[0]:
        form.note(f"Pour {household[1]}")
    else:
        entry = form.line(
            "household", "Mé&nage", "", "Nom, téléphone ou référence", "Choisissez dans la liste"
        )
        suggest(entry, desk.tasks, desk.labels)
    _rhythm_fields(form, desk, choices, None)
    if not referral_id:
        form.choice("landlord_id", "Signalé par le &bailleur", choices.landlords, None, nothing="Aucun")
    _care_fields(form, None)

    def read() -> Work:
        new = _watch(form)
        if household[0]:
            return lambda: service.open_watch(desk.file, desk.who, household[0], new, referral_id or None)
        label = form.text("household")
        if label is None:
            raise InvalidEntry("Indiquez le ménage.", "household")
        return lambda: desk.open_named(label, new)

    return form.intend(read, "Veille ouverte")


def change_form(desk: VeilleDesk, choices: FormChoices, file: WatchFile) -> SideForm:
    """Change the rhythm of a veille, who keeps it, who is near."""
    of = file.watch
    form = SideForm(of.id, "Modifier la veille", desk.today, file.people.household.name)
    form.worth_a_draft = True
    _rhythm_fields(form, desk, choices, of)
    _care_fields(form, of)

    def read() -> Work:
        new = _watch(form)
        return lambda: service.change_watch(desk.file, desk.who, of.id, new, of.version)

    return form.intend(read, "Veille modifiée")


def contact_form(
    desk: VeilleDesk, choices: FormChoices, file: WatchFile, outcome: Outcome | None = None
) -> SideForm:
    """Write how a call or a visit went; with its outcome chosen, only what was said is left to type."""
    of = file.watch
    form = SideForm(f"{CONTACT}:{of.id}", "Appel ou visite", desk.today, file.people.household.name)
    labels = {each: OUTCOME_LABELS[each] for each in outcomes_of(of.way)}
    form.choice("outcome", "&Résultat", labels, outcome)
    note = form.long("note", "Ce qui s’est dit", "Et ce qui est convenu")
    note.setMinimumHeight(px(_LOW_ZONE))
    note.setMaximumHeight(px(_LOW_ZONE))
    for key, label in (("asked", "&Demandé"), ("done", "&Fait")):
        form.side_by_side()
        form.choice(f"{key}_1", label, choices.requests, None, nothing="Rien")
        form.choice(f"{key}_2", "Et aussi", choices.requests, None, nothing="Rien")
    form.side_by_side()
    form.day("again_on", "Rappeler &le", None, "Vide\u00a0: le rythme")
    form.day("held_on", "Fait le", desk.today)

    def read() -> Work:
        new = NewContact(
            form.needed("outcome", Outcome),
            form.needed_date("held_on"),
            form.text("note"),
            _codes(form, "asked"),
            _codes(form, "done"),
            form.date_of("again_on"),
        )
        return lambda: service.note_contact(desk.file, desk.who, of.id, new)

    return form.intend(read, "Noté")


def ending_form(desk: VeilleDesk, choices: FormChoices, file: WatchFile) -> SideForm:
    """End a veille, with its reason."""
    of = file.watch
    form = SideForm(
        f"end:{of.id}", "Terminer la veille", desk.today, file.people.household.name, "&Terminer la veille"
    )
    form.choice("end_code", "&Pourquoi", choices.end_reasons, None)
    form.day("ended_on", "&Dernier jour", desk.today)
    form.long("end_note", "Précisions", "Restent internes")

    def read() -> Work:
        ending = Ending(form.needed_date("ended_on"), form.text("end_code") or "", form.text("end_note"))
        return lambda: service.end_watch(desk.file, desk.who, of.id, ending)

    return form.intend(read, "Veille terminée")


def _rhythm_fields(form: SideForm, desk: VeilleDesk, choices: FormChoices, of: Watch | None) -> None:
    workers = {
        each.id: each.name for each in choices.workers if each.active or (of and each.id == of.worker_id)
    }
    form.side_by_side()
    form.choice("way", "&Par", WAY_LABELS, of.way if of else Way.CALL)
    form.choice("worker_id", "&Tenue par", workers, of.worker_id if of else desk.who.worker_id)
    form.side_by_side()
    form.number("every", "To&us les", of.every if of else 1)
    form.choice("unit", "&Compté en", UNIT_LABELS, of.unit if of else Unit.WEEKS)
    form.side_by_side()
    form.choice(
        "weekday",
        "&Jour",
        dict(enumerate(WEEKDAYS)),
        of.weekday if of else None,
        nothing="Celui du premier appel",
    )
    hour = of.rhythm.hour if of else None
    form.line("at_minutes", "Vers (&heure)", format_hour(hour) if hour is not None else "", "10:00")
    form.side_by_side()
    form.day("starts_on", "À partir d&u", of.starts_on if of else desk.today)
    form.day("until", "Jusqu’a&u", of.until if of else None, "Vide\u00a0: sans fin")


def _care_fields(form: SideForm, of: Watch | None) -> None:
    form.line(
        "instructions", "À &savoir avant d’appeler", of.instructions if of else "", "Parler fort, avant 11 h…"
    )
    zone = form.long("reason", "Pourquoi cette veille", "Ce qui isole le ménage", of.reason if of else "")
    zone.setMinimumHeight(px(_LOW_ZONE))
    zone.setMaximumHeight(px(_LOW_ZONE))
    form.heading("Un proche, à proximité")
    form.side_by_side()
    form.line("near_name", "Nom", of.near_name if of else "")
    form.line("near_link", "Lien avec le ménage", of.near_link if of else "", "Voisin, fille, gardien")
    form.side_by_side()
    form.line("near_phone", "Téléphone", format_phone(of.near_phone) if of and of.near_phone else "")
    form.choice("near_safe", "Sans danger", _SAFE, "no" if of and not of.near_safe else "yes")
    form.line("near_instructions", "Quand et comment", of.near_instructions if of else "")


def _watch(form: SideForm) -> NewWatch:
    weekday = form.text("weekday")
    landlord = form.text("landlord_id") if "landlord_id" in form.editors else None
    rhythm = Rhythm(
        form.needed_date("starts_on"),
        form.needed_whole("every"),
        form.needed("unit", Unit),
        None if weekday is None else int(weekday),
        form.date_of("until"),
        typed_minutes(form.text("at_minutes"), "at_minutes"),
    )
    near = Near(
        form.text("near_name"),
        form.text("near_phone"),
        form.text("near_link"),
        form.text("near_safe") != "no",
        form.text("near_instructions"),
    )
    return NewWatch(
        form.needed("way", Way),
        rhythm,
        form.text("worker_id"),
        Origin.LANDLORD_LIST if landlord else Origin.HOUSEHOLD,
        landlord,
        form.text("reason"),
        form.text("instructions"),
        near,
    )


def _codes(form: SideForm, key: str) -> tuple[str, ...]:
    return tuple(code for number in (1, 2) if (code := form.text(f"{key}_{number}")))
