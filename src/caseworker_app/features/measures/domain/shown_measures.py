"""What the tab « Mesure » shows: the words of a measure that runs, of its renewals, of those that ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from caseworker_app.features.measures.domain.measure import (
    INTENSITY_LABELS,
    Agreement,
    MeasureFile,
    MeasureKind,
    Relay,
    Renewal,
    SupportMeasure,
    Suspension,
)
from caseworker_app.features.measures.domain.meeting import FollowMeeting, MeetingTask
from caseworker_app.features.measures.domain.part import Part
from caseworker_app.features.measures.domain.relay import lead_on, relay_words
from caseworker_app.features.measures.domain.suspension import days_words, state_words, suspended_on
from caseworker_app.features.measures.domain.terms import AgreementRule, length_words, rule_on, rule_words
from caseworker_app.features.team.domain import Worker
from caseworker_app.kernel.dates import Period, add_months, format_date, format_month, month_of
from caseworker_app.kernel.french import plural

NB = "\u00a0"
# As « Ma semaine » does: an end is prepared in the two months before it.
SOON_DAYS = 60
Facts = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ShownMeasures:
    """The measures of a household, those running first, with what their words need, and who else follows it.

    `kinds`: by measure, as the dated table said the day it started; a kind withdrawn since is left out. `rules`: by
    agreement, oldest first.
    """

    household_id: str
    day: date
    files: tuple[MeasureFile, ...]
    kinds: Mapping[str, MeasureKind]
    workers: tuple[Worker, ...]
    agreements: tuple[Agreement, ...]
    parts: tuple[Part, ...] = ()
    meetings: tuple[FollowMeeting, ...] = ()
    tasks: tuple[MeetingTask, ...] = ()
    rules: Mapping[str, tuple[AgreementRule, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def current(self) -> tuple[MeasureFile, ...]:
        """The measures that run or are still to begin."""
        return tuple(each for each in self.files if not _over(each.measure, self.day))

    @property
    def former(self) -> tuple[MeasureFile, ...]:
        """The measures that are over."""
        return tuple(each for each in self.files if _over(each.measure, self.day))

    def rule(self, agreement_id: str | None, day: date) -> AgreementRule | None:
        """Return the rules of an agreement on a day."""
        return rule_on(self.rules.get(agreement_id or "", ()), day)

    def worker_name(self, worker_id: str) -> str:
        """Return the name of a worker."""
        found = (each.name for each in self.workers if each.id == worker_id)
        return next(found, "Personne inconnue de ce fichier")


def held_period(day: date) -> Period:
    """Return the days whose visits are told: the month of `day` up to it, and the month before."""
    return Period(add_months(month_of(day), -1), day)


def measure_state(file: MeasureFile, day: date) -> tuple[str, str]:
    """Return the words and the tone of where a measure stands: suspended, or what is left of it."""
    suspension = suspended_on(file, day)
    return time_left(file.measure, day) if suspension is None else state_words(suspension, day)


def time_left(measure: SupportMeasure, day: date) -> tuple[str, str]:
    """Return the words and the tone of what is left of a measure: « 21 jours restants », « warn »."""
    if measure.ended_on is not None:
        return f"Se termine le {format_date(measure.ended_on)}", "warn"
    if measure.starts_on > day:
        return f"Commence le {format_date(measure.starts_on)}", "accent"
    left = measure.days_left(day)
    if left is None:
        return "Sans terme", "muted"
    if left < 0:
        return f"Fin prévue dépassée de {plural(-left, 'jour')}", "danger"
    if left == 0:
        return "Fin prévue aujourd’hui", "danger"
    rest = "restants" if left > 1 else "restant"
    return f"{plural(left, 'jour')} {rest}", "warn" if left <= SOON_DAYS else "ok"


def frame_facts(shown: ShownMeasures, file: MeasureFile) -> Facts:
    """Say what a measure rests on: basis, agreement, who asked for it, how long it may last."""
    kind, agreement = shown.kinds.get(file.measure.id), file.agreement
    return [
        *_basis(kind),
        ("Durée", _length(kind) if kind else ""),
        ("Convention", _agreement(agreement) if agreement else "aucune"),
        *_rules(shown, file),
        ("Prescripteur", file.measure.prescriber or "à compléter"),
    ]


def follow_facts(shown: ShownMeasures, file: MeasureFile, held: Sequence[date]) -> Facts:
    """Say how a measure goes: who leads it, its dates, its rhythm, the visits held these two months."""
    measure = file.measure
    end = format_date(measure.planned_end_on) if measure.planned_end_on else "sans terme"
    renewed = f", renouvelée {len(file.renewals)} fois" if file.renewals else ""
    return [
        ("Référent·e", shown.worker_name(lead_on(measure, file.relays, shown.day))),
        ("Depuis le", format_date(measure.starts_on)),
        ("Fin prévue", f"{end}{renewed}"),
        ("Intensité", INTENSITY_LABELS[measure.intensity]),
        ("Visites", f"{measure.visits_per_month} par{NB}mois convenues"),
        ("Tenues", _held(measure, held, shown.day)),
    ]


def renewal_words(renewal: Renewal) -> tuple[str, str]:
    """Return what a row says of a renewal: its days, then when it was decided and why."""
    title = f"Du {format_date(renewal.from_date)} au {format_date(renewal.to_date)}"
    decided = f"décidé le {format_date(renewal.decided_on)}"
    return title, f"{NB}· ".join(part for part in (decided, " ".join((renewal.reason or "").split())) if part)


def suspension_words(suspension: Suspension) -> tuple[str, str]:
    """Return what a row says of a suspension: its days, then why."""
    return f"Suspendue {days_words(suspension)}", " ".join((suspension.reason or "").split())


def handed_words(shown: ShownMeasures, relay: Relay) -> tuple[str, str]:
    """Return what a row says of a relay: who hands over to whom, then from when."""
    before, after = shown.worker_name(relay.before_id), shown.worker_name(relay.worker_id)
    return relay_words(relay, before, after, shown.day)


def former_words(shown: ShownMeasures, file: MeasureFile) -> tuple[str, str]:
    """Return what a row says of a measure that is over: its kind, then its days, why it ended, where to."""
    measure = file.measure
    ended = format_date(measure.ended_on) if measure.ended_on else ""
    days = f"du {format_date(measure.starts_on)} au {ended}"
    where = " ".join((measure.destination or "").split())
    parts = (days, measure.exit_reason_label or "", where, shown.worker_name(measure.lead_worker_id))
    return measure.kind_label, f"{NB}· ".join(part for part in parts if part)


def length_hint(kind: MeasureKind, rule: AgreementRule | None = None) -> str:
    """Say the months an agreement sets, else those proposed for a kind and the most it may last.

    A figure not verified says so.
    """
    if words := length_words(rule):
        return words
    usual = f"Proposée{NB}: {kind.default_months}{NB}mois" if kind.default_months else "Sans durée proposée"
    if kind.max_months is None:
        return f"{usual}."
    doubt = "" if kind.verified else ", à vérifier"
    return f"{usual}, {kind.max_months}{NB}mois au plus en tout{doubt}."


def _rules(shown: ShownMeasures, file: MeasureFile) -> Facts:
    """Say what the agreement itself sets for this measure, where it does."""
    rule = shown.rule(file.measure.agreement_id, file.measure.starts_on)
    words = rule_words(rule) if rule else ""
    return [("Ses règles", words)] if words else []


def _basis(kind: MeasureKind | None) -> Facts:
    if kind is None:
        return [("Cadre", "sorte de mesure retirée des barèmes")]
    if kind.verified:
        return [("Cadre", kind.basis)]
    return [("Cadre", f"{kind.basis} (non vérifié)")]


def _length(kind: MeasureKind) -> str:
    usual = f"{kind.default_months}{NB}mois proposés" if kind.default_months else "sans durée fixée"
    if kind.max_months is None:
        return usual
    doubt = "" if kind.verified else ", non vérifié"
    return f"{usual}, {kind.max_months}{NB}mois au plus en tout{doubt}"


def _agreement(agreement: Agreement) -> str:
    until = f", jusqu’au {format_date(agreement.ends_on)}" if agreement.ends_on else ""
    return f"{agreement.name}{until}"


def _held(measure: SupportMeasure, held: Sequence[date], day: date) -> str:
    """Count the meetings of this month and of the one before, since the measure started."""
    since = [each for each in held if each >= measure.starts_on]
    this, before = month_of(day), add_months(month_of(day), -1)
    now = sum(month_of(each) == this for each in since)
    words = f"{plural(now, 'rencontre')} ce mois-ci"
    if measure.starts_on >= this:
        return words
    return f"{words}, {sum(month_of(each) == before for each in since)} en {format_month(before)}"


def _over(measure: SupportMeasure, day: date) -> bool:
    return measure.ended_on is not None and measure.ended_on < day
