"""The list of referrals: a line each, what narrows it, how many stand at each stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.referrals.domain.referral import SENDER_LABELS, Product, Sender, Urgency
from caseworker_app.features.referrals.domain.stages import Progress, Stage, due_words
from caseworker_app.features.referrals.domain.tables import reason_words
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.french import capital

# What is to be done comes before what is over.
OPEN_STAGES = tuple(stage for stage in Stage if stage is not Stage.CLOSED)


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """A referral in the list."""

    id: str
    household_id: str
    household: str
    sort_name: str
    protected: bool
    number: str
    body: str
    sender: Sender
    reasons: tuple[str, ...]
    product: Product
    urgency: Urgency
    worker_id: str
    agreement_id: str | None
    landlord_id: str | None
    progress: Progress
    reference: str = ""

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return self.progress.stage

    @property
    def detail(self) -> str:
        """Return the second line: who asks, since when, why."""
        since = f"reçue le {format_date(self.progress.received_on)}"
        return " · ".join((capital(self.body), since, reason_words(self.reasons)))

    def told(self) -> str:
        """Return everything it is found by, folded."""
        words = (
            self.household,
            self.body,
            self.number,
            reason_words(self.reasons),
            SENDER_LABELS[self.sender],
        )
        return fold(" ".join(words))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to; `stage` None: all that is not over."""

    words: str = ""
    stage: Stage | None = None
    sender: Sender | None = None
    worker_id: str | None = None


@dataclass(frozen=True, slots=True)
class ReferralListing:
    """What was found, what is late or soonest first, and how many stand at each stage whatever is chosen of stages."""

    lines: tuple[ReferralLine, ...]
    counts: Mapping[Stage, int]
    late: int
    in_all: int

    @property
    def open(self) -> int:
        """How many are not over."""
        return sum(count for stage, count in self.counts.items() if stage is not Stage.CLOSED)


def listing(lines: Sequence[ReferralLine], wanted: Wanted, day: date) -> ReferralListing:
    """Return the lines wanted, in the order they are to be dealt with."""
    sought = fold(wanted.words).split()
    kept = [
        each
        for each in lines
        if (wanted.sender is None or each.sender is wanted.sender)
        and (wanted.worker_id is None or each.worker_id == wanted.worker_id)
        and (not sought or all(word in each.told() for word in sought))
    ]
    counts = dict.fromkeys(Stage, 0)
    late = 0
    for each in kept:
        counts[each.stage] += 1
        late += each.progress.late(day)
    stages = OPEN_STAGES if wanted.stage is None else (wanted.stage,)
    chosen = [each for each in kept if each.stage in stages]
    return ReferralListing(tuple(sorted(chosen, key=_order)), counts, late, len(lines))


def line_state(of: ReferralLine, day: date) -> tuple[str, str]:
    """Return what is awaited of a line and its tone."""
    return due_words(of.progress, day)


def _order(of: ReferralLine) -> tuple[bool, date, int, str]:
    """Urgent first among those of one day; what waits for nobody's delay after, the newest first."""
    due = of.progress.due_on
    newest = -of.progress.received_on.toordinal()
    return (
        due is None,
        due or date.max,
        newest if due is None else int(of.urgency is Urgency.NORMAL),
        of.sort_name,
    )
