"""What the support itself says in the thread: measures, requests for support, procedures, veilles."""

from __future__ import annotations

from collections.abc import Iterator

from caseworker_app.features.dossier.domain.happening import Happening, Reach, Thread
from caseworker_app.features.dossier.domain.overview import Tone
from caseworker_app.features.dossier.domain.when import NB
from caseworker_app.features.measures.domain.measure import MeasureFile, Renewal, SupportMeasure
from caseworker_app.features.procedures.domain.procedure import Procedure
from caseworker_app.features.referrals.domain.following import CONCLUSION_LABELS
from caseworker_app.features.referrals.domain.referral import DECISION_LABELS, Decision, Referral
from caseworker_app.features.referrals.domain.stages import Progress
from caseworker_app.features.referrals.domain.tables import reason_words
from caseworker_app.features.veille.domain.file import WatchFile
from caseworker_app.features.veille.domain.shown import ending_words, held_by
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import capital


def measure_happenings(file: MeasureFile, name: str) -> Iterator[Happening]:
    """Say when a measure was opened, renewed and ended; `name` is how its kind is called here."""
    measure = file.measure
    title, sentence = f"Mesure ouverte{NB}: {name}", _terms(file)
    yield Happening(
        f"measure:{measure.id}", Thread.SUPPORT, measure.starts_on, title, sentence, "flag", Tone.NEWS
    )
    yield from (_renewal(each, name) for each in file.renewals)
    yield from _measure_end(measure, name)


def referral_happenings(of: Referral, progress: Progress) -> Iterator[Happening]:
    """Say when a request was received, what the diagnosis concluded and what was decided; none of it leaves."""
    yield Happening(
        f"referral:{of.id}",
        Thread.SUPPORT,
        of.received_on,
        f"Demande reçue{NB}: {of.body}",
        reason_words(of.reason_codes),
        "mail",
        Tone.NEWS,
        Reach.INTERNAL,
    )
    yield from _diagnosis(of, progress)
    yield from _decision(of)


def procedure_happenings(of: Procedure) -> Iterator[Happening]:
    """Say when an application was begun, filed and ended."""
    due = f"À déposer pour le {format_date(of.due_on)}" if of.due_on else ""
    for what, day, said, sentence, tone in (
        ("procedure", of.started_on, "commencée", due, Tone.NEWS),
        ("procedure-filed", of.filed_on, "déposée", "", Tone.DONE),
        ("procedure-end", of.ended_on, "terminée", "", Tone.PLAIN),
    ):
        if day is not None:
            title = f"Démarche {said}{NB}: {of.label}"
            yield Happening(f"{what}:{of.id}", Thread.SUPPORT, day, title, sentence, "list-check", tone)


def watch_happenings(file: WatchFile) -> Iterator[Happening]:
    """Say that a veille began and ended; each call and visit of it is told by its entry of the diary."""
    of = file.watch
    yield Happening(
        f"watch:{of.id}", Thread.SUPPORT, of.starts_on, "Veille ouverte", held_by(file), "phone-call", Tone.NEWS,
        Reach.INTERNAL,
    )  # fmt: skip
    if of.ended_on is not None:
        yield Happening(
            f"watch-end:{of.id}", Thread.SUPPORT, of.ended_on, "Veille terminée", ending_words(of), "phone-call",
            reach=Reach.INTERNAL,
        )  # fmt: skip


def _terms(file: MeasureFile) -> str:
    """Say until when a measure was first meant to last, and who asked for it."""
    measure, parts = file.measure, []
    if measure.planned_end_on and not file.renewals:
        parts.append(f"jusqu’au {format_date(measure.planned_end_on)}")
    if measure.prescriber:
        parts.append(f"à la demande de {measure.prescriber}")
    sentence = ", ".join(parts)
    return capital(sentence)


def _renewal(renewal: Renewal, name: str) -> Happening:
    return Happening(
        f"renewal:{renewal.id}",
        Thread.SUPPORT,
        renewal.decided_on,
        f"Mesure renouvelée{NB}: {name}",
        f"Du {format_date(renewal.from_date)} au {format_date(renewal.to_date)}",
        "refresh",
        Tone.NEWS,
    )


def _measure_end(measure: SupportMeasure, name: str) -> Iterator[Happening]:
    if measure.ended_on is not None:
        title, why = f"Fin de la mesure {name}", measure.exit_reason_label or ""
        yield Happening(f"measure-end:{measure.id}", Thread.SUPPORT, measure.ended_on, title, why, "flag")


def _diagnosis(of: Referral, progress: Progress) -> Iterator[Happening]:
    if progress.concluded_on is not None and progress.conclusion is not None:
        yield Happening(
            f"referral-diagnosis:{of.id}",
            Thread.SUPPORT,
            progress.concluded_on,
            f"Diagnostic{NB}: {CONCLUSION_LABELS[progress.conclusion]}",
            icon="list-check",
            reach=Reach.INTERNAL,
        )


def _decision(of: Referral) -> Iterator[Happening]:
    if of.decision is None or of.decided_on is None:
        return
    words = DECISION_LABELS[of.decision]
    yield Happening(
        f"referral-decision:{of.id}",
        Thread.SUPPORT,
        of.decided_on,
        f"Demande en {words}" if of.decision is Decision.WAITING_LIST else f"Demande {words}",
        of.body,
        "check",
        Tone.DONE if of.decision is Decision.ACCEPTED else Tone.PLAIN,
        Reach.INTERNAL,
    )
