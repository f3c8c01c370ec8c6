"""The demonstration: one seed, one content; what it holds is sound, invented, and visibly so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from caseworker_app.bootstrap.renderers import renderers
from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.budget import service as budget
from caseworker_app.features.budget.domain.indicators import indicators
from caseworker_app.features.consents import service as consents
from caseworker_app.features.demonstration.service import filling
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import Attendance
from caseworker_app.features.diary.domain.visit import AppointmentState
from caseworker_app.features.goals import service as goals
from caseworker_app.features.handover.service.printing import print_document
from caseworker_app.features.households import service as households
from caseworker_app.features.housing.service import homes, rent
from caseworker_app.features.measures import service as measures
from caseworker_app.features.orientations import service as orientations
from caseworker_app.features.procedures import service as procedures
from caseworker_app.features.procedures.domain.pieces_file import PIECES_FILE
from caseworker_app.features.procedures.domain.standing import PaperState
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.features.veille import service as veille
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.dates import Period, add_months
from caseworker_app.kernel.errors import NotAllowed
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.integrity import verify
from tests.features.demonstration.filled_file import content, demonstration
from tests.ground import NOW

FICTION_PHONES = ("+3363998", "+3326191", "+3335301", "+3346571", "+3353649", "+3319900")

Filled = tuple[EncryptedFile, Who]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    with demonstration(tmp_path_factory.mktemp("demonstration"), 40) as opened:
        yield opened


def ids(filled: Filled) -> list[str]:
    file, who = filled
    with file.reading() as connection:
        return households.page_of_households(connection, who, offset=0, limit=100)


def named(filled: Filled, name: str) -> str:
    """Return the id of the household of this name."""
    file, who = filled
    with file.reading() as connection:
        found = {
            each: households.open_household(connection, who, each).household.name for each in ids(filled)
        }
    return next(household_id for household_id, shown in found.items() if name in shown)


def rows(filled: Filled, query: str) -> list[Any]:
    with filled[0].reading() as connection:
        raw: Any = connection.connection.driver_connection
        found: list[Any] = raw.execute(query).fetchall()
    return found


def test_the_same_seed_gives_the_same_content(filled: Filled, tmp_path: Path) -> None:
    with demonstration(tmp_path / "again", 40) as (file, _):
        again = content(file)
    first = content(filled[0])
    for table, expected in first.items():
        assert again[table] == expected, table
    assert sum(map(len, first.values())) > 2_000


def test_another_seed_gives_other_people(filled: Filled, tmp_path: Path) -> None:
    with demonstration(tmp_path / "other", 40, seed=2) as (file, _):
        other = content(file)["household"]
    first = content(filled[0])["household"]
    assert [row["name"] for row in other[:12]] == [row["name"] for row in first[:12]], "written by hand"
    assert {row["name"] for row in other[12:]}.isdisjoint(row["name"] for row in first[12:])


def test_batches_change_nothing(filled: Filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "BATCH", 9)
    with demonstration(tmp_path / "small", 40) as (file, _):
        small = content(file)
    whole = content(filled[0])
    for table in ("household", "household_member", "rent_entry", "diary_entry", "support_measure"):
        by_household = [sorted(map(repr, _plain(found[table]))) for found in (small, whole)]
        assert by_household[0] == by_household[1], table


def _plain(found: list[dict[str, Any]]) -> Iterator[list[tuple[str, Any]]]:
    # Places of rows in their table follow the batches: only what names no other row is compared.
    for row in found:
        yield [(k, v) for k, v in row.items() if k != "id" and not k.endswith("_id")]


def test_the_file_holds_together(filled: Filled) -> None:
    with filled[0].reading() as connection:
        found = verify(connection)
    assert found.sound, found


def test_there_are_as_many_as_asked(filled: Filled, tmp_path: Path) -> None:
    assert len(ids(filled)) == 40
    heard: list[tuple[int, int]] = []
    with demonstration(tmp_path / "few", 0) as (file, who):
        filling.fill(
            file, who, households=3, seed=1, progress=lambda done, total: heard.append((done, total))
        )
        with file.reading() as connection:
            assert households.count_households(connection, who) == 3
    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_everything_says_that_it_is_invented(filled: Filled) -> None:
    file, who = filled
    with file.reading() as connection:
        assert "DÉMONSTRATION" in team.the_association(connection, who).name
        found = [households.open_household(connection, who, each) for each in ids(filled)]
    assert all("inventé pour la démonstration" in (each.household.note or "") for each in found)
    values = [contact.value for each in found for contact in each.contacts]
    assert all(value.startswith(FICTION_PHONES) or value.endswith(".example") for value in values), values
    phones = [value for value in values if value.startswith("+")]
    assert len(set(phones)) == len(phones), "a phone rings at one place"


def test_others_stand_around_the_main_cases_and_one_partner_is_silent(filled: Filled) -> None:
    file, who = filled
    with file.reading() as connection:
        day = today(file.clock)
        pages = [
            orientations.orientations_page(connection, who, named(filled, name), day)
            for name in ("Ferhaoui", "Hennequinval")
        ]
        (measure, *_) = measures.measures_of(connection, who, named(filled, "Ferhaoui"), day)
        parts = measures.parts_of(connection, who, named(filled, "Ferhaoui"))
    assert [len(page.shown) for page in pages] == [2, 1]
    assert pages[0].shown[1].agreement.agreed
    assert pages[1].shown[0].tone == "danger"
    assert (len(parts), len(measure.suspensions)) == (2, 1)


def test_two_agreements_have_rules_that_every_measure_keeps_and_one_reserves_a_dwelling(
    filled: Filled,
) -> None:
    file, who = filled
    day = today(file.clock)
    with file.reading() as connection:
        of = {each.name: each.id for each in measures.list_agreements(connection, who)}
        ruled = [measures.rules_of(connection, who, each, day) for each in of.values()]
        residence = next(key for name, key in of.items() if "Embruns" in name)
        reserved = measures.reserved_under(connection, who, residence, day)
    assert [(len(each.rules), each.too_long) for each in ruled if each.rules] == [(1, 0), (1, 0)]
    assert any("énergie" in reason for each in ruled for rule in each.rules for reason in rule.reasons())
    assert [(each.reserved.holds(day), each.found.household_id) for each in reserved] == [
        (True, named(filled, "Nguyễn"))
    ]


def test_those_who_follow_a_household_met_one_task_is_done_and_one_to_come(filled: Filled) -> None:
    file, who = filled
    day = today(file.clock)
    with file.reading() as connection:
        shown = measures.open_tab(connection, who, named(filled, "Ferhaoui"), day)
    (meeting,) = shown.meetings
    done, left = sorted(shown.tasks, key=lambda each: each.due_on)
    assert meeting.held_on < day
    assert (done.part_id, done.done_on is not None) == (None, True)
    assert (left.done_on, left.due_on > day) == (None, True)
    assert left.part_id in {each.id for each in shown.parts if each.leads}


def test_procedures_of_the_main_cases_lack_papers_and_one_has_expired(filled: Filled) -> None:
    file, who = filled
    with file.reading() as connection:
        day = today(file.clock)
        (renewed,) = procedures.standings_of(connection, who, named(filled, "Ferhaoui"), day)
        (asked,) = procedures.standings_of(connection, who, named(filled, "Hennequinval"), day)
    states = {line.key.paper: line.state for line in renewed.lines}
    assert (states["benefits"], states["tax_notice"]) == (PaperState.EXPIRED, PaperState.RECEIVED)
    assert (renewed.held, len(renewed.asked)) == (4, 7)
    assert sum(line.key.paper == "identity" for line in asked.lines if line.state is PaperState.RECEIVED) == 2


def test_a_paper_already_kept_is_proposed_and_all_are_taken_out_in_one_file(
    filled: Filled, tmp_path: Path
) -> None:
    file, who = filled
    household, out = named(filled, "Ferhaoui"), tmp_path / "pieces.pdf"
    with file.reading() as connection:
        page = procedures.procedures_page(connection, who, household, today(file.clock))
        kept = attachments.attachments_of(connection, who, household)
    proposed = {
        line.key.paper: each.attachment.title
        for shown in page.found
        for line in shown.lines
        for each in line.proposals
    }
    assert proposed == {"resources": "Bulletins de salaire, août à octobre, Mme Nadia Ferhaoui"}
    print_document(file, who, PIECES_FILE, household, out, renderers())
    pages = [page.extract_text() for page in PdfReader(out).pages]
    assert len(pages) == 8
    assert all("inventée pour la démonstration" in " ".join(text.split()) for text in pages[1:])
    assert all("(inventé).pdf" in each.name for each in kept)


def test_no_slot_of_the_grammar_is_left_open(filled: Filled) -> None:
    texts = rows(
        filled,
        "SELECT coalesce(observed, '') || coalesce(said, '') || coalesce(analysis, '') FROM diary_entry"
        # What is said at the calls of a veille is short, and not drawn from the grammar.
        " WHERE id NOT IN (SELECT entry_id FROM watch_contact)",
    )
    facts = rows(filled, "SELECT text FROM shareable_fact UNION ALL SELECT text FROM promise")
    assert not [
        text for (text,) in [*texts, *facts] if "{" in text or "}" in text or " de le " in text or "'" in text
    ]
    assert len({text for (text,) in texts}) == len(texts), "no two entries are the same"


def test_only_who_manages_the_office_may_fill(filled: Filled) -> None:
    file, who = filled
    with pytest.raises(NotAllowed):
        filling.fill(file, Who(who.worker_id, who.name, Role.VOLUNTEER), households=1, seed=1)


def test_the_sliding_lease_agrees_with_the_worked_example(filled: Filled) -> None:
    file, who = filled
    household_id = named(filled, "Ferhaoui")
    with file.reading() as connection:
        sheet = budget.budget_of(connection, who, household_id)
        assert sheet is not None
        found = indicators(sheet)
        home = homes.housing_of(connection, who, household_id, today(file.clock)).leases[0]
        account = rent.rent_account(connection, who, home.lease.id, today(file.clock))
    assert (found.income.value, found.constrained.value) == (195_235, 128_721)
    assert (found.residual.value, found.residual_per_day.value, found.balance.value) == (66_514, 739, 3_814)
    assert found.net_ratio.formula.endswith("7,0\u00a0%")
    assert account.balance_cents == 52_996
    assert [month.missing_cents for month in account.months if month.missing_cents] == [32_498, 32_498]
    assert account.progress is not None
    assert (account.progress.kept, account.progress.missed) == (2, 0)
    assert {debt.nature: debt.remaining_cents for debt in sheet.debts}["rent"] == account.balance_cents


def test_the_sliding_lease_met_its_worker_nine_times_in_six_months(filled: Filled) -> None:
    file, who = filled
    household_id = named(filled, "Ferhaoui")
    last = today(file.clock).replace(day=1)
    with file.reading() as connection:
        visits = diary.visits_of(connection, who, household_id, Period(add_months(last, -6), last))
        planned = diary.appointments_of(connection, who, household_id)
        progress = goals.progress_between(connection, who, household_id, add_months(last, -6), last)
        agreed = consents.consents_of(connection, who, household_id)
    assert len(visits) == 9
    assert [visit.entry.attendance for visit in visits].count(Attendance.POSTPONED) == 1
    assert [
        each
        for each in planned
        if each.state is AppointmentState.PLANNED and each.starts_at.date() == today(file.clock)
    ]
    assert progress
    assert agreed[0].in_force(today(file.clock))


def test_the_five_schemes_have_their_household(filled: Filled) -> None:
    file, who = filled
    day = today(file.clock)
    with file.reading() as connection:
        led = measures.measures_of_households(connection, who, ids(filled), day)
    kinds = {measure.kind_code for found in led.values() for measure in found if measure.runs_on(day)}
    assert kinds >= {
        "sliding_lease",
        "supported_housing",
        "violence_protocol",
        "dedicated_residence",
    }
    with file.reading() as connection:
        (watched,) = veille.watches_of(connection, who, named(filled, "Dubœuf"), day)
    assert watched.watch.runs
    # The kind of measure that stood for a veille before there were any is nobody's.
    assert "isolation_watch" not in kinds
    assert rows(filled, "SELECT count(*) FROM household WHERE protected")[0][0] == 1


@pytest.mark.parametrize(
    "day",
    [
        "2026-11-01",
        "2026-11-07",
        "2026-12-31",
        "2027-02-28",
        "2027-03-06",
        "2028-02-29",
        "2026-08-01",
        "2026-05-03",
    ],
)
@pytest.mark.slow
def test_every_day_of_the_year_will_do(day: str, tmp_path: Path) -> None:
    now = datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)
    with demonstration(tmp_path / "any", 14, now=now) as (file, who), file.reading() as connection:
        first = households.page_of_households(connection, who, offset=0, limit=100)
        assert verify(connection).sound
        assert len(first) == 14


@pytest.mark.slow
def test_a_file_of_many_keeps_its_proportions(tmp_path: Path) -> None:
    with demonstration(tmp_path / "many", 1_100, now=NOW) as (file, _):
        found = content(file)
    # What is said at the calls of a veille is a line, beside what is drawn of the diary.
    calls = {row["entry_id"] for row in found["watch_contact"]}
    written = [row for row in found["diary_entry"] if row["id"] not in calls]
    assert len(found["household"]) == 1_100
    assert len(found["household_member"]) == pytest.approx(3_300, rel=0.02)
    assert len(found["lease"]) == pytest.approx(800, rel=0.02)
    assert len(written) == pytest.approx(11_000, rel=0.02)
    assert len(found["support_measure"]) == pytest.approx(100, abs=12)
    zones = (sum(len(row[zone] or "") for zone in ("observed", "said", "analysis")) for row in written)
    assert sum(zones) / len(written) == pytest.approx(800, rel=0.05)
