"""All that is held about a household, in words, part by part, as the declarations of the tables have it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

# What the tables of a household are told under, in reading order; one named nowhere comes under the last.
PARTS: dict[str, tuple[str, ...]] = {
    "Le dossier": ("household", "former_household", "household_separation"),
    "Les personnes du ménage": ("household_member",),
    "Adresses": ("address",),
    "Téléphones et courriels": ("contact",),
    "Logement et loyer": (
        "lease", "dwelling", "head_lease", "sliding_lease", "examination_period", "joint_review", "review_criterion",
        "occupant_duty", "rent_entry", "repayment_plan", "eviction_step",
    ),
    "Demandes d’accompagnement reçues": ("referral", "referral_attempt", "referral_diagnosis"),
    "Veille": ("watch", "watch_contact"),
    "Mesures d’accompagnement": (
        "support_measure", "measure_renewal", "measure_suspension", "measure_relay", "follow_part",
        "follow_meeting", "meeting_task",
    ),
    "Objectifs et autonomie": ("goal", "goal_step", "autonomy_evaluation", "autonomy_level"),
    "Budget et dettes": ("budget_month", "budget_line", "debt"),
    "Journal, notes internes comprises": (
        "diary_entry", "goal_touched", "room_condition", "shareable_fact", "promise", "promise_review", "report_review",
        "appointment",
    ),
    "Accords de partage": ("consent",),
    "Orientations": ("orientation",),
    "Démarches": ("procedure", "procedure_paper"),
    "Pièces gardées": ("attachment", "attachment_copy"),
    "Documents remis": ("transmission", "transmitted_review", "data_disclosure"),
    "Vos demandes": ("rights_request", "rights_correction", "processing_restriction"),
}  # fmt: skip
OTHER_PART = "Autres informations"
# Tables of no household whose rows are told whole where a household's point to them: they say where it lives.
TOLD_WHOLE = ("dwelling", "head_lease")
# The other tables of no household, with why they are not told whole.
NOT_TOLD = {
    "space": "the association's own division of its files: named in the household's row",
    "association": "heads the document",
    "worker": "the association's people: named where they wrote",
    "landlord": "a body: named where it lets or is told something",
    "landlord_contact": "people of a body",
    "checklist_edition": "which papers the association asks for by procedure: what was received is told by name",
    "grid_edition": "how the association words its grid: an evaluation is told with it",
    "goal_model": "words kept to be reused, of nobody",
    "agreement": "between association and funder: named in the measure",
    "agreement_rule": "what an agreement sets, of nobody",
    "reserved_dwelling": "what an agreement keeps, of nobody: who lives there is told in the lease",
    "grant_action": "what a grant pays, of nobody",
    "grant_spending": "what a grant paid, of nobody",
    "partner": "a directory of bodies",
    "partner_contact": "people of a body",
    "import_run": "how a list was read; what it brought is in the household's own rows",
    "import_profile": "how a list is read",
    "saved_filter": "how a worker looks at the list",
    "list_preference": "how a worker looks at the list",
    "list_export": "counts households without naming any",
    "reused_sentence": "wording of the association: what was written with it is in the diary",
    "spelling_word": "words of the association",
    "check_word": "words of the association",
    "erasure_record": "counts what was erased without naming anybody",
    "retention_delay": "the association's own delays",
}


# What tells where a household lives and how it is reached: on no paper for one under protection.
PLACES = frozenset(
    {
        ("address", "street"), ("address", "complement"), ("dwelling", "street"), ("dwelling", "complement"),
        ("contact", "value"), ("referral", "dwelling"),
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HeldField:
    """One value in words; `place` names it among all, `free`: somebody typed it, so that it may name anybody."""

    place: str
    label: str
    text: str
    free: bool

    @property
    def is_place(self) -> bool:
        """Say whether it tells where the household lives or how it is reached, now or before."""
        table, _, name = self.place.partition(":")[0].partition(".")
        return (table, name) in PLACES


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One row: « Écrit du journal du 24/11/2026 » (never a name), its values, and what it is called by.

    `members`: the people of the household it is about, none when it is about all of them; `written_on`: the day it was
    last written.
    """

    title: str
    table: str
    fields: tuple[HeldField, ...]
    members: frozenset[str] = frozenset()
    written_on: date | None = None
    # Values that name somebody outside, another household or another member: by place, told by the declarations.
    third_persons: frozenset[str] = frozenset()
    other_households: frozenset[str] = frozenset()
    named_members: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class HeldPart:
    """A part of the document: its title and rows."""

    title: str
    rows: tuple[HeldRow, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the household: who may ask, and whose words are their own; `left_on`: the day they left it."""

    id: str
    name: str
    words: tuple[str, ...]
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """All that is held of a household on `day`; `asked_by`: the only member it is told to (None: the household)."""

    household_id: str
    reference: str
    name: str
    protected: bool
    opened_on: date
    day: date
    people: tuple[Person, ...]
    parts: tuple[HeldPart, ...]
    accesses: tuple[tuple[str, str, str], ...] = ()
    asked_by: Person | None = None
    own_contacts: frozenset[str] = field(default_factory=frozenset)
    own_places: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    def fields(self) -> Iterator[tuple[HeldRow, HeldField]]:
        """Yield every value with its row, in reading order."""
        for part in self.parts:
            for row in part.rows:
                for each in row.fields:
                    yield row, each

    @property
    def fingerprint(self) -> str:
        """Return what tells what was reviewed from what is there now: SHA-256, in hexadecimal."""
        told = [(each.place, each.text) for _, each in self.fields()]
        whom = self.asked_by.id if self.asked_by else ""
        return hashlib.sha256(json.dumps([whom, told], ensure_ascii=False).encode()).hexdigest()


def part_of(table: str) -> str:
    """Return the part a table is told under."""
    return next((title for title, tables in PARTS.items() if table in tables), OTHER_PART)
