"""Printing a document for every household a worker follows, or all those of the association."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from caseworker_app.features.handover.domain.follow_up_sections import FollowUpPreset
from caseworker_app.features.handover.domain.kinds import (
    DocumentKind,
    Printed,
    Refusal,
    Renderers,
    TeamPrint,
    kind_of,
)
from caseworker_app.features.handover.domain.print_choices import (
    FOLLOW_UP_FILES,
    check_printable,
    check_team_choices,
    require_right,
)
from caseworker_app.features.handover.service.follow_up import mark_copies
from caseworker_app.features.handover.service.pages import count_pages
from caseworker_app.features.handover.service.printing import drawn_follow_up, print_document
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import HouseholdSummary
from caseworker_app.features.measures import service as measures
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.dates import Period
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry, NotFound
from caseworker_app.kernel.folding import fold
from caseworker_app.pdf.writing import PlaceNotWritable, write_atomically
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile

# Households read at once while looking for those a worker follows.
_PAGE = 500
_NOT_MERGED = (
    "Ces documents s’écrivent un par fichier\u00a0: indiquez un dossier, sans «\u00a0.pdf\u00a0» à la fin."
)
_NOBODY = "Personne n’est suivi sous ce nom aujourd’hui\u00a0: il n’y a rien à imprimer."


def print_team(
    file: EncryptedFile,
    who: Who,
    kind_code: str,
    team_name: str,
    out_dir: Path,
    renderers: Renderers,
    *,
    period: Period | None = None,
    preset: FollowUpPreset | None = None,
) -> TeamPrint:
    """Write a document for every household followed by a worker (or by the whole association) into a folder.

    Follow-up files go into one PDF with an outline when `out_dir` ends in `.pdf`. A refusal for one household
    does not stop the others. Raises NotFound for a name nobody bears, InvalidEntry for a choice the kind does
    not have, PlaceNotWritable, NotAllowed.
    """
    kind = kind_of(kind_code)
    require_right(who, kind)
    check_printable(kind)
    check_team_choices(kind, period, preset)
    with file.reading() as connection:
        followed = list(_followed(connection, who, team_name, today(file.clock)))
    if out_dir.suffix.casefold() == ".pdf":
        title = f"{kind.title.partition(' (')[0]}, {team_name}"
        return _print_merged(file, who, followed, out_dir, renderers, title, _preset_of(kind, preset))
    _make_folder(out_dir)

    def write(summary: HouseholdSummary) -> Printed:
        out = out_dir / f"{kind.code}-{summary.reference}.pdf"
        return print_document(file, who, kind.code, summary.id, out, renderers, period=period, preset=preset)

    return _print_each(followed, write)


def _print_each(
    followed: Iterable[HouseholdSummary], write: Callable[[HouseholdSummary], Printed]
) -> TeamPrint:
    printed, refused = list[Printed](), list[Refusal]()
    for summary in followed:
        try:
            printed.append(write(summary))
        except CaseworkerError as error:
            refused.append(Refusal(summary.id, summary.name, error.sentence))
    return TeamPrint(tuple(printed), tuple(refused))


def _print_merged(
    file: EncryptedFile,
    who: Who,
    followed: Sequence[HouseholdSummary],
    out: Path,
    renderers: Renderers,
    title: str,
    preset: FollowUpPreset,
) -> TeamPrint:
    """Write the follow-up files of many households as one PDF, drawn one at a time."""
    if not followed:
        raise NotFound(_NOBODY)
    # A tenth of a second to import: only when something is merged.
    from caseworker_app.pdf.merging import merge

    printed, refused = list[Printed](), list[Refusal]()

    def drawn() -> Iterator[tuple[str, bytes]]:
        for summary, mark in zip(followed, mark_copies(file, who, len(followed)), strict=True):
            try:
                pdf = drawn_follow_up(file, who, summary.id, renderers, mark, preset)
            except CaseworkerError as error:
                refused.append(Refusal(summary.id, summary.name, error.sentence))
                continue
            printed.append(Printed(out, mark.copy, count_pages(pdf), summary.id))
            yield f"{summary.name} – {summary.reference}", pdf

    merged = merge(drawn(), title)
    if printed:
        write_atomically(merged, out)
    return TeamPrint(tuple(printed), tuple(refused))


def _preset_of(kind: DocumentKind, preset: FollowUpPreset | None) -> FollowUpPreset:
    """Return what follow-up files put together hold. Raises InvalidEntry for what is never put together."""
    if kind not in FOLLOW_UP_FILES:
        raise InvalidEntry(_NOT_MERGED)
    return preset or FOLLOW_UP_FILES[kind]


def _followed(connection: Connection, who: Who, name: str, day: date) -> Iterator[HouseholdSummary]:
    """Yield the households whose running measure the worker named leads; all for the association."""
    lead = _lead(connection, who, name)
    offset = 0
    while ids := households.page_of_households(connection, who, offset=offset, limit=_PAGE):
        offset += len(ids)
        led = measures.measures_of_households(connection, who, ids, day)
        wanted = [
            household_id
            for household_id in ids
            if any(m.runs_on(day) and lead in (None, m.lead_worker_id) for m in led.get(household_id, []))
        ]
        yield from households.summaries(connection, who, wanted).values()


def _lead(connection: Connection, who: Who, name: str) -> str | None:
    """Return the worker of this name (a part is enough when one bears it), None for the association's."""
    sought = fold(name)
    if sought == fold(team.the_association(connection, who).name):
        return None
    workers = team.list_workers(connection, who)
    exact = [worker for worker in workers if fold(worker.name) == sought]
    near = exact or [worker for worker in workers if sought and sought in fold(worker.name)]
    if len(near) == 1:
        return near[0].id
    known = ", ".join(worker.name for worker in near or workers)
    raise NotFound(f"«\u00a0{name}\u00a0» ne désigne pas une seule personne\u00a0: choisissez parmi {known}.")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PlaceNotWritable(
            f"Le dossier «\u00a0{folder}\u00a0» ne peut pas être créé\u00a0: choisissez-en un autre."
        ) from error
