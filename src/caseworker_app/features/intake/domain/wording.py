"""How the fields a list is read into, and what an import does, are called before people."""

from __future__ import annotations

from caseworker_app.features.intake.domain.columns import ColumnMatch
from caseworker_app.features.intake.domain.deciding import Counts
from caseworker_app.features.intake.domain.field_choices import field_label
from caseworker_app.features.intake.domain.list_kind import ListKind
from caseworker_app.features.intake.domain.plan import ImportPlan
from caseworker_app.kernel.french import plural

_THINGS = {
    ListKind.DWELLINGS: "logement",
    ListKind.PARTNERS: "partenaire",
    ListKind.LANDLORDS: "bailleur",
}


def match_words(match: ColumnMatch) -> str:
    """Return our name of a column: « date de naissance », « personne à charge 2, prénom »."""
    return field_label(match.ours)


def things(plan: ImportPlan, count: int) -> str:
    """Return « 398 ménages », or « 398 logements » for a list of dwellings."""
    return plural(count, _THINGS.get(plan.kind, "ménage"))


def outcome_words(plan: ImportPlan, counts: Counts, *, done: bool) -> str:
    """Return what an import does (or did) in a sentence whose figures add up to the rows of the file."""
    verb = ("créés" if counts.created > 1 else "créé") if done else "à créer"
    parts = [f"{things(plan, counts.created)} {verb}"]
    parts += [
        f"{plural(count, 'ligne')} {many if count > 1 else one}"
        for count, one, many in (
            (counts.merged, "réunie à un dossier", "réunies à un dossier"),
            (counts.skipped, "laissée de côté", "laissées de côté"),
            (counts.in_error, "en erreur", "en erreur"),
        )
        if count
    ]
    return ", ".join(parts)
