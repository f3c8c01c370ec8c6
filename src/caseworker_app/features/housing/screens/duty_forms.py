"""Forms of what the occupant shows proof of, and of the steps of an eviction procedure."""

from __future__ import annotations

from collections.abc import Callable

from caseworker_app.features.housing.domain.eviction import (
    EVICTION_KIND_LABELS,
    UNTIL_LABELS,
    EvictionKind,
    EvictionStep,
    NewEvictionStep,
)
from caseworker_app.features.housing.domain.lease import Lease
from caseworker_app.features.housing.domain.occupant_duty import DUTY_KIND_LABELS, DutyKind, NewDuty
from caseworker_app.features.housing.screens.desk import HousingDesk
from caseworker_app.features.housing.service import evictions, leases
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.kernel.french import capital
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.side_form import SideForm, Work

NB = "\u00a0"


def duty_form(desk: HousingDesk, lease: Lease, kind: DutyKind) -> SideForm:
    """Ask for a proof received; until when it holds is proposed as long as nobody types it."""
    form = SideForm(f"duty:{lease.id}", "Justificatif reçu", desk.today)
    form.choice("kind", "&Obligation", DUTY_KIND_LABELS, kind)
    form.side_by_side()
    form.day("proof_received_on", "&Reçu le", desk.today)
    until = form.day("valid_until", "&Valable jusqu’au")
    form.long("note", "Note", "assureur, n° de contrat…")
    _propose(form, until, lambda: _usual_end(form))

    def read() -> Work:
        new = NewDuty(
            lease.id,
            form.needed("kind", DutyKind),
            form.needed_date("proof_received_on"),
            form.date_of("valid_until"),
            form.text("note"),
        )
        return lambda: leases.record_duty_proof(desk.file, desk.who, new)

    return form.intend(read, "Justificatif noté")


def eviction_form(desk: HousingDesk, lease: Lease, step: EvictionStep | None = None) -> SideForm:
    """Ask for a step of the procedure; the delay the law opens is proposed with its source."""
    form = SideForm(
        f"eviction:{step.id if step else lease.id}",
        "Étape de la procédure",
        desk.today,
        "Comme le papier le dit. Le délai proposé est celui du texte.",
    )
    form.choice("kind", "É&tape", EVICTION_KIND_LABELS, step.kind if step else None)
    form.day("happened_on", "&Date", step.happened_on if step else desk.today)
    until = form.day("until", "&Jusqu’au", step.until if step else None)
    form.long("note", "Note", "juridiction, commissaire de justice, suites", step.note if step else "")
    _propose(form, until, lambda: _legal_end(form, lease))

    def read() -> Work:
        kind = form.needed("kind", EvictionKind)
        until_day = form.date_of("until") if kind in UNTIL_LABELS else None
        new = NewEvictionStep(lease.id, kind, form.needed_date("happened_on"), until_day, form.text("note"))
        if step is not None:
            return lambda: evictions.change_eviction_step(desk.file, desk.who, step.id, new, step.version)
        return lambda: evictions.record_eviction_step(desk.file, desk.who, new)

    return form.intend(read, "Étape notée")


def _propose(form: SideForm, entry: Entry, proposed: Callable[[], str]) -> None:
    """Write what is usual in an entry as long as the person leaves it alone."""
    written = [""]

    def tell() -> None:
        usual = proposed()
        # What differs from the last proposal was typed by the person: it stays.
        if entry.text() == written[0] and usual != entry.text():
            written[0] = usual
            entry.setText(usual)

    form.typed.connect(tell)
    tell()


def _usual_end(form: SideForm) -> str:
    try:
        kind, day = form.chosen("kind", DutyKind), form.needed_date("proof_received_on")
    except CaseworkerError:
        return ""
    end = leases.usual_duty_end(kind, day) if kind else None
    form.fields["valid_until"].show_hint("" if end else "Sans terme.")
    return format_date(end) if end else ""


def _legal_end(form: SideForm, lease: Lease) -> str:
    kind = form.chosen("kind", EvictionKind)
    label = UNTIL_LABELS.get(kind) if kind else None
    field = form.fields["until"]
    field.setVisible(label is not None)
    if kind is None or label is None:
        return ""
    field.label.setText(capital(label))
    field.editor.setAccessibleName(label)
    try:
        day = form.needed_date("happened_on")
    except CaseworkerError:
        return ""
    delay = evictions.legal_delay(kind, day, lease)
    if delay is None:
        field.show_hint("")
        return ""
    field.show_hint(f"Délai légal{NB}: {delay.source}" + ("" if delay.verified else " (non vérifié)"))
    return format_date(delay.end(day))
