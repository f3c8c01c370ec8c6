"""The payments of a landlord review: bars, their table, what is still owed."""

from __future__ import annotations

from collections.abc import Sequence

from caseworker_app.features.handover.domain.review_content import RentMonth, RentRecord
from caseworker_app.kernel.dates import format_long_date, format_month
from caseworker_app.kernel.french import join_words, plural
from caseworker_app.kernel.money import format_euros
from caseworker_app.pdf.layout import Block
from caseworker_app.pdf.monthly import Month, monthly_figure
from caseworker_app.pdf.story import paragraphs
from caseworker_app.pdf.styles import NOTE
from caseworker_app.pdf.text import Span, Text, bold


def payments(rent: RentRecord) -> list[Block]:
    """Return the comment, the account month by month and what is still owed."""
    blocks: list[Block] = [Text(line) for line in paragraphs(rent.comment)]
    if rent.months:
        blocks += _figure(rent)
    totals = _payment_totals(rent)
    if totals:
        blocks.append(Text(totals, NOTE))
    return blocks


def _figure(rent: RentRecord) -> list[Block]:
    months = [Month(m.month, m.due, m.paid, m.plan, m.received, m.late) for m in rent.months]
    caption = f"Loyer et charges dus à {rent.payee} et payés, {_span_words(rent.months)}"
    return monthly_figure(months, caption, _chart_words(rent.months))


def _span_words(months: Sequence[RentMonth]) -> str:
    first, last = format_month(months[0].month), format_month(months[-1].month)
    return first if len(months) == 1 else f"de {first} à {last}"


def _chart_words(months: Sequence[RentMonth]) -> str:
    """Say in words what the bars show; every amount is also in the table below."""
    known = [month for month in months if month.due is not None]
    full = sum(not month.missing for month in known)
    said = [f"Diagramme en barres, {plural(len(months), 'mois', 'mois')}, {_span_words(months)}."]
    if known:
        said.append(f"Le loyer est payé en entier {full} mois sur {len(known)}.")
    short = [f"{format_euros(m.missing)} en {format_month(m.month)}" for m in known if m.missing]
    if short:
        said.append(f"Il manque {join_words(short)}.")
    planned = [month for month in months if month.plan]
    if planned:
        said.append(f"Une mensualité de plan est payée {plural(len(planned), 'mois', 'mois')}.")
    return " ".join([*said, "Les montants sont repris dans le tableau qui suit."])


def _payment_totals(rent: RentRecord) -> list[str | Span]:
    said: list[str | Span] = []
    if rent.months:
        due = sum(month.due or 0 for month in rent.months)
        paid, plan = sum(m.paid for m in rent.months), sum(m.plan for m in rent.months)
        said.append(f"Total dû : {format_euros(due)}. Payé pour le loyer : {format_euros(paid)}")
        said.append(f" ; pour le plan : {format_euros(plan)}. " if plan else ". ")
    if rent.remaining is not None:
        day = f" au {format_long_date(rent.remaining_on)}" if rent.remaining_on else ""
        said.append(bold(f"Reste dû{day} : {format_euros(rent.remaining)}."))
    if any(month.late or month.missing for month in rent.months):
        said.append(" En gras : payé en partie ou en retard.")
    return [*said, f" {rent.remark}"] if rent.remark else said
