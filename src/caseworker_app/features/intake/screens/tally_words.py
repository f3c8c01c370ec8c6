"""The words of the foot: counts at each step, what the button does, what taking back an import left."""

from __future__ import annotations

from caseworker_app.features.intake.domain.column_reading import LEFT_OUT, TO_CHOOSE
from caseworker_app.features.intake.domain.deciding import Counts
from caseworker_app.features.intake.domain.plan import ImportPlan
from caseworker_app.features.intake.domain.recognition import Understanding
from caseworker_app.features.intake.domain.tallies import RowTally
from caseworker_app.features.intake.domain.wording import things
from caseworker_app.features.intake.screens.counts_line import Tally
from caseworker_app.features.intake.service.importing import ImportUndone
from caseworker_app.kernel.french import join_words, plural


def list_words(found: Understanding) -> str:
    """Return the file, its sheet or sheets, and how many rows: « suivi.xlsx, feuille « Familles », 412 lignes »."""
    parts = [found.file_name]
    named = [f"«\u00a0{name}\u00a0»" for name in found.sheets_read if name]
    if named:
        parts.append(f"{'feuilles' if len(named) > 1 else 'feuille'} {join_words(named)}")
    return ", ".join([*parts, plural(found.row_count, "ligne")])


def columns_tallies(found: Understanding) -> list[Tally]:
    """Return how many columns are read, to choose and left out."""
    kinds = [column.confidence for column in found.columns]
    to_choose, left = kinds.count(TO_CHOOSE), kinds.count(LEFT_OUT)
    tallies = [
        (len(kinds) - to_choose - left, "colonne reprise", "colonnes reprises", "circle-check", "ok"),
        (to_choose, "à choisir", "à choisir", "alert-circle", "danger"),
        (left, "laissée de côté", "laissées de côté", "ban", "muted"),
    ]
    return [_tally(*each) for each in tallies if each[0]]


def check_tallies(tally: RowTally) -> list[Tally]:
    """Return what becomes of the rows; their sum is the number of rows of the list."""
    tallies = [
        (tally.ready, "prête", "prêtes", "circle-check", "ok"),
        (tally.completing, "à compléter", "à compléter", "git-merge", "accent"),
        (tally.in_error, "à corriger", "à corriger", "alert-circle", "danger"),
        (tally.undecided, "doublon à trancher", "doublons à trancher", "git-merge", "warn"),
        (tally.left, "écartée", "écartées", "ban", "muted"),
    ]
    first, *others = tallies
    return [_tally(*first), *(_tally(*each) for each in others if each[0]), _total(tally.rows)]


def done_tallies(counts: Counts) -> list[Tally]:
    """Return what was done with the rows; their sum is the number of rows of the list."""
    tallies = [
        (counts.merged, "réunie", "réunies", "git-merge", "accent"),
        (counts.skipped, "laissée de côté", "laissées de côté", "ban", "muted"),
        (counts.in_error, "en erreur", "en erreur", "alert-circle", "danger"),
    ]
    made = _tally(counts.created, "créée", "créées", "circle-check", "ok")
    return [made, *(_tally(*each) for each in tallies if each[0]), _total(counts.rows)]


def primary_words(plan: ImportPlan, tally: RowTally) -> str:
    """Return what the button of the import does, empty when nothing would be written."""
    if tally.created:
        return f"&Importer {things(plan, tally.created)}"
    return f"&Compléter {things(plan, tally.completed)}" if tally.completed else ""


def undone_words(undone: ImportUndone) -> str:
    """Say that an import was taken back, and what was kept because somebody worked on it since."""
    words = f"Import de «\u00a0{undone.file_name}\u00a0» annulé"
    kept = undone.kept_references
    if not kept:
        return words
    shown = join_words([*kept[:3], *(["d’autres"] if len(kept) > 3 else [])])
    number = plural(len(kept), "dossier gardé", "dossiers gardés")
    return f"{words}\u202f; {number} (travail fait depuis)\u00a0: {shown}"


def _tally(count: int, one: str, many: str, icon: str, tone: str) -> Tally:
    return Tally(count, many if count > 1 else one, icon, tone)


def _total(rows: int) -> Tally:
    return Tally(rows, "lignes en tout" if rows > 1 else "ligne en tout", "list", "muted")
