"""The home, its rent accounts, referrals, support measures and orientations, as pages of the follow-up file."""

from __future__ import annotations

from collections.abc import Sequence

from caseworker_app.features.dossier.domain.follow_up_content import (
    DutyLine,
    HousingPart,
    Line,
    MeasurePart,
    OrientationLine,
    ReferralLine,
    RentAccount,
)
from caseworker_app.kernel.dates import format_month
from caseworker_app.kernel.french import join_words, plural
from caseworker_app.kernel.money import format_euros
from caseworker_app.pdf.contents import Chapter
from caseworker_app.pdf.layout import Block, Gap
from caseworker_app.pdf.monthly import Month, monthly_figure
from caseworker_app.pdf.tables import Cell, Column, DataTable, TableLook, key_values
from caseworker_app.pdf.text import strong_then


def housing_chapter(part: HousingPart | None) -> Chapter:
    """Return the home and its lease, each account on its own, the duties, the homes before."""
    title = "Logement et loyer"
    if part is None:
        return Chapter(title)
    return Chapter(
        title,
        (),
        (
            ("Logement et titre", _facts(part.lines)),
            *((account.title, _account(account)) for account in part.accounts),
            ("Obligations de l’occupant", _duties(part.duties)),
            ("Logements précédents", _facts(part.earlier)),
        ),
    )


def _facts(lines: Sequence[Line]) -> list[Block]:
    return [key_values([(line.label, line.text) for line in lines])] if lines else []


def _account(account: RentAccount) -> list[Block]:
    drawn: list[Block] = []
    if account.months:
        months = [
            Month(each.month, each.due_cents, each.rent_paid_cents, each.plan_cents, each.received_on)
            for each in account.months
        ]
        span = f"de {format_month(months[0].month)} à {format_month(months[-1].month)}"
        drawn = monthly_figure(
            months, f"Loyer et charges dus à {account.payee} et payés, {span}", _alt(months, span)
        )
    return [*drawn, *([Gap(5)] if drawn else []), *_facts(account.lines)]


def _alt(months: Sequence[Month], span: str) -> str:
    """Say in words what the bars show; every amount is also in the table below."""
    said = [f"Diagramme en barres, {plural(len(months), 'mois', 'mois')}, {span}."]
    short = [f"{format_euros(m.missing)} en {format_month(m.month)}" for m in months if m.missing]
    said.append(f"Il manque {join_words(short)}." if short else "Rien ne manque.")
    return " ".join([*said, "Les montants sont repris dans le tableau qui suit."])


def _duties(duties: Sequence[DutyLine]) -> list[Block]:
    if not duties:
        return []
    columns = [Column(0.3, "Obligation"), Column(0.7, "Situation")]
    rows: list[list[Cell]] = [
        [duty.what, strong_then(duty.state, f", {duty.detail}" if duty.detail else "")] for duty in duties
    ]
    return [DataTable(columns, rows, head_columns=(0,))]


def measures_chapter(measures: Sequence[MeasurePart]) -> Chapter:
    """Return each measure with its renewals, the one that runs first."""
    parts = tuple((measure.title, _measure(measure)) for measure in measures)
    return Chapter("Mesures d’accompagnement", (), parts)


def _measure(measure: MeasurePart) -> list[Block]:
    blocks = _facts(measure.lines)
    if measure.renewals:
        columns = [Column(0.24, "Renouvelée le"), Column(0.4, "Période"), Column(0.36, "Motif")]
        rows = [[each.decided, each.span, each.reason or "–"] for each in measure.renewals]
        blocks.append(DataTable(columns, rows, head_columns=(0,), look=TableLook(padding=3)))
    return blocks


def referrals_chapter(lines: Sequence[ReferralLine]) -> Chapter:
    """Return the referrals received, the newest first."""
    title = "Demandes reçues"
    if not lines:
        return Chapter(title)
    columns = [
        Column(0.27, "Adressée par"),
        Column(0.22, "Dates"),
        Column(0.16, "Où elle en est"),
        Column(0.35, "Ce qui est demandé"),
    ]
    rows: list[list[Cell]] = [
        [f"{line.by}\n{line.number}", line.days, line.state, _asked(line) or "–"] for line in lines
    ]
    return Chapter(title, (DataTable(columns, rows, head_columns=(0,)),))


def _asked(line: ReferralLine) -> str:
    told = (("Motifs", line.why), ("Situation décrite", line.statement))
    return "\n".join(f"{label}\u00a0: {text}" for label, text in told if text)


def orientations_chapter(lines: Sequence[OrientationLine]) -> Chapter:
    """Return the orientations to partners, the newest first."""
    title = "Orientations vers des partenaires"
    if not lines:
        return Chapter(title)
    columns = [
        Column(0.24, "Partenaire"),
        Column(0.22, "Dates"),
        Column(0.18, "Où elle en est"),
        Column(0.36, "Suite"),
    ]
    rows: list[list[Cell]] = [[line.partner, line.days, line.state, _why(line) or "–"] for line in lines]
    return Chapter(title, (DataTable(columns, rows, head_columns=(0,)),))


def _why(line: OrientationLine) -> str:
    told = (("Motif", line.why), ("Résultat", line.result))
    return "\n".join(f"{label}\u00a0: {text}" for label, text in told if text)
