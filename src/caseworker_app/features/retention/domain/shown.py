"""What the screen of retention says of a household, of a selection, of what goes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from caseworker_app.features.retention.domain.going import GROUND_LABELS, ONE, RECORD_LABELS, Ended, Going
from caseworker_app.features.retention.domain.record import ErasureRecord
from caseworker_app.features.retention.domain.standing import (
    CONTACT_LABELS,
    ChoiceKind,
    Standing,
    State,
)
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import join_words, plural

# What each state is painted in.
TONES = {
    State.READY: "danger",
    State.PLANNED: "warn",
    State.DUE: "warn",
    State.SOON: "accent",
    State.KEPT: "ok",
    State.ARCHIVED: "muted",
    State.ACTIVE: "muted",
}
ONE_LABELS = {
    State.READY: "Effacement à confirmer",
    State.PLANNED: "Effacement prévu",
    State.DUE: "À échéance",
    State.SOON: "Bientôt",
    State.KEPT: "Gardé plus longtemps",
    State.ARCHIVED: "Archivé",
    State.ACTIVE: "Actif",
}
_NAMED = 3
# Texts of other households shown word for word.
_CITED = 4


def state_words(standing: Standing) -> str:
    """Return « Anonymisation prévue », or the state as it is called for one household."""
    ending = standing.ending
    if ending is not None and ending.kind is ChoiceKind.ANONYMISE:
        return "Anonymisation prévue" if standing.state is State.PLANNED else "Anonymisation à confirmer"
    return ONE_LABELS[standing.state]


def state_detail(standing: Standing) -> str:
    """Return since or until when, and the written reason."""
    when = ""
    if standing.ending is not None and standing.ending.until is not None:
        when = f"à partir du {format_date(standing.ending.until)}"
    elif standing.state is State.ARCHIVED and standing.clock.archived_on is not None:
        when = f"depuis le {format_date(standing.clock.archived_on)}"
    elif standing.clock.followed:
        when = "une mesure est encore ouverte"
    return " · ".join(part for part in (when, standing.reason) if part)


def contact_words(standing: Standing) -> tuple[str, str]:
    """Return the day of the last contact, and the fact it was."""
    return format_date(standing.clock.last_contact), CONTACT_LABELS[standing.clock.by]


def deadline_words(standing: Standing, day: date) -> tuple[str, str]:
    """Return the day of the deadline, and how far it is."""
    days = (standing.deadline - day).days
    if days > 0:
        far = f"dans {plural(days, 'jour')}"
    else:
        far = "aujourd’hui" if days == 0 else f"dépassée de {plural(-days, 'jour')}"
    return format_date(standing.deadline), far


def possible(standings: Collection[Standing]) -> frozenset[str]:
    """Return what may be done with a selection: keep, archive, restore, end, call_off, carry_out."""
    if not standings:
        return frozenset()
    states = {each.state for each in standings}
    archived = {each.clock.archived_on is not None for each in standings}
    ending = all(each.ending is not None for each in standings)
    offered = {
        "keep": not ending and True not in archived,
        "archive": True not in archived and not ending,
        "restore": archived == {True},
        "end": not ending,
        "call_off": all(each.ending or each.kept for each in standings),
        "carry_out": states == {State.READY},
    }
    return frozenset(name for name, may in offered.items() if may)


def names_words(going: Going) -> str:
    """Return « Famille Aubry, M. Bel et 4 autres »."""
    shown, rest = going.households[:_NAMED], len(going.households) - _NAMED
    if rest <= 0:
        return join_words(list(shown))
    return f"{', '.join(shown)} et {plural(rest, 'autre')}"


def kinds_words(kinds: Iterable[tuple[str, int]]) -> list[str]:
    """Return « 14 écrits du journal » for each kind."""
    return [f"{count}\u00a0{ONE[words] if count == 1 else words}" for words, count in kinds]


def about_to_go(going: Going, *, anonymised: bool) -> str:
    """Return « 3 dossiers vont être effacés : Famille Aubry, M. Bel et Mme Cossé. »."""
    said = "anonymisé" if anonymised else "effacé"
    count = len(going.households)
    if count == 1:
        return f"Un dossier va être {said}\u00a0: {names_words(going)}."
    return f"{count} dossiers vont être {said}s\u00a0: {names_words(going)}."


def besides_words(going: Going) -> str:
    """Return what goes besides the rows: drafts, saved filters, search, history, former versions."""
    parts = []
    if going.drafts:
        parts.append(plural(going.drafts, "brouillon"))
    if going.filters:
        named = ", ".join(f"«\u00a0{name}\u00a0»" for name in going.filters)
        parts.append(f"{plural(len(going.filters), 'filtre enregistré', 'filtres enregistrés')} ({named})")
    parts += ["l’historique", "les mots de la recherche"]
    return f"Partent aussi\u00a0: {join_words(parts)}."


def backups_words(going: Going) -> str:
    """Return until when backups hold it."""
    return (
        f"Les sauvegardes faites avant le gardent encore, au plus tard jusqu’au {format_date(going.backups_until)} "
        "si le programme est ouvert chaque jour. Ne sont pas touchés\u00a0: les copies sur clé USB, un ancien fichier "
        "mis de côté par une restauration, les documents remis."
    )


def citing_words(going: Going) -> str:
    """Return which texts of other households name somebody who goes, the first ones word for word; "" for none."""
    if not going.citing:
        return ""
    count = len(going.citing)
    several = plural(count, "écrit d’un autre dossier cite", "écrits d’autres dossiers citent")
    told = [f"{name}\u00a0: «\u00a0{excerpt}\u00a0»" for name, excerpt in going.citing[:_CITED]]
    rest = [f"et {plural(count - _CITED, 'autre')}"] if count > _CITED else []
    return "\n".join([f"{several} un nom qui part, à relire\u00a0:", *told, *rest])


def cited_words(done: Ended) -> str:
    """Return what became of the texts of others that named somebody, "" when there were none."""
    others = ("écrit d’un autre dossier", "écrits d’autres dossiers")
    if done.redacted:
        return f", nom retiré de {plural(done.redacted, *others)}"
    if done.citing:
        cites = "cite" if done.citing == 1 else "citent"
        return f", {plural(done.citing, *others)} {cites} encore un nom effacé"
    return ""


def done_words(done: Ended, *, anonymised: bool) -> str:
    """Return what was done, and what is left to do."""
    said = "anonymisé" if anonymised else "effacé"
    words = plural(done.count, f"dossier {said}", f"dossiers {said}s") + cited_words(done)
    if done.cleaned:
        return words
    return f"{words}\u00a0; le fichier finira d’être nettoyé à la prochaine ouverture".replace(
        "\u00a0;", "\u202f;"
    )


def record_words(record: ErasureRecord, worker: str) -> tuple[str, str]:
    """Return « 24/11/2026, effacement : 3 dossiers », and who, why, until when backups hold it."""
    what = f"{format_date(record.made_at.date())}, {RECORD_LABELS[record.kind]}"
    count = plural(record.households, "dossier")
    detail = f"{worker} · {GROUND_LABELS[record.ground]} · hors des sauvegardes le {format_date(record.backups_until)}"
    return f"{what}\u00a0: {count}", detail
