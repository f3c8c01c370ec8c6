"""The page of settings: its sections, what they show, and only what works."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from caseworker_app import __version__
from caseworker_app.kernel.paths import resources
from caseworker_app.shell.dated_tables import ROW_LABELS, TITLES, dated_tables, value_words
from caseworker_app.shell.settings import SettingsPage
from caseworker_app.shell.settings_about import AboutSection
from caseworker_app.shell.settings_look import LookSection
from caseworker_app.shell.settings_tables import TablesSection
from caseworker_app.ui_kit.page import Navigator, Route
from caseworker_app.ui_kit.settings_section import SectionTab
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable

DAY = date(2026, 11, 24)


@pytest.fixture
def page(qtbot, dressed, tasks, tmp_path) -> SettingsPage:
    navigator = Navigator()
    made = SettingsPage(
        [
            SectionTab("look", "Apparence", "Pour vous.", "contrast", LookSection),
            SectionTab(
                "tables",
                "Barèmes",
                "Avec leur source.",
                "calculator",
                lambda: TablesSection(tasks, lambda: DAY),
            ),
            SectionTab(
                "about", "À propos", "Version.", "info-circle", lambda: AboutSection(tmp_path, navigator)
            ),
        ]
    )
    qtbot.addWidget(made)
    made.resize(1174, 638)
    bring_up(qtbot, made)
    made.enter(Route("settings"))
    return made


def tables(page: SettingsPage, qtbot) -> TablesSection:
    page.enter(Route("settings", subject="tables"))
    section = page.section("tables")
    assert isinstance(section, TablesSection)
    qtbot.waitUntil(lambda: section.list.rows.rowCount() > 0)
    return section


def test_it_opens_on_its_first_section_and_comes_back_to_the_last_one(page) -> None:
    assert page.shown == "look"
    page.enter(Route("settings", subject="about"))
    page.enter(Route("settings"))
    assert page.shown == "about"
    assert page.title.text() == "À propos"


def test_sections_are_walked_through_with_the_arrows(qtbot, page) -> None:
    page.focus_first()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.shown == "tables"


def test_appearance_and_size_show_what_is_in_force_and_tell_what_is_chosen(qtbot, dressed, page) -> None:
    dressed("dark", 125)
    page.enter(Route("settings", subject="look"))
    look = page.section("look")
    assert isinstance(look, LookSection)
    assert (look.appearance.current_key(), look.scale.current_key()) == ("dark", "125")
    with qtbot.waitSignal(look.appearance_chosen) as told:
        look.appearance._options["light"].click()
    assert told.args == ["light"]
    with qtbot.waitSignal(look.text_scale_chosen) as told:
        look.scale._options["150"].click()
    assert told.args == [150]


def test_every_table_shipped_is_listed_in_french_with_its_sources() -> None:
    shipped = sorted(file.stem for file in (resources() / "parameters").glob("*.toml"))
    found = {table.name: table for table in dated_tables(DAY)}
    assert sorted(found) == shipped
    assert set(shipped) <= set(TITLES)
    for name in shipped:
        with (resources() / "parameters" / f"{name}.toml").open("rb") as stream:
            held = tomllib.load(stream)
        assert len(found[name].rows) == sum(map(len, held.values()))
        assert all(row.source for row in found[name].rows)
        labelled = {key for key, rows in held.items() if "label" not in str(rows[0]["value"])[:60]}
        assert labelled <= set(ROW_LABELS) | {"kind", "reason", "criterion", "definition"}


def test_what_is_not_verified_says_so(qtbot, page) -> None:
    section = tables(page, qtbot)
    section.show_table("visit_intensity")
    words = [
        each.state.words for each in section.card.findChildren(type(section.card)) if hasattr(each, "state")
    ]
    rows = {table.name: table for table in dated_tables(DAY)}["visit_intensity"].rows
    assert [row.verified for row in rows] == [False, False, False]
    assert [row.value for row in rows] == ["1", "2", "4"]
    assert words == []


def test_a_value_that_ended_is_told_from_the_one_in_force() -> None:
    rows = {table.name: table for table in dated_tables(DAY)}["eviction"].rows
    old, new = [row for row in rows if row.label == "Commandement de payer"]
    assert (old.in_force, new.in_force) == (False, True)
    assert old.value == "2\u00a0mois"
    assert "jusqu’au 28/07/2023" in old.dates


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (2, "2"),
        (1.5, "1,5"),
        (True, "oui"),
        (date(2026, 1, 2), "02/01/2026"),
        ("persons_30", "persons_30"),
        ([3, 6, 12], "3, 6, 12"),
        ({"weeks": 6}, "6\u00a0semaines"),
        ({"months": 2}, "2\u00a0mois"),
        ({"first": [11, 1], "last": [3, 31]}, "du 1er\u00a0novembre au 31\u00a0mars"),
        ({"list": [{"label": str(n)} for n in range(8)]}, "0, 1, 2, 3, 4, 5 et 2\u00a0autres"),
        ({"label": "Paiement"}, ""),
    ],
)
def test_values_are_told_as_people_read_them(value, words) -> None:
    assert value_words(value) == words


def test_the_program_says_its_version_and_where_the_file_lies(qtbot, page, tmp_path) -> None:
    page.enter(Route("settings", subject="about"))
    about = page.section("about")
    assert isinstance(about, AboutSection)
    about.copy.click()
    assert QApplication.clipboard().text() == str(tmp_path)
    assert about.place.text() == str(tmp_path)
    assert any(__version__ in label.text() for label in about.findChildren(type(about.place)))


@pytest.mark.parametrize("appearance", ["light", "dark"])
@pytest.mark.parametrize("scale", [100, 150])
@pytest.mark.parametrize("section", ["look", "tables", "about"])
def test_every_word_is_shown(qtbot, dressed, tasks, tmp_path, page, appearance, scale, section) -> None:
    dressed(appearance, scale)
    again = SettingsPage(
        [
            SectionTab("look", "Apparence", "Pour vous.", "contrast", LookSection),
            SectionTab(
                "tables", "Barèmes", "Source.", "calculator", lambda: TablesSection(tasks, lambda: DAY)
            ),
            SectionTab(
                "about", "À propos", "Version.", "info-circle", lambda: AboutSection(tmp_path, Navigator())
            ),
        ]
    )
    qtbot.addWidget(again)
    again.resize(1174, 638)
    again.show()
    again.enter(Route("settings", subject=section))
    if section == "tables":
        held = again.section("tables")
        qtbot.waitUntil(lambda: held.list.rows.rowCount() > 0)
        for name in TITLES:
            held.show_table(name)
            assert cut_words(again) == []
    assert (cut_words(again), nameless(again), unreachable(again)) == ([], [], [])
