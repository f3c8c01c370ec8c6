"""The calendar that phones read: written where it is chosen, again at each change, never over a file of others."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

pytest.importorskip("icalendar")

from caseworker_app.bootstrap.publishing import AgendaPublisher
from caseworker_app.features.agenda import service
from caseworker_app.features.agenda.domain.publication import AgendaSettings
from caseworker_app.features.agenda.screens.desk import AgendaDesk
from caseworker_app.features.agenda.screens.publication_section import PublicationSection
from caseworker_app.features.agenda.service.publishing import SETTINGS_NAME, OtherFileThere
from caseworker_app.features.diary.domain.appointment import AppointmentKind, TimeForm
from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.households import service as households
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.pdf.writing import PlaceNotWritable
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import Navigator
from tests.features.agenda.conftest import at
from tests.ui_kit.inspection import cut_words, nameless, unreachable


def plan(file, who, household: str, days: int = 0) -> Any:
    form = TimeForm(at(14) + timedelta(days=days), 60, AppointmentKind.HOME_VISIT, household, purpose="dette")
    return service.plan(file, who, form)[1]


def test_the_weeks_chosen_are_written_and_what_is_chosen_is_kept(tmp_path, file, who, household) -> None:
    for days in (-30, 0, 20, 70):
        plan(file, who, household, days)
    chosen = AgendaSettings(str(tmp_path / "tel.ics"), 2, 8)
    assert service.change_settings(file, who, chosen) == 2
    told = (tmp_path / "tel.ics").read_text("utf-8")
    assert told.count("BEGIN:VEVENT") == 2
    assert "Marchadier" not in told
    assert "dette" not in told
    assert service.read_settings(file.folder) == chosen


def test_a_household_put_under_protection_leaves_no_initials(tmp_path, file, who, household) -> None:
    plan(file, who, household)
    chosen = AgendaSettings(str(tmp_path / "tel.ics"), addresses=True)
    service.change_settings(file, who, chosen)
    assert "S. M." in (tmp_path / "tel.ics").read_text("utf-8")
    households.set_protected(file, who, household, protected=True)
    service.publish(file, who)
    told = (tmp_path / "tel.ics").read_text("utf-8")
    assert "S. M." not in told
    assert "Tisserands" not in told


def test_a_file_of_others_is_never_written_over(tmp_path, file, who) -> None:
    path = tmp_path / "famille.ics"
    path.write_text("BEGIN:VCALENDAR\nPRODID:autre\nEND:VCALENDAR\n")
    with pytest.raises(OtherFileThere):
        service.change_settings(file, who, AgendaSettings(str(path)))
    assert "autre" in path.read_text()
    assert not service.read_settings(file.folder).published


def test_giving_up_takes_the_file_away(tmp_path, file, who) -> None:
    first, second = tmp_path / "un.ics", tmp_path / "deux.ics"
    service.change_settings(file, who, AgendaSettings(str(first)))
    service.change_settings(file, who, AgendaSettings(str(second)))
    assert (first.exists(), second.exists()) == (False, True)
    assert service.change_settings(file, who, AgendaSettings()) == 0
    assert not second.exists()
    assert service.publish(file, who) == 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (AgendaSettings("agenda.txt"), "path"),
        (AgendaSettings("a.ics", weeks_back=13), "weeks_back"),
        (AgendaSettings("a.ics", weeks_ahead=0), "weeks_ahead"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(file, who, wrong: AgendaSettings, field: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        service.change_settings(file, who, wrong)
    assert refused.value.field == field


def test_a_folder_that_is_not_there_is_told(tmp_path, file, who) -> None:
    with pytest.raises(PlaceNotWritable):
        service.change_settings(file, who, AgendaSettings(str(tmp_path / "absent" / "a.ics")))


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b"\xff", b'{"path": 3}', json.dumps({"path": "x"}).encode()]
)
def test_a_setting_that_does_not_read_publishes_nothing(file, who, content: bytes) -> None:
    (file.folder / SETTINGS_NAME).write_bytes(content)
    assert service.read_settings(file.folder) == AgendaSettings()
    assert service.publish(file, who) == 0


class _Office:
    def __init__(self, file: Any, who: Any) -> None:
        self.file, self.who = file, who


def test_each_change_is_published_and_a_place_that_went_is_told_once(
    qtbot, tmp_path, file, who, household, tasks
) -> None:
    folder = tmp_path / "nuage"
    folder.mkdir()
    path = folder / "tel.ics"
    service.change_settings(file, who, AgendaSettings(str(path)))
    changes, told = ChangeBroadcast(), []
    tasks.refused.connect(told.append)
    publisher = AgendaPublisher(_Office(file, who), tasks, changes, changes)
    changes.announce(plan(file, who, household))
    qtbot.waitUntil(lambda: "BEGIN:VEVENT" in path.read_text("utf-8"))
    path.unlink()
    folder.rmdir()
    for _ in range(2):
        publisher.publish()
        qtbot.waitUntil(lambda: not tasks.busy)
    assert len(told) == 1
    assert told[0].startswith("L’agenda n’est plus publié.")
    folder.mkdir()
    publisher.publish()
    qtbot.waitUntil(path.exists)


def test_the_setting_is_typed_kept_and_given_up(qtbot, tmp_path, file, who, drafts, tasks) -> None:
    navigator, changes = Navigator(), ChangeBroadcast()
    desk = AgendaDesk(file, who, drafts, tasks, changes, navigator, take_back_last, lambda _words: [])
    section = PublicationSection(desk)
    qtbot.addWidget(section)
    section.resize(760, 620)
    section.show()
    section.show_section()
    qtbot.waitUntil(lambda: section.entries["weeks_back"].text() == "2")
    assert (cut_words(section), nameless(section), unreachable(section)) == ([], [], [])
    path = tmp_path / "tel.ics"
    section.entries["path"].setText(str(path))
    section.entries["weeks_ahead"].setText("beaucoup")
    section.typed()
    section.save.click()
    assert section.fields["weeks_ahead"].sentence
    section.entries["weeks_ahead"].setText("6")
    section.alsace.setChecked(True)
    section.save.click()
    qtbot.waitUntil(lambda: path.exists() and section.stop.isVisible())
    assert service.read_settings(file.folder) == AgendaSettings(str(path), 2, 6, alsace_moselle=True)
    section.stop.click()
    qtbot.waitUntil(lambda: not path.exists() and not section.stop.isVisible())
