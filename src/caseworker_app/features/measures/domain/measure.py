"""A support measure (« mesure d’accompagnement »): of a dated kind, for a time, under an agreement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from caseworker_app.kernel.dates import Period, add_months, format_date
from caseworker_app.kernel.errors import InvalidEntry

OLDEST_START, LATEST_START = date(1980, 1, 1), date(2099, 12, 31)
# A measure is prepared some months ahead; more is a wrong year.
MAX_MONTHS_AHEAD = 12
# No period that is written ends later than so many years after its start: more is a wrong year.
MAX_YEARS = 20
MAX_TEXT = 500
MAX_DELAY_DAYS = 365

_REVERSED = "La mesure ne peut pas finir avant de commencer\u00a0: vérifiez les deux dates."


class Intensity(StrEnum):
    """How close the support is (« intensité »); the visits a month that go with it are a dated table."""

    LIGHT = "light"
    MEDIUM = "medium"
    STRONG = "strong"


INTENSITY_LABELS = {Intensity.LIGHT: "légère", Intensity.MEDIUM: "moyenne", Intensity.STRONG: "renforcée"}


@dataclass(frozen=True, slots=True)
class MeasureKind:
    """A kind of measure as the dated table says; months. `max_months`: the law's limit, renewals included."""

    code: str
    label: str
    short_label: str
    basis: str
    default_months: int | None
    max_months: int | None
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class ExitReason:
    """Why a measure ends (« motif de sortie »), from the dated list."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement (« convention ») with a landlord or funder; quotas in measures, the grant in cents.

    `contact_days`, `decision_days`: from the reception of a referral, None where the agreement says nothing.
    `call_for_projects`: the call it answers (« appel à projets »).
    """

    id: str
    version: str
    name: str
    landlord_id: str | None
    funder: str | None
    starts_on: date
    ends_on: date | None
    quota_new: int | None
    quota_existing: int | None
    grant_cents: int | None
    contact_days: int | None = None
    decision_days: int | None = None
    call_for_projects: str | None = None

    def holds(self, day: date) -> bool:
        """Say whether the agreement runs on a day."""
        return Period(self.starts_on, self.ends_on).holds(day)


@dataclass(frozen=True, slots=True)
class NewAgreement:
    """An agreement about to be written."""

    name: str
    starts_on: date
    ends_on: date | None = None
    landlord_id: str | None = None
    funder: str | None = None
    quota_new: int | None = None
    quota_existing: int | None = None
    grant_cents: int | None = None
    contact_days: int | None = None
    decision_days: int | None = None
    call_for_projects: str | None = None


@dataclass(frozen=True, slots=True)
class SupportMeasure:
    """A measure (« mesure d’accompagnement »).

    `kind_label`: as it was called when opened. `planned_end_on`: None for a kind without a term. `ended_on`:
    the last day, None while it runs. `visits_per_month`: expected home visits. `destination`: where the
    household goes.
    """

    id: str
    version: str
    household_id: str
    kind_code: str
    kind_label: str
    agreement_id: str | None
    prescriber: str | None
    lead_worker_id: str
    intensity: Intensity
    visits_per_month: int
    starts_on: date
    planned_end_on: date | None
    ended_on: date | None
    exit_reason_code: str | None
    exit_reason_label: str | None
    destination: str | None

    def runs_on(self, day: date) -> bool:
        """Say whether the measure runs on a day; past its planned end it does, until ended or renewed."""
        return Period(self.starts_on, self.ended_on).holds(day)

    def days_left(self, day: date) -> int | None:
        """Return the days from `day` to the planned end (negative: overdue), None without one."""
        return None if self.planned_end_on is None else (self.planned_end_on - day).days

    def ends_soon(self, day: date, within: int) -> bool:
        """Say whether a running measure reaches its planned end within so many days, or has passed it."""
        left = self.days_left(day)
        return self.runs_on(day) and left is not None and left <= within


@dataclass(frozen=True, slots=True)
class Renewal:
    """A renewal (« renouvellement ») decided on a day, from `from_date` to `to_date`, both included."""

    id: str
    version: str
    household_id: str
    measure_id: str
    decided_on: date
    from_date: date
    to_date: date
    reason: str | None


@dataclass(frozen=True, slots=True)
class Suspension:
    """A time without support (« suspension »), both days included; `to_date` None: until it is resumed."""

    id: str
    version: str
    household_id: str
    measure_id: str
    from_date: date
    to_date: date | None
    reason: str | None

    def holds(self, day: date) -> bool:
        """Say whether the measure is suspended on a day."""
        return Period(self.from_date, self.to_date).holds(day)


@dataclass(frozen=True, slots=True)
class Relay:
    """From `from_date` on, a measure is led by `worker_id` (« relais »); by `before_id` until the day before."""

    id: str
    version: str
    household_id: str
    measure_id: str
    from_date: date
    worker_id: str
    before_id: str


@dataclass(frozen=True, slots=True)
class MeasureFile:
    """A measure with its renewals, suspensions and relays, oldest first, and the agreement it is under."""

    measure: SupportMeasure
    renewals: tuple[Renewal, ...]
    agreement: Agreement | None
    suspensions: tuple[Suspension, ...] = ()
    relays: tuple[Relay, ...] = ()


@dataclass(frozen=True, slots=True)
class NewMeasure:
    """A measure about to be opened; a closed one (an import) brings its end and reason.

    `planned_end_on` None: by the kind's usual length. `lead_worker_id` None: whoever opens it.
    `visits_per_month` None: by the intensity.
    """

    household_id: str
    kind_code: str
    starts_on: date
    planned_end_on: date | None = None
    agreement_id: str | None = None
    prescriber: str | None = None
    lead_worker_id: str | None = None
    intensity: Intensity = Intensity.MEDIUM
    visits_per_month: int | None = None
    ended_on: date | None = None
    exit_reason_code: str | None = None
    destination: str | None = None


def check_agreement(new: NewAgreement) -> None:
    """Refuse an agreement without a name, reversed dates, or negative figures. Raises InvalidEntry."""
    if not new.name.strip():
        raise InvalidEntry("Donnez un nom à la convention.", "name")
    checked_text(new.name, "name")
    checked_text(new.funder, "funder")
    checked_text(new.call_for_projects, "call_for_projects")
    if new.ends_on is not None and new.ends_on < new.starts_on:
        raise InvalidEntry("La convention ne peut pas finir avant de commencer.", "ends_on")
    if not OLDEST_START <= new.starts_on <= LATEST_START:
        raise InvalidEntry("Cette date de début n’est pas possible\u00a0: vérifiez l’année.", "starts_on")
    check_year_of_end(new.starts_on, new.ends_on, "ends_on")
    for name in ("quota_new", "quota_existing", "grant_cents"):
        if (getattr(new, name) or 0) < 0:
            raise InvalidEntry("Ce nombre ne peut pas être négatif.", name)
    for name in ("contact_days", "decision_days"):
        days = getattr(new, name)
        if days is not None and not 1 <= days <= MAX_DELAY_DAYS:
            raise InvalidEntry(f"Un délai va de 1 à {MAX_DELAY_DAYS}\u00a0jours.", name)


def check_year_of_end(starts_on: date, ends_on: date | None, field: str) -> None:
    """Refuse an end more than twenty years after its start: a year mistyped. Raises InvalidEntry."""
    if ends_on is not None and ends_on.year - starts_on.year > MAX_YEARS:
        raise InvalidEntry("Cette date de fin n’est pas possible\u00a0: vérifiez l’année.", field)


def planned_end(starts_on: date, months: int | None) -> date | None:
    """Return the last day of so many months from a day, None without a length."""
    return None if months is None else add_months(starts_on, months) - timedelta(days=1)


def check_dates(new: NewMeasure, planned_end_on: date | None, today: date) -> None:
    """Refuse an impossible start, or an end before it. Raises InvalidEntry."""
    if not OLDEST_START <= new.starts_on <= add_months(today, MAX_MONTHS_AHEAD):
        raise InvalidEntry("Cette date de début n’est pas possible\u00a0: vérifiez l’année.", "starts_on")
    if planned_end_on is not None and planned_end_on < new.starts_on:
        raise InvalidEntry(_REVERSED, "planned_end_on")
    check_year_of_end(new.starts_on, planned_end_on, "planned_end_on")
    if new.ended_on is not None and new.ended_on < new.starts_on:
        raise InvalidEntry(_REVERSED, "ended_on")
    if (new.ended_on is None) != (new.exit_reason_code is None):
        raise InvalidEntry(
            "Une mesure terminée a une date de fin et un motif\u00a0: indiquez les deux.", "exit_reason_code"
        )


def longest_end(kind: MeasureKind, starts_on: date) -> date | None:
    """Return the last day the law allows for a kind, None without a limit; one not verified binds nobody."""
    return planned_end(starts_on, kind.max_months) if kind.verified else None


def check_within_agreement(agreement: Agreement | None, ends_on: date | None, field: str) -> None:
    """Refuse a measure planned past the end of its agreement. Raises InvalidEntry."""
    if agreement is None or agreement.ends_on is None or ends_on is None or ends_on <= agreement.ends_on:
        return
    raise InvalidEntry(
        f"La convention «\u00a0{agreement.name}\u00a0» finit le {format_date(agreement.ends_on)}\u00a0: "
        "la mesure ne peut pas aller au-delà.",
        field,
    )


def check_still_runs(measure: SupportMeasure, today: date, field: str) -> None:
    """Refuse to change a measure that has ended. Raises InvalidEntry."""
    if measure.ended_on is not None and measure.ended_on < today:
        raise InvalidEntry(
            f"Cette mesure est terminée depuis le {format_date(measure.ended_on)}\u00a0: "
            "elle ne se modifie plus.",
            field,
        )


def check_length(
    kind: MeasureKind, starts_on: date, ends_on: date | None, field: str = "planned_end_on"
) -> None:
    """Refuse a measure longer, in all, than the law allows for its kind. Raises InvalidEntry."""
    limit = longest_end(kind, starts_on)
    if limit is not None and ends_on is not None and ends_on > limit:
        length = f"{kind.short_label}\u00a0: {kind.max_months}\u00a0mois au plus en tout"
        raise InvalidEntry(f"{length}, soit jusqu’au {format_date(limit)}.", field)


def check_under_agreement(agreement: Agreement, starts_on: date) -> None:
    """Refuse a measure that starts outside its agreement. Raises InvalidEntry."""
    if not agreement.holds(starts_on):
        raise InvalidEntry(
            f"La convention «\u00a0{agreement.name}\u00a0» ne court pas le {format_date(starts_on)}\u00a0: "
            "choisissez-en une autre, ou vérifiez la date.",
            "agreement_id",
        )


def check_no_overlap(
    kind: MeasureKind, starts_on: date, ended_on: date | None, others: Iterable[SupportMeasure]
) -> None:
    """Refuse a second measure of the same kind at the same time. Raises InvalidEntry."""
    period = Period(starts_on, ended_on)
    for other in others:
        if other.kind_code == kind.code and period.overlaps(Period(other.starts_on, other.ended_on)):
            until = f"jusqu’au {format_date(other.ended_on)}" if other.ended_on else "et n’est pas terminée"
            other_one = (
                f"Une mesure «\u00a0{kind.short_label}\u00a0» court depuis le {format_date(other.starts_on)}"
            )
            raise InvalidEntry(
                f"{other_one} {until}\u00a0: renouvelez-la, ou terminez-la d’abord.", "starts_on"
            )


def check_renewal(measure: SupportMeasure, from_date: date, to_date: date) -> None:
    """Refuse a renewal of an ended measure, one that does not follow on, or that ends before it starts.

    Raises InvalidEntry.
    """
    if measure.ended_on is not None:
        raise InvalidEntry("Cette mesure est terminée\u00a0: ouvrez-en une nouvelle.", "from_date")
    if measure.planned_end_on is not None and from_date != measure.planned_end_on + timedelta(days=1):
        after = format_date(measure.planned_end_on + timedelta(days=1))
        raise InvalidEntry(f"Le renouvellement prend la suite de la mesure, le {after}.", "from_date")
    if to_date < from_date or from_date < measure.starts_on:
        raise InvalidEntry("Le renouvellement ne peut pas finir avant de commencer.", "to_date")
    check_year_of_end(from_date, to_date, "to_date")


def check_end(measure: SupportMeasure, ended_on: date, today: date) -> None:
    """Refuse to end a measure twice, before its start, or in more than a year. Raises InvalidEntry."""
    if measure.ended_on is not None:
        raise InvalidEntry(
            f"Cette mesure est déjà terminée depuis le {format_date(measure.ended_on)}.", "ended_on"
        )
    if ended_on < measure.starts_on:
        raise InvalidEntry("La mesure ne peut pas finir avant d’avoir commencé.", "ended_on")
    if ended_on > add_months(today, MAX_MONTHS_AHEAD):
        raise InvalidEntry("Cette date de fin n’est pas possible\u00a0: vérifiez l’année.", "ended_on")


def checked_text(text: str | None, field: str) -> str | None:
    """Return a short text without spaces around, None when empty.

    Raises InvalidEntry beyond 500 characters.
    """
    bare = (text or "").strip()
    if len(bare) > MAX_TEXT:
        raise InvalidEntry(f"Ce texte est trop long\u00a0: {MAX_TEXT} caractères au plus.", field)
    return bare or None


def running_first(measures: Iterable[SupportMeasure], day: date) -> list[SupportMeasure]:
    """Return measures with those that run on `day` first, each group from the latest start to the oldest."""
    latest = sorted(measures, key=lambda m: (m.starts_on, m.id), reverse=True)
    return sorted(latest, key=lambda measure: not measure.runs_on(day))
