"""A veille in words: what the page, the dossier and the thread show of it."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.veille.domain.call_sheet import near_words, numbers_to_call
from caseworker_app.features.veille.domain.contact import (
    OUTCOME_LABELS,
    WAY_LABELS,
    WatchContact,
    Way,
    codes_words,
)
from caseworker_app.features.veille.domain.file import WatchFile
from caseworker_app.features.veille.domain.rhythm import due_words, rhythm_words
from caseworker_app.features.veille.domain.tables import every_label
from caseworker_app.features.veille.domain.watch import ORIGIN_LABELS, Origin, Watch
from caseworker_app.kernel.dates import format_date, format_short_date
from caseworker_app.kernel.french import plural

NB = "\u00a0"
MASKED = "Masqué, ménage protégé\u00a0: voir le dossier"
NO_PHONE = "Aucun téléphone\u00a0: ajoutez-le dans la composition du ménage."
Facts = list[tuple[str, str]]


def what_words(of: Watch) -> str:
    """Return « Appel chaque lundi »."""
    said = f"{WAY_LABELS[of.way]} {rhythm_words(of.rhythm)}"
    return f"{said[:1].upper()}{said[1:]}"


def held_by(file: WatchFile) -> str:
    """Return « Appel chaque lundi, par Claire Lenoir »."""
    name = file.workers.get(file.watch.worker_id, "")
    return f"{what_words(file.watch)}, par {name}" if name else what_words(file.watch)


def ending_words(of: Watch) -> str:
    """Return why a veille ended, empty while it runs."""
    return every_label("end_reason").get(of.end_code, of.end_code) if of.end_code else ""


def state_words(file: WatchFile, day: date) -> tuple[str, str]:
    """Return when the next call or visit is, or that somebody must look, and its tone."""
    if not file.watch.runs:
        return "terminée", "muted"
    if file.standing.tries >= file.retry.tries:
        return f"{plural(file.standing.tries, 'essai')} sans réponse", "danger"
    return due_words(file.due, day)


def reach_facts(file: WatchFile, day: date) -> Facts:
    """Say how the household is reached; of a protected one nothing but where it is told."""
    watch, people = file.watch, file.people
    if people.household.protected:
        return [("Joindre", MASKED)]
    home = people.address_on(day)
    facts = [
        ("Téléphone", "\n".join(numbers_to_call(people.contacts)) or NO_PHONE),
        ("Adresse", home.one_line() if home else ""),
        ("Proche", near_words(file)),
        ("À savoir", watch.instructions or ""),
    ]
    return [fact for fact in facts if fact[1]]


def watch_facts(file: WatchFile) -> Facts:
    """Say what is done, by whom, since when, where it came from, how it ended."""
    of = file.watch
    origin = ORIGIN_LABELS[of.origin]
    if of.origin is Origin.LANDLORD_LIST and file.landlord:
        origin = f"{origin}, {file.landlord}"
    ended = ", ".join(part for part in (_day(of.ended_on), ending_words(of), of.end_note or "") if part)
    facts = [
        ("Rythme", what_words(of)),
        ("Tenue par", file.workers.get(of.worker_id, "")),
        ("Depuis le", format_date(of.starts_on)),
        ("Ouverte depuis", origin),
        ("Motif", of.reason or ""),
        ("Terminée", ended),
    ]
    return [fact for fact in facts if fact[1]]


def contact_lines(file: WatchFile) -> list[tuple[str, str]]:
    """Return each call and visit on two lines, the latest first."""
    return [_contact(each, file) for each in file.contacts]


def short_words(file: WatchFile, day: date) -> tuple[str, str]:
    """Return a veille on two lines, as the tab « Mesure » shows it."""
    words, _tone = state_words(file, day)
    following = "prochaine" if file.watch.way is Way.VISIT else "prochain"
    when = f"{following}{NB}: {words}" if file.watch.runs and file.due else words
    last = file.contacts[0].held_on if file.contacts else None
    told = f"{when}, dernier contact le {format_short_date(last)}" if last else when
    return held_by(file), f"{told[:1].upper()}{told[1:]}"


def _contact(each: WatchContact, file: WatchFile) -> tuple[str, str]:
    labels = every_label("request")
    title = f"{format_date(each.held_on)}, {OUTCOME_LABELS[each.outcome]}"
    parts = [file.said.get(each.entry_id, "")]
    parts += [f"Demandé{NB}: {codes_words(each.asked.split(), labels)}"] if each.asked else []
    parts += [f"Fait{NB}: {codes_words(each.done.split(), labels)}"] if each.done else []
    parts += [f"Convenu pour le {format_date(each.again_on)}"] if each.again_on else []
    parts += [f"par {file.workers[each.worker_id]}"] if each.worker_id in file.workers else []
    return title, "\n".join(part for part in parts if part)


def _day(day: date | None) -> str:
    return f"le {format_date(day)}" if day else ""
