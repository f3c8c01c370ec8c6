"""The rules an agreement sets for its measures (« règles d’une convention »), dated; where it says nothing, the kind's.

Lengths are in months, the rhythm of visits in days. The law's own limit, where it is verified, always holds as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from caseworker_app.features.measures.domain.measure import (
    Agreement,
    ExitReason,
    MeasureKind,
    SupportMeasure,
    longest_end,
    planned_end,
)
from caseworker_app.kernel.dates import Period, format_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.french import capital, plural

NB = "\u00a0"
MAX_MONTHS, MAX_RENEWALS, MAX_VISIT_DAYS = 120, 40, 366
MAX_REASONS, MAX_REASON = 40, 120
_MONTH_DAYS = 30
# What an agreement calls by a word of its own is told from the reasons of the dated list.
OWN_REASON = "own_"


@dataclass(frozen=True, slots=True)
class NewRule:
    """Rules about to be written; None where the agreement says nothing.

    `first_months`: a measure's first length; `longest_months`: in all, renewals included; `renewals`: how many at most;
    `renewal_months`: how long each; `visit_days`: days between two visits; `exit_reasons`: one a line, the only ones
    offered; `indicators`: the codes of those reported, with spaces between (None: every one).
    """

    starts_on: date
    ends_on: date | None = None
    first_months: int | None = None
    longest_months: int | None = None
    renewals: int | None = None
    renewal_months: int | None = None
    visit_days: int | None = None
    exit_reasons: str | None = None
    indicators: str | None = None


@dataclass(frozen=True, slots=True)
class AgreementRule:
    """The rules of an agreement from a day to another, both included (`ends_on` None: until others follow)."""

    id: str
    version: str
    agreement_id: str
    starts_on: date
    ends_on: date | None
    first_months: int | None
    longest_months: int | None
    renewals: int | None
    renewal_months: int | None
    visit_days: int | None
    exit_reasons: str | None
    indicators: str | None

    def holds(self, day: date) -> bool:
        """Say whether these rules apply on a day."""
        return Period(self.starts_on, self.ends_on).holds(day)

    def reasons(self) -> tuple[str, ...]:
        """Return the words of the reasons for an end, in the agreement's order."""
        return tuple(self.exit_reasons.splitlines()) if self.exit_reasons else ()


def rule_on(rules: Iterable[AgreementRule], day: date) -> AgreementRule | None:
    """Return the rules that apply on a day, None when the agreement has none then."""
    return next((each for each in rules if each.holds(day)), None)


def gap_around(agreement: Agreement, rules: Iterable[AgreementRule], day: date) -> Period:
    """Return the days around `day` on which an agreement has no rules; there must be none that day."""
    start, end = agreement.starts_on, agreement.ends_on
    for each in rules:
        if each.starts_on > day:
            before = each.starts_on - timedelta(days=1)
            end = before if end is None else min(end, before)
        elif each.ends_on is not None:
            start = max(start, each.ends_on + timedelta(days=1))
    return Period(start, end)


def checked_rule(new: NewRule, agreement: Agreement, others: Iterable[AgreementRule]) -> NewRule:
    """Return rules as kept. Raises InvalidEntry.

    Refused: reversed dates, days outside the agreement or of other rules, an impossible figure, lengths that contradict
    each other, rules that say nothing.
    """
    if new.ends_on is not None and new.ends_on < new.starts_on:
        raise InvalidEntry(f"Ces règles ne peuvent pas finir avant de commencer{NB}: vérifiez.", "ends_on")
    _check_inside(new, agreement)
    _check_figures(new)
    period = Period(new.starts_on, new.ends_on)
    for each in others:
        if period.overlaps(Period(each.starts_on, each.ends_on)):
            raise InvalidEntry(
                f"D’autres règles valent {days_words(each)}{NB}: donnez-leur une fin avant, ou changez la date.",
                "starts_on",
            )
    kept = replace(new, exit_reasons=_checked_reasons(new.exit_reasons))
    said = (kept.first_months, kept.longest_months, kept.renewals, kept.renewal_months, kept.visit_days)
    if all(each is None for each in said) and not kept.exit_reasons and not kept.indicators:
        raise InvalidEntry("Indiquez une règle au moins, ou laissez celles du barème.", "first_months")
    return kept


def _check_inside(new: NewRule, agreement: Agreement) -> None:
    if new.starts_on < agreement.starts_on:
        words = f"La convention commence le {format_date(agreement.starts_on)}{NB}: vérifiez la date."
        raise InvalidEntry(words, "starts_on")
    if agreement.ends_on is not None and new.starts_on > agreement.ends_on:
        words = f"La convention finit le {format_date(agreement.ends_on)}{NB}: vérifiez la date."
        raise InvalidEntry(words, "starts_on")


def _check_figures(new: NewRule) -> None:
    for name in ("first_months", "longest_months", "renewal_months"):
        _check_between(getattr(new, name), 1, MAX_MONTHS, name, "Une durée va de {} à {}\u00a0mois.")
    _check_between(new.renewals, 0, MAX_RENEWALS, "renewals", "Ce nombre va de {} à {}.")
    _check_between(new.visit_days, 1, MAX_VISIT_DAYS, "visit_days", "Ce rythme va de {} à {}\u00a0jours.")
    if new.longest_months is not None:
        if (new.first_months or 0) > new.longest_months:
            raise InvalidEntry("La première durée dépasse la durée totale.", "first_months")
        if (new.renewal_months or 0) > new.longest_months:
            raise InvalidEntry("Un renouvellement dépasse la durée totale.", "renewal_months")


def _check_between(value: int | None, least: int, most: int, field: str, words: str) -> None:
    if value is not None and not least <= value <= most:
        raise InvalidEntry(words.format(least, most), field)


def _checked_reasons(text: str | None) -> str | None:
    """Return reasons one a line, none twice, none empty."""
    lines = {fold(line): " ".join(line.split()) for line in (text or "").splitlines() if line.strip()}
    if len(lines) > MAX_REASONS:
        raise InvalidEntry(f"{MAX_REASONS}{NB}motifs au plus.", "exit_reasons")
    if any(len(line) > MAX_REASON for line in lines.values()):
        raise InvalidEntry(f"Un motif tient en {MAX_REASON}{NB}caractères.", "exit_reasons")
    return "\n".join(lines.values()) or None


def first_end(
    kind: MeasureKind, starts_on: date, agreement: Agreement | None, rule: AgreementRule | None
) -> date | None:
    """Return the end proposed when a measure opens: the agreement's first length, else the kind's usual one.

    Never past the longest length, nor past the agreement's end.
    """
    usual = planned_end(starts_on, (rule.first_months if rule else None) or kind.default_months)
    return _soonest(usual, starts_on, kind, starts_on, agreement, rule)


def renewed_end(
    kind: MeasureKind,
    measure: SupportMeasure,
    from_date: date,
    agreement: Agreement | None,
    rule: AgreementRule | None,
) -> date | None:
    """Return the end proposed for a renewal: the agreement's own length for one, else the kind's usual one."""
    usual = planned_end(from_date, (rule.renewal_months if rule else None) or kind.default_months)
    return _soonest(usual, from_date, kind, measure.starts_on, agreement, rule)


def _soonest(
    usual: date | None,
    from_date: date,
    kind: MeasureKind,
    starts_on: date,
    agreement: Agreement | None,
    rule: AgreementRule | None,
) -> date | None:
    """Return the soonest of the usual end and of what bounds it; a bound already past is told, not proposed."""
    if usual is None:
        return None
    bounds = (
        longest_end(kind, starts_on),
        planned_end(starts_on, rule.longest_months) if rule else None,
        agreement.ends_on if agreement else None,
    )
    return min([usual, *(each for each in bounds if each is not None and each >= from_date)])


def check_first_length(
    agreement: Agreement, rule: AgreementRule | None, starts_on: date, ends_on: date | None
) -> None:
    """Refuse a first length longer than the agreement's. Raises InvalidEntry."""
    limit = planned_end(starts_on, rule.first_months) if rule else None
    if rule is not None and limit is not None and ends_on is not None and ends_on > limit:
        raise InvalidEntry(
            f"La convention «{NB}{agreement.name}{NB}» fixe une première durée de {rule.first_months}{NB}mois{NB}: "
            f"finissez au plus tard le {format_date(limit)}, puis renouvelez.",
            "planned_end_on",
        )


def check_whole_length(
    agreement: Agreement, rule: AgreementRule | None, starts_on: date, ends_on: date | None, field: str
) -> None:
    """Refuse a measure longer in all than its agreement allows. Raises InvalidEntry."""
    limit = planned_end(starts_on, rule.longest_months) if rule else None
    if rule is not None and limit is not None and ends_on is not None and ends_on > limit:
        raise InvalidEntry(
            f"La convention «{NB}{agreement.name}{NB}» limite une mesure à {rule.longest_months}{NB}mois en tout{NB}: "
            f"finissez au plus tard le {format_date(limit)}.",
            field,
        )


def check_one_more(
    agreement: Agreement, rule: AgreementRule | None, done: int, from_date: date, to_date: date
) -> None:
    """Refuse one renewal too many, or one longer than the agreement's. Raises InvalidEntry."""
    if rule is None:
        return
    if rule.renewals is not None and done >= rule.renewals:
        allowed = "ne permet aucun renouvellement"
        if rule.renewals:
            allowed = f"permet {plural(rule.renewals, 'renouvellement')}, déjà {_past(rule.renewals)}"
        raise InvalidEntry(
            f"La convention «{NB}{agreement.name}{NB}» {allowed}{NB}: terminez la mesure, ou ouvrez-en une autre.",
            "to_date",
        )
    limit = planned_end(from_date, rule.renewal_months)
    if limit is not None and to_date > limit:
        raise InvalidEntry(
            f"Un renouvellement de la convention «{NB}{agreement.name}{NB}» dure {rule.renewal_months}{NB}mois "
            f"au plus{NB}: finissez au plus tard le {format_date(limit)}.",
            "to_date",
        )


def _past(count: int) -> str:
    return "faits" if count > 1 else "fait"


def reasons_offered(rule: AgreementRule | None, usual: Sequence[ExitReason]) -> list[ExitReason]:
    """Return the reasons for an end: the agreement's own, else those of the dated list.

    One worded as the dated list does keeps its code, so that both are counted as one.
    """
    if rule is None or not rule.exit_reasons:
        return list(usual)
    codes = {fold(each.label): each.code for each in usual}
    return [ExitReason(codes.get(fold(words), own_code(words)), words) for words in rule.reasons()]


def own_code(words: str) -> str:
    """Return the code of a reason in the agreement's own words: the same words have the same code."""
    return OWN_REASON + "_".join("".join(c if c.isalnum() else " " for c in fold(words)).split())


def visits_a_month(rule: AgreementRule | None) -> int | None:
    """Return how many visits a month the rhythm of an agreement makes, one at least; None without a rhythm."""
    if rule is None or rule.visit_days is None:
        return None
    return max(1, round(_MONTH_DAYS / rule.visit_days))


def days_words(rule: AgreementRule) -> str:
    """Say from when to when rules apply: « du 01/01/2026 au 31/12/2026 », « depuis le 01/01/2026 »."""
    if rule.ends_on is None:
        return f"depuis le {format_date(rule.starts_on)}"
    return f"du {format_date(rule.starts_on)} au {format_date(rule.ends_on)}"


def rule_words(rule: AgreementRule) -> str:
    """Say what rules hold on one line: « 6 mois, 18 au plus · visite tous les 15 jours · 2 renouvellements… »."""
    parts = (_length_words(rule), _visit_words(rule), _renewal_words(rule), _list_words(rule))
    return f"{NB}· ".join(part for part in parts if part)


def row_words(rule: AgreementRule) -> tuple[str, str]:
    """Return what a row says of rules: lengths and visits, then their days and the renewals."""
    title = f"{NB}· ".join(part for part in (_length_words(rule), _visit_words(rule)) if part)
    days = days_words(rule)
    days = capital(days)
    parts = [part for part in (days, _renewal_words(rule), "" if title else _list_words(rule)) if part]
    return title or "Sans durée propre", f"{NB}· ".join(parts)


def _length_words(rule: AgreementRule) -> str:
    first = f"{rule.first_months}{NB}mois" if rule.first_months else ""
    unit = "" if first else f"{NB}mois"
    whole = f"{rule.longest_months}{unit} au plus" if rule.longest_months else ""
    return ", ".join(part for part in (first, whole) if part)


def _renewal_words(rule: AgreementRule) -> str:
    each = f"{rule.renewal_months}{NB}mois" if rule.renewal_months else ""
    if rule.renewals is None:
        return f"renouvelée de {each}" if each else ""
    if rule.renewals == 0:
        return "sans renouvellement"
    return f"{plural(rule.renewals, 'renouvellement')}{f' de {each}' if each else ''}"


def _visit_words(rule: AgreementRule) -> str:
    if rule.visit_days is None:
        return ""
    return "visite chaque jour" if rule.visit_days == 1 else f"visite tous les {rule.visit_days}{NB}jours"


def _list_words(rule: AgreementRule) -> str:
    count = len(rule.reasons())
    return plural(count, "motif de fin", "motifs de fin") if count else ""


def length_words(rule: AgreementRule | None) -> str:
    """Say the lengths an agreement sets; empty where it says nothing of them."""
    if rule is None:
        return ""
    words = f"{NB}· ".join(part for part in (_length_words(rule), _renewal_words(rule)) if part)
    return f"Convention{NB}: {words}." if words else ""


def too_long(rules: Sequence[AgreementRule], measures: Iterable[tuple[date, date | None]]) -> int:
    """Return how many measures that run (start, planned end) go past what the rules of their first day allow."""
    count = 0
    for starts_on, ends_on in measures:
        rule = rule_on(rules, starts_on)
        limit = planned_end(starts_on, rule.longest_months) if rule else None
        count += limit is not None and ends_on is not None and ends_on > limit
    return count
