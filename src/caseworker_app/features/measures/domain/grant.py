"""The grant of an agreement (« subvention »), followed action by action: planned, spent, left; cents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.measures.domain.measure import Agreement, checked_text
from caseworker_app.kernel.dates import add_months, format_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.money import MAX_CENTS, format_euros

NB = "\u00a0"
# Bills come in after the end of what they pay: nobody closes the account of a grant on its last day.
_MONTHS_AFTER_END = 12


@dataclass(frozen=True, slots=True)
class GrantAction:
    """What a grant is planned to pay (« action »): its words and the amount planned for it."""

    id: str
    version: str
    agreement_id: str
    label: str
    planned_cents: int


@dataclass(frozen=True, slots=True)
class GrantSpending:
    """What was spent on an action, on a day (« dépense »); negative for money that came back."""

    id: str
    version: str
    action_id: str
    spent_on: date
    spent_cents: int
    what: str


@dataclass(frozen=True, slots=True)
class ActionAccount:
    """An action with what was spent on it, the latest first."""

    action: GrantAction
    spendings: tuple[GrantSpending, ...]

    @property
    def spent_cents(self) -> int:
        """What was spent on it in all."""
        return sum(each.spent_cents for each in self.spendings)

    @property
    def left_cents(self) -> int:
        """What is left of what was planned; negative where more was spent."""
        return self.action.planned_cents - self.spent_cents


@dataclass(frozen=True, slots=True)
class GrantFollowed:
    """The grant of an agreement, `granted_cents` None where it is not known, and its actions."""

    granted_cents: int | None
    accounts: tuple[ActionAccount, ...]

    @property
    def planned_cents(self) -> int:
        """What is planned over all actions."""
        return sum(each.action.planned_cents for each in self.accounts)

    @property
    def spent_cents(self) -> int:
        """What was spent over all actions."""
        return sum(each.spent_cents for each in self.accounts)

    @property
    def left_cents(self) -> int:
        """What is left of the grant, or of what was planned where the grant is not known."""
        whole = self.planned_cents if self.granted_cents is None else self.granted_cents
        return whole - self.spent_cents


def accounts_of(
    actions: Iterable[GrantAction], spendings: Iterable[GrantSpending]
) -> tuple[ActionAccount, ...]:
    """Return each action with its own spendings, the latest first."""
    by_action: dict[str, list[GrantSpending]] = {}
    for each in sorted(spendings, key=lambda s: (s.spent_on, s.id), reverse=True):
        by_action.setdefault(each.action_id, []).append(each)
    return tuple(ActionAccount(action, tuple(by_action.get(action.id, ()))) for action in actions)


def checked_action(label: str, planned_cents: int, others: Iterable[GrantAction]) -> str:
    """Return the words of an action. Raises InvalidEntry: nothing, twice the same, an impossible amount."""
    words = checked_text(label, "label")
    if words is None:
        raise InvalidEntry("Nommez l’action\u00a0: permanences, ateliers, interprétariat…", "label")
    if any(fold(each.label) == fold(words) for each in others):
        raise InvalidEntry("Cette action existe déjà dans la convention.", "label")
    if not 0 <= planned_cents <= MAX_CENTS:
        raise InvalidEntry("Ce montant n’est pas possible\u00a0: vérifiez-le.", "planned_cents")
    return words


def checked_spending(agreement: Agreement, spent_on: date, cents: int, what: str, today: date) -> str:
    """Return what was paid. Raises InvalidEntry: a day to come or out of the agreement's time, nothing paid."""
    words = checked_text(what, "what")
    if words is None:
        raise InvalidEntry("Dites ce qui a été payé.", "what")
    if cents == 0 or abs(cents) > MAX_CENTS:
        raise InvalidEntry("Ce montant n’est pas possible\u00a0: vérifiez-le.", "cents")
    if spent_on > today:
        raise InvalidEntry("Cette date est à venir\u00a0: notez la dépense une fois faite.", "spent_on")
    if spent_on < agreement.starts_on:
        raise InvalidEntry(
            f"La convention commence le {format_date(agreement.starts_on)}\u00a0: vérifiez la date.",
            "spent_on",
        )
    if agreement.ends_on is not None and spent_on > add_months(agreement.ends_on, _MONTHS_AFTER_END):
        raise InvalidEntry(
            f"La convention a fini le {format_date(agreement.ends_on)}\u00a0: vérifiez la date.", "spent_on"
        )
    return words


def account_words(account: ActionAccount) -> tuple[str, str]:
    """Return what a row says of an action, and the tone of what is left."""
    planned, spent = format_euros(account.action.planned_cents), format_euros(account.spent_cents)
    left = account.left_cents
    rest = f"reste {format_euros(left)}" if left >= 0 else f"dépassée de {format_euros(-left)}"
    return f"{spent} dépensés sur {planned}{NB}· {rest}", "ok" if left >= 0 else "danger"


def grant_words(grant: GrantFollowed) -> str:
    """Say where the whole grant stands: planned, spent, left, and what no action holds yet."""
    parts = [
        f"{format_euros(grant.planned_cents)} prévus",
        f"{format_euros(grant.spent_cents)} dépensés",
        f"{format_euros(grant.left_cents)} restants",
    ]
    if grant.granted_cents is not None:
        free = grant.granted_cents - grant.planned_cents
        if free > 0:
            parts.append(f"{format_euros(free)} sans action")
        elif free < 0:
            parts.append(f"{format_euros(-free)} prévus de trop")
    return f"{NB}· ".join(parts)
