"""A file with what a full year leaves: a long diary, the week of a whole team, a procedure with all its papers."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from caseworker_app.bootstrap.office import Office, create_office
from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.attachments.domain.attachment import KeptContent
from caseworker_app.features.demonstration.service import DEMONSTRATION_OFFICE
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.appointment import AppointmentKind, TimeForm, kept_form
from caseworker_app.features.diary.domain.entry import NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.procedures import service as procedures
from caseworker_app.features.procedures.domain.procedure import NewProcedure, PaperKey
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Role
from caseworker_app.kernel.clock import today
from caseworker_app.security.passphrase import THROW_AWAY
from tools.benchmarks.subject import PASSPHRASE

EVENTS, ENTRIES, TIMES, PIECES = 2_000, 1_000, 600, 40
_WORKERS = 12
_KINDS = (EntryKind.CALL, EntryKind.HOME_VISIT, EntryKind.NOTE, EntryKind.SMS, EntryKind.OFFICE)
_WORDS = (
    "Logement aéré et chauffé, le loyer est réglé, deux démarches à finir avant la fin du mois prochain. "
)


@dataclass(frozen=True, slots=True)
class Busy:
    """The ids of what is measured: a household with 2,000 entries, one with 1,000, a procedure with 40 pieces."""

    longest: str
    long: str
    procedure: str


@contextmanager
def busy_file(folder: Path) -> Iterator[tuple[Office, Busy]]:
    """Make the file in a folder and give it open."""
    with create_office(folder, PASSPHRASE, DEMONSTRATION_OFFICE, kdf=THROW_AWAY)[0] as office:
        longest, long = (_household(office, name, count) for name, count in _HOUSEHOLDS)
        _fill_week(office, long)
        yield office, Busy(longest, long, _procedure(office, long))


_HOUSEHOLDS = (("Longtemps", EVENTS), ("Journal", ENTRIES))


def _household(office: Office, name: str, entries: int) -> str:
    """Make a household with so many entries, one a day back from yesterday."""
    new = NewHousehold((NewMember(name, "Test", birth_date=date(1985, 4, 2)),))
    key = households.create_household(office.file, office.who, new)[0]
    last = datetime.combine(today(office.file.clock), time(9, 30))
    batch = [
        NewEntry(
            key, _KINDS[number % len(_KINDS)], last - timedelta(days=number + 1), 45,
            observed=_WORDS * (1 + number % 8), analysis=_WORDS if number % 3 == 0 else "",
        )
        for number in range(entries)
    ]  # fmt: skip
    with office.file.unit_of_work(office.who.worker_id, "add_entries") as uow:
        diary.add_entries(uow, batch)
    return key


def _fill_week(office: Office, household: str) -> None:
    """Give every worker of a team as many appointments from Monday to Friday of this week."""
    day = today(office.file.clock)
    monday = day - timedelta(days=day.weekday())
    with office.file.unit_of_work(office.who.worker_id, "add_workers") as uow:
        workers = team.add_workers(uow, [f"Collègue Test {n}" for n in range(_WORKERS)], Role.CASEWORKER)
    with office.file.unit_of_work(office.who.worker_id, "add_times") as uow:
        rows = []
        for number in range(TIMES):
            place, worker = divmod(number, _WORKERS)
            start = datetime.combine(
                monday + timedelta(days=place % 5), time(8 + place // 5 % 10, 30 * (number % 2))
            )
            form = TimeForm(start, 45, AppointmentKind.HOME_VISIT, household, place="domicile")
            rows.append(diary.time_row(kept_form(form, day), workers[worker]))
        diary.put_in_agenda(uow, rows)


def _procedure(office: Office, household: str) -> str:
    """Begin a procedure whose papers hold forty pieces, three of four scanned pages, one a photo."""
    file, who = office.file, office.who
    new = NewProcedure("social_housing", today(file.clock))
    key = procedures.begin_procedure(file, who, household, new)[0]
    with file.reading() as connection:
        (of,) = procedures.procedures_page(connection, who, household, today(file.clock)).found
    papers = [line.key for line in of.lines]
    for number in range(PIECES):
        paper: PaperKey = papers[number % len(papers)]
        procedures.receive_files(file, who, key, paper, [_kept(office, number)])
    return key


def _kept(office: Office, number: int) -> KeptContent:
    content, name = (photo(number), "photo.jpg") if number % 4 == 3 else (scan(number), "scan.pdf")
    return attachments.keep_file(office.file, office.who, content, name)[0]


def scan(number: int) -> bytes:
    """Return a PDF of two pages."""
    from reportlab.pdfgen.canvas import Canvas

    kept = io.BytesIO()
    canvas = Canvas(kept)
    for page in (1, 2):
        for line in range(40):
            canvas.drawString(72, 780 - 18 * line, f"Pièce {number}, page {page}, ligne {line}")
        canvas.showPage()
    canvas.save()
    return kept.getvalue()


def photo(number: int) -> bytes:
    """Return a photo of two million points."""
    from PIL import Image

    image = Image.linear_gradient("L").resize((1600, 1200)).rotate(number * 7).convert("RGB")
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=85)
    return kept.getvalue()
