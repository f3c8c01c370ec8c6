"""Veilles on a real file: opened from a list, a referral, a dossier; calls made, missed, told, ended, undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.dossier import service as dossier
from caseworker_app.features.dossier.domain.timeline import happenings
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import ContactKind, NewHousehold, NewMember
from caseworker_app.features.referrals import service as referrals
from caseworker_app.features.referrals.domain.referral import (
    Decision,
    NewDecision,
    NewReferral,
    Product,
    Sender,
)
from caseworker_app.features.referrals.domain.stages import Stage
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Role, Who
from caseworker_app.features.veille import service
from caseworker_app.features.veille.documents import render_call_sheet
from caseworker_app.features.veille.domain.call_sheet import PROTECTED, TO_CHECK, numbers_to_call
from caseworker_app.features.veille.domain.contact import NewContact, Outcome, Way, standing_of
from caseworker_app.features.veille.domain.file import WatchFile
from caseworker_app.features.veille.domain.listed import View, Wanted, line_state
from caseworker_app.features.veille.domain.rhythm import Rhythm, Unit
from caseworker_app.features.veille.domain.shown import (
    MASKED,
    contact_lines,
    reach_facts,
    short_words,
    watch_facts,
)
from caseworker_app.features.veille.domain.tables import retry_on
from caseworker_app.features.veille.domain.watch import Ending, Near, NewWatch, Origin
from caseworker_app.features.week.domain.due import Source
from caseworker_app.features.week.service import read_week
from caseworker_app.kernel.errors import InvalidEntry, NotAllowed, NotFound
from caseworker_app.kernel.phones import format_phone
from caseworker_app.storage import migrate
from caseworker_app.storage.encrypted_file import FILE_NAME, EncryptedFile
from caseworker_app.storage.engine import make_engine
from tests.ground import KEY

DAY = date(2026, 11, 24)
MONDAY = DAY - timedelta(1)
NEW = NewWatch(
    Way.CALL, Rhythm(date(2026, 11, 2), 1, Unit.WEEKS, 0), reason="Vit seule depuis l’été",
    near=Near("Paul Essai", "06 39 98 45 67", "voisin", instructions="après 18 h"),
)  # fmt: skip


def opened(file: Any, who: Who, household: str, new: NewWatch = NEW) -> str:
    return service.open_watch(file, who, household, new)[0]


def called(file: Any, who: Who, watch: str, outcome: Outcome, day: date = DAY, **more: Any) -> str:
    return service.note_contact(file, who, watch, NewContact(outcome, day, **more))[0]


def read(file: Any, who: Who, watch: str, day: date = DAY) -> WatchFile:
    with file.reading() as connection:
        return service.open_watch_file(connection, who, watch, day)


def listed(file: Any, who: Who, view: View = View.TO_DO, **more: Any) -> Any:
    with file.reading() as connection:
        return service.list_watches(connection, who, Wanted(view=view, **more), DAY)


def text_of(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def week(file: Any, who: Who, day: date = DAY) -> dict[Source, list[str]]:
    with file.reading() as connection:
        dues = read_week(connection, who, day).dues
    found: dict[Source, list[str]] = {}
    for each in dues:
        found.setdefault(each.source, []).append(each.title)
        assert each.place.page == "veille"
        assert each.household
    return found


def test_a_veille_is_due_from_its_first_day_and_each_call_brings_the_next(
    file: Any, who: Who, household: str
) -> None:
    watch = opened(file, who, household)
    assert read(file, who, watch).due == date(2026, 11, 2)
    called(
        file, who, watch, Outcome.ANSWERED, note="Tout va bien", asked=("errands",), done=("errands", "talk")
    )
    kept = read(file, who, watch)
    assert kept.due == date(2026, 11, 30)
    assert kept.watch.near_phone == "+33639984567"
    title, told = contact_lines(kept)[0]
    assert title == "24/11/2026, a répondu"
    assert told.startswith("Tout va bien\nDemandé\u00a0: courses\nFait\u00a0: courses, parler")
    assert dict(watch_facts(kept))["Rythme"] == "Appel chaque lundi"


def test_each_call_is_an_entry_of_the_diary_that_says_what_was_asked_and_done(
    file: Any, who: Who, household: str
) -> None:
    watch = opened(file, who, household)
    called(file, who, watch, Outcome.ANSWERED, note="Elle attend son fils", asked=("errands",))
    called(file, who, watch, Outcome.NO_ANSWER)
    called(file, who, watch, Outcome.NOT_HOME)
    called(file, who, watch, Outcome.VISITED, MONDAY)
    called(file, who, watch, Outcome.NEAR_NEWS, note="Le voisin l’a vue")
    with file.reading() as connection:
        entries = diary.entries_of(connection, who, household)
    assert {each.kind for each in entries} == {
        EntryKind.CALL, EntryKind.UNANSWERED_CALL, EntryKind.MISSED_VISIT, EntryKind.HOME_VISIT, EntryKind.NOTE,
    }  # fmt: skip
    call = next(each for each in entries if each.kind is EntryKind.CALL)
    assert (call.said, call.purpose) == (
        "Elle attend son fils", "Veille\u00a0: a répondu\u202f; demandé\u00a0: courses",
    )  # fmt: skip
    visit = next(each for each in entries if each.kind is EntryKind.HOME_VISIT)
    assert visit.started_at.date() == MONDAY


def test_the_list_says_the_same_as_the_veille_itself(file: Any, who: Who, household: str) -> None:
    outcomes = [Outcome.NO_ANSWER, Outcome.ANSWERED, Outcome.LEFT_WORD, Outcome.NO_ANSWER, Outcome.NOT_HOME]
    watch = opened(file, who, household)
    for ahead, outcome in enumerate(outcomes):
        called(file, who, watch, outcome, date(2026, 11, 10) + timedelta(ahead))
        whole = read(file, who, watch)
        line = listed(file, who, View.RUNNING).lines[0]
        assert line.standing == standing_of(whole.contacts)
        assert line.due(retry_on(DAY)) == whole.due
    assert line.standing.tries == 3
    assert line_state(line, DAY, retry_on(DAY)) == ("3\u00a0essais sans réponse", "danger")


def test_views_filters_and_search(file: Any, who: Who, household: str) -> None:
    watch = opened(file, who, household)
    other, _ = households.create_household(file, who, NewHousehold((NewMember("Zénon", "Ilo"),)))
    friend, _ = team.add_worker(file, who, "Bao Bénévole", Role.VOLUNTEER)
    visit = opened(
        file, who, other, replace(NEW, way=Way.VISIT, worker_id=friend, rhythm=Rhythm(DAY, 2, Unit.WEEKS))
    )
    found = listed(file, who)
    assert [each.id for each in found.lines] == [watch, visit]
    assert (found.counts[View.TO_DO], found.counts[View.LATE], found.counts[View.RUNNING]) == (2, 1, 2)
    assert [each.id for each in listed(file, who, words="zenon").lines] == [visit]
    assert [each.id for each in listed(file, who, worker_id=friend).lines] == [visit]
    assert [each.id for each in listed(file, who, way=Way.CALL).lines] == [watch]
    service.end_watch(file, who, watch, Ending(DAY, "relayed", "Le CCAS appelle"))
    assert [each.id for each in listed(file, who, View.ENDED).lines] == [watch]
    assert dict(watch_facts(read(file, who, watch)))["Terminée"] == (
        "le 24/11/2026, Un autre service a pris le relais, Le CCAS appelle"
    )


def test_several_households_of_a_list_at_once_none_twice_all_undone_together(
    file: Any, who: Who, household: str
) -> None:
    others = [
        households.create_household(file, who, NewHousehold((NewMember(name),)))[0] for name in ("Ab", "Bc")
    ]
    opened(file, who, household)
    told, changes = service.open_watches(
        file, who, [household, *others, others[0]], replace(NEW, origin=Origin.LANDLORD_LIST)
    )
    assert (len(told.ids), told.already) == (2, 1)
    assert told.words() == "2\u00a0veilles ouvertes, 1\u00a0déjà en cours"
    assert changes.concerns(table="watch")
    assert listed(file, who, View.RUNNING).counts[View.RUNNING] == 3
    assert dossier.take_back_last(file, who)[0] == "veilles ouvertes"
    assert listed(file, who, View.RUNNING).counts[View.RUNNING] == 1
    with pytest.raises(InvalidEntry):
        service.open_watches(file, who, [], NEW)
    with pytest.raises(NotFound):
        service.open_watches(file, who, [others[0], "nobody"], NEW)
    assert listed(file, who, View.RUNNING).counts[View.RUNNING] == 1


def test_a_referral_leads_to_a_veille_as_it_would_to_a_measure(file: Any, who: Who, household: str) -> None:
    new = NewReferral(DAY, Sender.LANDLORD, ("isolation",), body="Habitat du Nord", product=Product.WATCH)
    made = referrals.receive_referral(file, who, new, household)[0].referral_id
    service.open_watch(file, who, household, NEW, made)
    with file.reading() as connection:
        whole = referrals.open_referral(connection, who, made, DAY)
    assert whole.progress.stage is Stage.CLOSED
    assert (whole.referral.decision, whole.referral.opened) == (Decision.ACCEPTED, True)
    for again in (
        lambda: service.open_watch(file, who, household, NEW, made),
        lambda: referrals.decide_referral(file, who, made, NewDecision(Decision.REFUSED, DAY, "no_place")),
    ):
        with pytest.raises(InvalidEntry):
            again()
    assert Source.REFERRAL_OPENING not in week(file, who)
    # The refused ones left nothing: the veille is the last thing done.
    assert dossier.take_back_last(file, who)[0] == "veille ouverte"
    with file.reading() as connection:
        assert not referrals.open_referral(connection, who, made, DAY).referral.opened


def test_the_referral_of_another_household_opens_nothing(file: Any, who: Who, household: str) -> None:
    new = NewReferral(DAY, Sender.PERSON, ("isolation",))
    somebody = NewHousehold((NewMember("Zénon"),))
    made = referrals.receive_referral(file, who, new, somebody)[0].referral_id
    with pytest.raises(InvalidEntry):
        service.open_watch(file, who, household, NEW, made)
    assert listed(file, who, View.RUNNING).in_all == 0


def test_the_week_tells_what_is_missed_what_is_silent_and_what_ends(
    file: Any, who: Who, household: str
) -> None:
    watch = opened(file, who, household)
    assert week(file, who) == {Source.WATCH_DUE: ["Veille en retard\u00a0: appel chaque lundi"]}
    for ahead in (0, 1, 2):
        called(file, who, watch, Outcome.NO_ANSWER, date(2026, 11, 20) + timedelta(ahead))
    assert week(file, who) == {Source.WATCH_SILENT: ["Veille\u00a0: 3\u00a0essais sans réponse"]}
    called(file, who, watch, Outcome.ANSWERED)
    assert week(file, who) == {Source.WATCH_DUE: ["Veille\u00a0: appel chaque lundi"]}
    ending = replace(NEW, rhythm=replace(NEW.rhythm, until=DAY))
    service.change_watch(file, who, watch, ending)
    assert list(week(file, who)) == [Source.WATCH_END]
    service.end_watch(file, who, watch, Ending(DAY, "no_need"))
    assert week(file, who) == {}


def test_the_week_of_somebody_holds_only_what_they_keep(file: Any, who: Who, household: str) -> None:
    friend, _ = team.add_worker(file, who, "Bao Bénévole", Role.VOLUNTEER)
    opened(file, who, household, replace(NEW, worker_id=friend))
    assert week(file, who) == {}
    assert list(week(file, Who(friend, "Bao Bénévole", Role.VOLUNTEER))) == [Source.WATCH_DUE]


def test_the_dossier_shows_when_a_veille_began_and_ended_and_its_calls(
    file: Any, who: Who, household: str
) -> None:
    watch = opened(file, who, household)
    called(file, who, watch, Outcome.ANSWERED, note="Bonjour")
    service.end_watch(file, who, watch, Ending(DAY, "moved"))
    with file.reading() as connection:
        told = happenings(dossier.open_overview(connection, who, household, DAY))
    titles = {each.title: each.sentence for each in told}
    assert titles["Veille ouverte"] == "Appel chaque lundi, par Claire Lenoir"
    assert titles["Veille terminée"] == "A déménagé"
    assert "Bonjour" in titles.values()


@pytest.mark.parametrize(
    ("ending", "field"),
    [
        (Ending(DAY + timedelta(1), "moved"), "ended_on"),
        (Ending(date(2026, 11, 1), "moved"), "ended_on"),
        (Ending(DAY, "bored"), "end_code"),
    ],
)
def test_an_end_that_cannot_be_is_refused(
    file: Any, who: Who, household: str, ending: Ending, field: str
) -> None:
    watch = opened(file, who, household)
    with pytest.raises(InvalidEntry) as refused:
        service.end_watch(file, who, watch, ending)
    assert refused.value.field == field
    assert read(file, who, watch).watch.runs


def test_nothing_is_written_of_a_veille_that_ended(file: Any, who: Who, household: str) -> None:
    watch = opened(file, who, household)
    service.end_watch(file, who, watch, Ending(DAY, "moved"))
    for work in (
        lambda: called(file, who, watch, Outcome.ANSWERED),
        lambda: service.change_watch(file, who, watch, NEW),
        lambda: service.end_watch(file, who, watch, Ending(DAY, "moved")),
    ):
        with pytest.raises(InvalidEntry):
            work()


def test_a_call_is_undone_with_its_entry(file: Any, who: Who, household: str) -> None:
    watch = opened(file, who, household)
    called(file, who, watch, Outcome.ANSWERED, note="Bonjour")
    assert dossier.take_back_last(file, who)[0] == "appel ou visite de veille"
    assert read(file, who, watch).contacts == ()
    with file.reading() as connection:
        assert diary.entries_of(connection, who, household) == []


def test_a_volunteer_calls_and_does_not_open(file: Any, who: Who, household: str) -> None:
    friend, _ = team.add_worker(file, who, "Bao Bénévole", Role.VOLUNTEER)
    by = Who(friend, "Bao Bénévole", Role.VOLUNTEER)
    watch = opened(file, who, household, replace(NEW, worker_id=friend))
    called(file, by, watch, Outcome.ANSWERED)
    assert read(file, by, watch).contacts[0].worker_id == friend
    assert not by.may(Right.WRITE_FILES)
    with pytest.raises(NotAllowed):
        opened(file, by, household)


def test_the_call_sheet_says_how_to_reach_and_what_was_asked(
    file: Any, who: Who, household: str, tmp_path: Path
) -> None:
    watch = opened(file, who, household, replace(NEW, instructions="Parler fort"))
    called(
        file,
        who,
        watch,
        Outcome.ANSWERED,
        date(2026, 11, 16),
        note="Elle attend son fils",
        asked=("errands",),
    )
    out = tmp_path / "appels.pdf"
    sheet = service.print_call_sheet(file, who, DAY, out, render_call_sheet)
    assert len(sheet.rows) == 1
    said = text_of(out)
    for words in (
        "Marchadier",
        "06 39 98 12 47",
        "Paul Essai, voisin",
        "06 39 98 45 67",
        "Parler fort",
        "courses",
    ):
        assert words in said.replace("\u00a0", " "), words


def test_a_protected_household_is_on_the_sheet_without_address_phone_or_name(
    file: Any, who: Who, household: str, tmp_path: Path
) -> None:
    watch = opened(file, who, household, replace(NEW, way=Way.VISIT))
    called(
        file, who, watch, Outcome.VISITED, date(2026, 11, 16), note="Elle attend son fils", asked=("errands",)
    )
    households.set_protected(file, who, household, protected=True)
    out = tmp_path / "appels.pdf"
    sheet = service.print_call_sheet(file, who, DAY, out, render_call_sheet)
    assert sheet.rows[0].reach == (PROTECTED,)
    said = text_of(out).replace("\u00a0", " ")
    assert "S. M." in said
    for words in ("Marchadier", "06 39", "Tisserands", "Roubaix", "Essai", "fils", "courses"):
        assert words not in said, words
    assert reach_facts(read(file, who, watch), DAY) == [("Joindre", MASKED)]


def test_somebody_near_who_is_not_safe_is_never_given_with_a_number(
    file: Any, who: Who, household: str
) -> None:
    near = Near("Paul Essai", "06 39 98 45 67", "ancien voisin", safe=False)
    watch = opened(file, who, household, replace(NEW, near=near))
    assert (
        dict(reach_facts(read(file, who, watch), DAY))["Proche"]
        == "Paul Essai, ancien voisin (ne pas appeler)"
    )


def test_a_number_nobody_checked_yet_may_be_called_and_says_so_unless_a_safe_one_is_known(
    file: Any, who: Who, household: str
) -> None:
    with file.reading() as connection:
        known = households.open_household(connection, who, household).contacts
    unsure = [
        replace(each, safe=False, instructions=None) for each in known if each.kind is ContactKind.PHONE
    ]
    assert numbers_to_call(unsure)[0].endswith(f" ({TO_CHECK})")
    assert numbers_to_call(unsure)[0].startswith("06")
    sure = replace(unsure[0], safe=True, instructions="après 17 h")
    assert numbers_to_call([*unsure[1:], sure]) == [f"{format_phone(sure.value)} (après 17 h)"]
    assert numbers_to_call([]) == []


def test_two_lines_for_the_tab_of_a_household(file: Any, who: Who, household: str) -> None:
    watch = opened(file, who, household)
    called(file, who, watch, Outcome.ANSWERED)
    with file.reading() as connection:
        whole = service.watches_of(connection, who, household, DAY)[0]
    assert short_words(whole, DAY) == (
        "Appel chaque lundi, par Claire Lenoir",
        "Prochain\u00a0: lundi, dernier contact le 24\u00a0nov.",
    )


def test_an_hour_is_told_and_orders_the_list_the_week_and_the_call_sheet(
    file: Any, who: Who, household: str, tmp_path: Path
) -> None:
    others = [
        households.create_household(file, who, NewHousehold((NewMember(name, "Zoé"),)))[0]
        for name in ("Abadie", "Essai")
    ]
    early, late = replace(NEW.rhythm, at_minutes=575), replace(NEW.rhythm, at_minutes=930)
    afternoon = opened(file, who, household, replace(NEW, rhythm=late))
    whenever = opened(file, who, others[0])
    morning = opened(file, who, others[1], replace(NEW, rhythm=early))
    assert [line.id for line in listed(file, who).lines] == [morning, afternoon, whenever]
    assert "chaque lundi vers 9\u00a0h\u00a035" in watch_facts(read(file, who, morning))[0][1]
    sheet = service.print_call_sheet(file, who, DAY, tmp_path / "a.pdf", render_call_sheet)
    assert [" vers " in row.who[1] for row in sheet.rows] == [True, True, False]
    with file.reading() as connection:
        week = read_week(connection, who, DAY)
    found = [due for due in week.dues if due.source is Source.WATCH_DUE]
    assert [due.row_id for due in found] == [morning, afternoon, whenever]
    assert found[0].title.endswith("appel chaque lundi vers 9\u00a0h\u00a035")
    service.change_watch(file, who, morning, NEW)
    assert read(file, who, morning).watch.at_minutes is None


def test_a_file_of_before_has_no_hours_and_keeps_its_veilles(file: Any, who: Who, household: str) -> None:
    watch = opened(file, who, household, replace(NEW, rhythm=replace(NEW.rhythm, at_minutes=600)))
    before = read(file, who, watch).watch
    file.close()
    engine = make_engine(file.folder / FILE_NAME, KEY, writable=True)
    migrate.downgrade(engine, "0034")
    migrate.upgrade(engine)
    engine.dispose()
    with EncryptedFile.open(file.folder, KEY) as again:
        assert read(again, who, watch).watch == replace(before, at_minutes=None)
        service.change_watch(again, who, watch, replace(NEW, rhythm=replace(NEW.rhythm, at_minutes=615)))
        assert read(again, who, watch).watch.at_minutes == 615
