"""« Conservation des données » on a real file: filtered, ticked, decided, called off, erased for good."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.retention import service
from caseworker_app.features.retention.domain.delays import Delay
from caseworker_app.features.retention.domain.going import counted_kinds
from caseworker_app.features.retention.domain.shown import kinds_words
from caseworker_app.features.retention.domain.standing import ChoiceKind, State
from caseworker_app.features.retention.screens.desk import RetentionDesk
from caseworker_app.features.retention.screens.section import RetentionSection
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.storage.declarations import declared_tables
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator
from tests.ground import NOW
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable

LATER = NOW.replace(year=2028, month=12)


@pytest.fixture
def section(qtbot, file, who, household, drafts, tasks) -> RetentionSection:
    households.create_household(file, who, NewHousehold((NewMember("Ane", "Boa"),)))
    file.clock = FixedClock(LATER)
    dress(QApplication.instance(), "light")
    desk = RetentionDesk(file, who, drafts, tasks, ChangeBroadcast(), Navigator(), take_back_last)
    made = RetentionSection(desk)
    qtbot.addWidget(made)
    made.resize(1000, 900)
    made.show_section()
    bring_up(qtbot, made)
    qtbot.waitUntil(lambda: made.table.rows.rowCount() == 2 and bool(made.delays.changes))
    return made


def states(section: RetentionSection) -> list[State]:
    return [each.state for each in section._page.standings]


def offered(section: RetentionSection) -> set[str]:
    return {name for name, button in section.bar.buttons.items() if not button.isHidden()}


def test_nothing_is_cut_nameless_or_out_of_reach(qtbot, section) -> None:
    section.table.rows.tick_keys([each.clock.household_id for each in section._page.standings])
    assert cut_words(section) == []
    assert nameless(section) == []
    assert unreachable(section) == []


def test_words_and_chips_narrow_the_list(qtbot, section) -> None:
    section.words.setText("marchadier")
    section.read()
    qtbot.waitUntil(lambda: section.table.rows.rowCount() == 1)
    section.words.clear()
    section.chips.choose(State.ARCHIVED.value)
    section.read()
    qtbot.waitUntil(lambda: section.table.rows.rowCount() == 0)
    assert not section.nothing.isHidden()


def test_a_reason_is_asked_and_refused_beside_its_field(qtbot, section, household) -> None:
    section.table.rows.tick_keys([household])
    assert offered(section) == {"keep", "archive", "end"}
    section.ask("keep")
    section.keep_dialog.until.setText("30/06/2020")
    section.keep_dialog.reason.setText("Contentieux")
    section.keep_dialog.confirm.click()
    qtbot.waitUntil(lambda: "à venir" in section.keep_dialog.fields["until"].sentence)
    section.keep_dialog.until.setText("30/06/2029")
    section.keep_dialog.reason.clear()
    section.keep_dialog.confirm.click()
    qtbot.waitUntil(lambda: bool(section.keep_dialog.fields["reason"].sentence))
    section.keep_dialog.reason.setText("Contentieux")
    section.keep_dialog.confirm.click()
    qtbot.waitUntil(lambda: State.KEPT in states(section))
    assert section.keep_dialog.isHidden()


def test_archived_and_taken_out_again(qtbot, section, household) -> None:
    section.table.rows.tick_keys([household])
    section.ask("archive")
    section.archive_dialog.reason.setText("Deux ans sans contact")
    section.archive_dialog.confirm.click()
    qtbot.waitUntil(lambda: State.ARCHIVED in states(section))
    section.table.rows.tick_keys([household])
    assert offered(section) == {"restore", "end"}
    section.ask("restore")
    qtbot.waitUntil(lambda: State.ARCHIVED not in states(section))


def test_what_goes_is_told_before_an_end_is_planned_and_it_is_called_off(qtbot, section, household) -> None:
    section.table.rows.tick_keys([household])
    section.ask("end")
    dialog = section.end_dialog
    qtbot.waitUntil(lambda: not dialog.isHidden())
    assert "2\u00a0personnes" in dialog.box.going.text()
    assert dialog.box.staying.isHidden()
    assert "Rien ne part avant le 23/01/2029" in dialog.sentence.text()
    dialog.kind.choose(ChoiceKind.ANONYMISE.value)
    dialog.kind.chosen.emit(ChoiceKind.ANONYMISE.value)
    assert not dialog.box.staying.isHidden()
    dialog.reason.setText("Deux ans")
    dialog.confirm.click()
    qtbot.waitUntil(lambda: State.PLANNED in states(section))
    section.table.rows.tick_keys([household])
    assert offered(section) == {"call_off"}
    section.ask("call_off")
    qtbot.waitUntil(lambda: State.PLANNED not in states(section))


def test_erased_for_good_once_ticked_as_checked(qtbot, section, file, who, household) -> None:
    service.plan_ending(file, who, [household], ChoiceKind.ERASE, "Deux ans")
    file.clock = FixedClock(LATER.replace(year=2029))
    section.read()
    qtbot.waitUntil(lambda: State.READY in states(section))
    section.table.rows.tick_keys([household])
    assert offered(section) == {"carry_out", "call_off"}
    section.ask("carry_out")
    dialog = section.carry_dialog
    qtbot.waitUntil(lambda: not dialog.isHidden())
    assert not dialog.confirm.isEnabled()
    dialog.sure.setChecked(True)
    dialog.confirm.click()
    qtbot.waitUntil(lambda: section.table.rows.rowCount() == 1)
    qtbot.waitUntil(lambda: section.register.list.rows.rowCount() == 1)
    assert dialog.isHidden()


def test_a_delay_is_changed_in_place(qtbot, section, file, who) -> None:
    section.delays.changes[Delay.GRACE_DAYS].click()
    dialog = section.delays.dialog
    dialog.value.setText("beaucoup")
    dialog.confirm.click()
    assert dialog.fields["value"].sentence
    dialog.value.setText("10")
    dialog.reason.setText("Décision du bureau")
    dialog.confirm.click()
    qtbot.waitUntil(lambda: section._page.planned_for == date(2029, 1, 3))
    assert dialog.isHidden()


def test_every_kind_has_its_singular() -> None:
    tables = dict.fromkeys(declared_tables(), 1)
    for many in (1, 2):
        counted = [(words, many) for words, _ in counted_kinds(tables)]
        assert all(kinds_words(counted))


def test_texts_of_others_that_name_them_are_shown_and_redacted_only_when_asked(
    qtbot, section, file, who, household
) -> None:
    with file.reading() as connection:
        name = households.open_household(connection, who, household).members[0].last_name
    other, _ = households.create_household(file, who, NewHousehold((NewMember("Cossé", "Léa"),)))
    households.change_note(
        file, who, other, f"Hébergée par {name} depuis mai, sans bail, en attente d’un logement"
    )
    service.plan_ending(file, who, [household], ChoiceKind.ERASE, "Deux ans passés")
    file.clock = FixedClock(LATER.replace(year=2029))
    section.read()
    qtbot.waitUntil(lambda: State.READY in states(section))
    section.table.rows.tick_keys([household])
    section.ask("carry_out")
    dialog = section.carry_dialog
    qtbot.waitUntil(dialog.isVisible)
    assert "1\u00a0écrit d’un autre dossier cite" in dialog.box.citing.text()
    assert dialog.redact.isVisible()
    assert not dialog.redact.isChecked()
    assert cut_words(dialog) == []
    assert nameless(dialog) == []
    dialog.redact.setChecked(True)
    dialog.sure.setChecked(True)
    dialog.confirm.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    with file.reading() as connection:
        note = households.open_household(connection, who, other).household.note
    assert note == "Hébergée par [nom effacé] depuis mai, sans bail, en attente d’un logement"
