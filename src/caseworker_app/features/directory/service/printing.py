"""Printing the follow-up files of many households into one PDF, drawn one at a time away from the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from caseworker_app.features.directory.domain.printing import MAX_PRINTED, PrintedSelection, file_title
from caseworker_app.features.directory.store import listing
from caseworker_app.features.handover.domain.follow_up_material import FollowUpMaterial
from caseworker_app.features.handover.domain.follow_up_sections import FollowUpPreset
from caseworker_app.features.handover.domain.kinds import Refusal, RenderFollowUp
from caseworker_app.features.handover.service.follow_up import follow_up_material, mark_copies
from caseworker_app.features.handover.service.pages import identity_of
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import HouseholdSummary
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.writing import write_atomically
from caseworker_app.storage.encrypted_file import EncryptedFile

Progress = Callable[[int, int], None]
# Runs a function that computes, elsewhere if it can.
Compute = Callable[..., Any]


def print_households(
    file: EncryptedFile,
    who: Who,
    household_ids: Sequence[str],
    preset: FollowUpPreset,
    out: Path,
    render: RenderFollowUp,
    *,
    progress: Progress = lambda _done, _total: None,
    compute: Compute = lambda function, *arguments: function(*arguments),
) -> PrintedSelection:
    """Write the follow-up files of households as one PDF with an outline, in the order given.

    Protected households are left out; a refusal for one does not stop the others. `progress` may raise to stop:
    nothing is then written. Raises InvalidEntry for nobody or too many, PlaceNotWritable, NotAllowed.
    """
    who.require(Right.READ_FILES)
    who.require(Right.PRINT)
    with file.reading() as connection:
        kept_apart = listing.kept_apart_among(connection, household_ids)
        wanted = [each for each in dict.fromkeys(household_ids) if each not in kept_apart]
        _check_count(wanted)
        summaries = list(households.summaries(connection, who, wanted).values())
        identity = identity_of(team.the_association(connection, who))
    drawn, refused = _drawn(
        file, who, summaries, preset, lambda m: compute(draw, render, m, identity), progress
    )
    if drawn:
        progress(len(wanted), len(wanted))
        write_atomically(compute(merge_files, drawn, file_title(preset, len(drawn))), out)
    return PrintedSelection(out, len(drawn), len(kept_apart), tuple(refused))


def draw(render: RenderFollowUp, material: FollowUpMaterial, identity: Identity) -> bytes:
    """Return the PDF of one household (a function of a module, so that it travels to another process)."""
    return render(material, identity)


def merge_files(drawn: list[tuple[str, bytes]], title: str) -> bytes:
    """Return one PDF of many, each under its name (the same)."""
    # A tenth of a second to import: only when something is merged.
    from caseworker_app.pdf.merging import merge

    return merge(drawn, title)


def _drawn(
    file: EncryptedFile,
    who: Who,
    summaries: Sequence[HouseholdSummary],
    preset: FollowUpPreset,
    draw_one: Callable[[FollowUpMaterial], bytes],
    progress: Progress,
) -> tuple[list[tuple[str, bytes]], list[Refusal]]:
    drawn: list[tuple[str, bytes]] = []
    refused: list[Refusal] = []
    marks = mark_copies(file, who, len(summaries))
    for done, (summary, mark) in enumerate(zip(summaries, marks, strict=True)):
        progress(done, len(summaries))
        try:
            with file.reading() as connection:
                material = follow_up_material(connection, who, summary.id, mark=mark, preset=preset)
            drawn.append((f"{summary.name} – {summary.reference}", draw_one(material)))
        except CaseworkerError as error:
            refused.append(Refusal(summary.id, summary.name, error.sentence))
    return drawn, refused


def _check_count(wanted: Sequence[str]) -> None:
    if not wanted:
        raise InvalidEntry(
            "Il n’y a personne à imprimer\u00a0: sélectionnez des ménages ni protégés ni limités."
        )
    if len(wanted) > MAX_PRINTED:
        raise InvalidEntry(
            f"Un fichier tient {MAX_PRINTED} dossiers au plus\u00a0: sélectionnez-en moins à la fois."
        )
