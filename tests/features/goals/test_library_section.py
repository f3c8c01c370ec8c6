"""Settings › Bibliothèque d’objectifs, and its steps as they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.goals import service
from caseworker_app.features.goals.domain.goal import Actor
from caseworker_app.features.goals.domain.library import ModelStep
from caseworker_app.features.goals.domain.model_steps import steps_read, steps_text
from caseworker_app.features.goals.screens.library_section import LibrarySection
from caseworker_app.features.goals.screens.settings_desk import GoalSettingsDesk
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import Navigator
from tests.ui_kit.inspection import bring_up, nameless, unreachable

_titles = st.text("abcdé ’", min_size=1, max_size=30).map(str.strip).filter(bool)
_steps = st.lists(st.builds(ModelStep, _titles, st.sampled_from(Actor), st.none() | st.integers(0, 900)))


@given(_steps)
def test_steps_are_read_as_they_are_written(steps: list[ModelStep]) -> None:
    assert steps_read(steps_text(steps)) == tuple(steps)


def test_what_is_left_out_of_a_line_is_the_usual() -> None:
    assert steps_read("Appeler la CAF\n\nÉcrire ; intervenante ; 15 jours\nY aller; Ensemble") == (
        ModelStep("Appeler la CAF"),
        ModelStep("Écrire", Actor.WORKER, 15),
        ModelStep("Y aller", Actor.TOGETHER),
    )


@pytest.mark.parametrize(
    ("text", "said"), [("a ; tartempion", "dites qui"), ("a ; ménage ; demain", "jours"), (";", "à faire")]
)
def test_a_line_that_cannot_be_read_is_named(text: str, said: str) -> None:
    with pytest.raises(InvalidEntry, match=said) as refused:
        steps_read(f"Première\n{text}")
    assert refused.value.sentence.startswith("Ligne 2")


@pytest.fixture
def make(qtbot, file, who, drafts, tasks):
    kept = []

    def made(worker: Who = who) -> LibrarySection:
        navigator, changes = Navigator(), ChangeBroadcast()
        kept.extend((navigator, changes))
        desk = GoalSettingsDesk(file, worker, drafts, tasks, changes, navigator, take_back_last)
        section = LibrarySection(desk)
        qtbot.addWidget(section)
        section.resize(1000, 900)
        bring_up(qtbot, section)
        section.show_section()
        qtbot.waitUntil(lambda: not tasks.busy)
        return section

    return made


def titles(section: LibrarySection) -> list[str]:
    desk = section._desk
    with desk.file.reading() as connection:
        return [each.title for each in service.goal_library(connection, desk.who, desk.today)]


def test_a_proposed_goal_is_rewritten_put_away_and_taken_back(qtbot, make, tasks) -> None:
    section = make()
    section.search.setText("virement")
    assert section.list.rows.rowCount() == 1
    section.list.stand_on("pay_current_rent")
    section.entries["title"].setText("Payer le loyer le 5")
    section.steps.insertPlainText("\nAppeler la banque ; partenaire ; 3")
    section.typed()
    section.save.click()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert [field.sentence for field in section.fields.values()] == [""] * 5
    assert section.rest.sentence == ""
    assert titles(section)[0] == "Payer le loyer le 5"
    section.retire()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert "Payer le loyer le 5" not in titles(section)
    section._desk.undo()
    qtbot.waitUntil(lambda: "Payer le loyer le 5" in titles(section))


def test_what_is_missing_is_told_beside_its_field(qtbot, make) -> None:
    section = make()
    section.begin_new()
    section.entries["title"].setText("Trouver un garage")
    section.typed()
    section.keep()
    assert "domaine" in section.fields["domain"].sentence
    section.domain.choose("budget")
    section.steps.setPlainText("a ; b ; c")
    section.typed()
    section.keep()
    assert section.fields["steps"].sentence.startswith("Ligne 1")


def test_who_may_not_write_reads(make, who) -> None:
    section = make(Who(who.worker_id, who.name, Role.VOLUNTEER))
    assert section.read_only.isVisible()
    assert not section.save.isVisible()
    assert nameless(section) == []
    assert unreachable(section) == []
