"""The palette: one field for everything; what was typed in a hurry is found, in groups, the likeliest first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.marking import marks_in
from caseworker_app.shell.called import SECTIONS
from caseworker_app.shell.catalogue import COMMANDS, SCREENS
from caseworker_app.shell.main_window import MainWindow
from caseworker_app.shell.palette_found import (
    Found,
    Group,
    Query,
    arranged,
    matching,
    of_catalogue,
    suggested,
)
from caseworker_app.ui_kit import icons
from caseworker_app.ui_kit.page import Navigator, Page, Route
from caseworker_app.ui_kit.tasks import Tasks
from tests.ui_kit.inspection import bring_up, cut_words, nameless

TABS = (
    ("overview", "Vue d’ensemble"), ("composition", "Composition"), ("measure", "Mesure"),
    ("housing", "Logement"), ("goals", "Objectifs"), ("budget", "Budget"), ("attachments", "Pièces"),
    ("rights", "Droits"),
)  # fmt: skip
HERE = Route("dossier", "a")


def household(key: str, title: str, group: Group = Group.HOUSEHOLDS) -> Found:
    return Found(f"household:{key}", group, title, icon="users", route=Route("dossier", key))


def titles(found: list[tuple[int, Found]]) -> list[str]:
    return [each.title for _, each in found]


def program(typed: str) -> list[str]:
    offered = of_catalogue(None, TABS, [section.key for section in SECTIONS])
    return [each.title for each in arranged([], matching(offered, typed))]


def test_a_document_is_found_by_what_people_call_it_accents_or_not() -> None:
    sheet = Found("document:x", Group.DOCUMENTS, "Synthèse d’une page", sought=("résumé", "feuille de route"))
    for typed in ("resume", "Résumé", "imprimer la synthèse", "feuille de route"):
        assert titles(matching([sheet], typed)) == [sheet.title]


def test_a_section_of_the_settings_is_offered_only_to_whom_it_is_shown() -> None:
    assert "Conservation des données" in program("effacer")
    assert "Conservation des données" not in titles(matching(of_catalogue(None, TABS, ("look",)), "effacer"))


@pytest.mark.parametrize(
    ("text", "sought", "marked"),
    [
        ("Mme Élodie Dubœuf", ["duboeu"], ["Dubœu"]),
        ("Le Goff", ["legoff"], ["Le Goff"]),
        ("N’Diaye", ["ndi"], ["N’Di"]),
        ("06 39 98 12 47", ["063998"], ["06 39 98"]),
        ("Marc Marchal", ["mar"], ["Mar", "Mar"]),
        ("Solène", ["lene"], []),
        ("rue de l’Église", ["eg", "rue"], ["rue", "Ég"]),
    ],
)
def test_the_letters_found_are_marked_where_they_stand(text, sought, marked) -> None:
    assert [text[start:end] for start, end in marks_in(text, sought)] == marked


@given(st.text(max_size=40), st.lists(st.text(max_size=6), max_size=3))
def test_marks_are_in_order_apart_and_within_the_text(text, words) -> None:
    marks = marks_in(text, [fold(word).replace(" ", "") for word in words])
    edges = [edge for mark in marks for edge in mark]
    assert edges == sorted(set(edges)) or not edges
    assert all(0 <= start < end <= len(text) for start, end in marks)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("verrouiller", "Verrouiller"),
        ("verou", "Verrouiller"),
        ("nouvelle visite", "Nouvelle visite"),
        ("importer une liste", "Importer une liste"),
        ("excel", "Importer une liste"),
        ("thème sombre", "Apparence sombre"),
        ("THEME SOMBR", "Apparence sombre"),
        ("sms", "Note rapide"),
        ("reglages", "Aller à «\u00a0Réglages\u00a0»"),
        ("budget", "Budget"),
        ("menages", "Aller à «\u00a0Ménages\u00a0»"),
        ("agenda", "Aller à «\u00a0Agenda\u00a0»"),
        ("créer un ménage", "Nouveau ménage"),
        ("ajouter une famille", "Nouveau ménage"),
        ("ouvrir une mesure", "Mesure"),
        ("cloturer la mesure", "Mesure"),
        ("renouveller", "Mesure"),
        ("nouvelle convention", "Conventions"),
        ("quota", "Conventions"),
        ("rdv", "Nouveau rendez-vous"),
        ("prendre rendez vous", "Nouveau rendez-vous"),
        ("visite à domicile", "Nouvelle visite"),
        ("VAD", "Nouvelle visite"),
        ("téléphoner", "Note rapide"),
        ("noter un appel", "Note rapide"),
        ("saisir le budget", "Budget"),
        ("dettes", "Budget"),
        ("reste à vivre", "Budget"),
        ("impayé", "Logement"),
        ("plan d’apurement", "Logement"),
        ("glissement du bail", "Logement"),
        ("sauvegarder", "Sauvegardes"),
        ("changer mon mot de passe", "Sécurité"),
        ("clé de secours", "Sécurité"),
        ("statistiques", "Conventions"),
        ("export excel", "Aller à «\u00a0Ménages\u00a0»"),
        ("grille d’autonomie", "Grille d’autonomie"),
        ("ajouter une photo", "Pièces"),
        ("supprimer un dossier", "Conservation des données"),
        ("journal des accès", "Journal des accès"),
        ("qui a consulté", "Journal des accès"),
        ("mode sombre", "Apparence sombre"),
        ("texte plus gros", "Agrandir le texte"),
        ("annuler", "Annuler ce qui vient d’être fait"),
        ("phrases types", "Phrases réutilisées"),
        ("barème", "Barèmes"),
        ("personne protégée", "Composition"),
        ("consentement", "Droits"),
        ("signalement", "Aller à «\u00a0Demandes\u00a0»"),
        ("feuille d’appels", "Aller à «\u00a0Veille\u00a0»"),
        ("brouillons", "Aller à «\u00a0Accueil\u00a0»"),
        ("de", "Aller à «\u00a0Demandes\u00a0»"),
    ],
)
def test_actions_are_found_by_their_words_and_by_what_people_call_them(typed, first) -> None:
    assert program(typed)[0] == first


def test_nothing_is_named_by_words_nobody_uses() -> None:
    assert program("zzzz") == []
    assert program("") == []


def test_every_action_shows_an_icon_that_is_shipped() -> None:
    for each in (*COMMANDS, *SECTIONS):
        assert icons.source(each.icon)


def test_a_name_comes_before_an_action_and_an_action_before_a_street_or_a_text() -> None:
    offered = matching(of_catalogue(None, TABS), "ver")
    name = household("a", "Verdier")
    street = household("b", "2 rue de la Verrerie", Group.DWELLINGS)
    text = household("c", "Petit", Group.TEXTS)
    assert arranged([name], offered)[0] == name
    assert arranged([street, text], offered)[0].title == "Verrouiller"
    assert arranged([text], offered)[-1] == text


def test_groups_come_whole_and_none_hides_the_next() -> None:
    many = [household(str(n), f"Marchal {n}") for n in range(20)]
    found = arranged([*many, household("x", "Lila", Group.PEOPLE)], [])
    assert [each.group for each in found] == [Group.HOUSEHOLDS] * 6 + [Group.PEOPLE]


def test_before_anything_is_typed_the_households_of_the_day_come_first() -> None:
    recent = [household("a", "Ici"), household("b", "Avant")]
    found = suggested([*recent], of_catalogue(HERE, TABS), HERE)
    assert [each.title for each in found][:2] == ["Avant", "Nouvelle visite"]
    assert all(each.sought == () for each in found)


class Plain(Page):
    """A page that holds nothing."""

    def focus_first(self) -> None:
        self.setFocus()


@pytest.fixture
def window(qtbot, dressed, tasks: Tasks) -> MainWindow:
    pages = dict.fromkeys([page for screen in SCREENS for page in screen.pages], Plain)
    made = MainWindow("Claire Lenoir", pages, tasks, Navigator())
    qtbot.addWidget(made)
    bring_up(qtbot, made)
    made.navigator.open("households")
    return made


@pytest.fixture
def asked(window) -> list[Query]:
    """What the palette asks; answered with one household and whatever the catalogue has."""
    queries: list[Query] = []

    def answer(query: Query) -> None:
        queries.append(query)
        here = window.navigator.here
        people = [household("a", "Marchadier"), household("b", "Marly")]
        offered = matching(of_catalogue(here, TABS), query.words)
        window.show_found(query, people if query.choosing else arranged(people, offered))

    window.search_asked.connect(answer)
    return queries


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(window.bar.search, key, modifier)


def test_ctrl_k_opens_it_from_anywhere_with_what_is_usual(qtbot, window, asked) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.bar.search.hasFocus()
    assert asked == [Query("")]
    assert window.results.isVisible()


def test_one_types_moves_and_enters_without_leaving_the_field(qtbot, window, asked) -> None:
    window.finder.begin()
    qtbot.keyClicks(window.bar.search, "mar")
    assert [query.words for query in asked] == ["", "m", "ma", "mar"]
    window.show_found(Query("ma"), [household("old", "Réponse ancienne")])
    assert window.results.current.title == "Marchadier"
    press(qtbot, window, Qt.Key.Key_Down)
    assert window.results.current.title == "Marly"
    assert window.bar.search.hasFocus()
    press(qtbot, window, Qt.Key.Key_Return)
    assert window.navigator.here == Route("dossier", "b")
    assert not window.results.isVisible()
    assert window.bar.search.text() == ""


def test_enter_pressed_before_the_answer_opens_what_was_typed_not_what_was_shown(qtbot, window) -> None:
    window.finder.begin()
    qtbot.keyClicks(window.bar.search, "ma")
    window.show_found(Query("ma"), [household("a", "Marchadier")])
    qtbot.keyClicks(window.bar.search, "rl")
    press(qtbot, window, Qt.Key.Key_Return)
    assert window.navigator.here == Route("households")
    window.show_found(Query("marl"), [household("b", "Marly")])
    assert window.navigator.here == Route("dossier", "b")


def test_a_word_more_forgets_that_enter_was_pressed(qtbot, window) -> None:
    window.finder.begin()
    qtbot.keyClicks(window.bar.search, "ma")
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.keyClicks(window.bar.search, "r")
    window.show_found(Query("mar"), [household("a", "Marchadier")])
    assert window.navigator.here == Route("households")
    assert window.results.isVisible()


def test_arrows_go_round_and_never_stand_on_the_title_of_a_group(qtbot, window, asked) -> None:
    window.finder.begin()
    seen = []
    for _ in range(2 * window.results.rows.rowCount()):
        seen.append(window.results.current)
        press(qtbot, window, Qt.Key.Key_Down)
    assert None not in seen
    press(qtbot, window, Qt.Key.Key_PageUp)
    press(qtbot, window, Qt.Key.Key_PageUp)
    press(qtbot, window, Qt.Key.Key_Up)
    assert (
        window.results.current == [line for line in window.results.rows.lines if isinstance(line, Found)][-1]
    )


def test_an_action_about_a_household_asks_which_where_none_is_stood_on(qtbot, window, asked) -> None:
    window.finder.begin()
    qtbot.keyClicks(window.bar.search, "nouvelle visite")
    window.show_found(asked[-1], arranged([], matching(of_catalogue(None, TABS), "nouvelle visite")))
    press(qtbot, window, Qt.Key.Key_Return)
    assert asked[-1].choosing
    assert window.results.asking.isVisible()
    assert "Nouvelle visite" in window.results.asking.text()
    assert cut_words(window.results) == []
    press(qtbot, window, Qt.Key.Key_Return)
    assert window.navigator.here == Route("visit", "a")


def test_it_is_about_the_household_one_stands_on(qtbot, window, asked) -> None:
    window.navigator.open("dossier", household="x")
    window.finder.begin()
    window.results.opened.emit(next(each for each in of_catalogue(HERE, TABS) if each.command == "visit"))
    assert window.navigator.here == Route("visit", "x")


def test_escape_gives_up_the_choice_first_then_the_search(qtbot, window, asked) -> None:
    window.finder.begin()
    window.results.opened.emit(next(each for each in of_catalogue(None, TABS) if each.command == "visit"))
    assert asked[-1].choosing
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not asked[-1].choosing
    assert window.results.isVisible()
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not window.results.isVisible()
    assert window.page.hasFocus()


def test_nothing_found_is_said(qtbot, window) -> None:
    window.finder.begin()
    qtbot.keyClicks(window.bar.search, "zzz")
    window.show_found(Query("zzz"), [])
    assert "«\u00a0zzz\u00a0»" in window.results.nothing.text()
    assert cut_words(window.results) == []


def test_it_goes_away_when_one_works_elsewhere(qtbot, window, asked) -> None:
    window.finder.begin()
    window.page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.page.setFocus()
    assert not window.results.isVisible()
    window.show_found(Query(""), [household("late", "Réponse tardive")])
    assert not window.results.isVisible()


def test_households_opened_are_recalled_newest_first_while_the_window_lives(qtbot, window, asked) -> None:
    for name in "abcdefgha":
        window.navigator.open("dossier", household=name)
    window.rebuild()
    qtbot.waitUntil(window.bar.search.isVisible)
    window.finder.begin()
    assert asked[-1].recent == ("a", "h", "g", "f", "e", "d")


@pytest.mark.parametrize(
    ("command", "signal", "value"),
    [
        ("dark", "appearance_chosen", ["dark"]),
        ("light", "appearance_chosen", ["light"]),
        ("larger", "text_scale_chosen", [110]),
        ("lock", "lock_asked", []),
        ("new-household", "command_asked", ["new-household", ""]),
    ],
)
def test_actions_of_the_window_are_done(qtbot, window, asked, command, signal, value) -> None:
    found = next(each for each in of_catalogue(None, TABS) if each.command == command)
    window.finder.begin()
    with qtbot.waitSignal(getattr(window, signal)) as told:
        window.results.opened.emit(found)
    assert told.args == value


def test_text_at_its_smallest_cannot_be_made_smaller(qtbot, window) -> None:
    chosen = []
    window.text_scale_chosen.connect(chosen.append)
    window._resize_text(-1)
    assert chosen == []


def test_a_screen_reader_is_told_of_a_combo_box_and_a_list(qtbot, window, asked) -> None:
    window.finder.begin()
    box = QAccessible.queryAccessibleInterface(window.bar.search_box)
    assert box.role() == QAccessible.Role.ComboBox
    assert box.text(QAccessible.Text.Name) == "Rechercher"
    assert box.state().expanded
    inside = [box.child(n).role() for n in range(box.childCount())]
    assert inside == [QAccessible.Role.EditableText]
    found = QAccessible.queryAccessibleInterface(window.results.list)
    assert found.role() == QAccessible.Role.List
    assert "Marchadier" in found.child(1).text(QAccessible.Text.Name)
    window.finder.close()
    assert not QAccessible.queryAccessibleInterface(window.bar.search_box).state().expanded


@pytest.mark.parametrize("appearance", ["light", "dark"])
@pytest.mark.parametrize(("size", "scale"), [((1366, 690), 100), ((1920, 1080), 100), ((1366, 690), 150)])
def test_it_fits_the_window(qtbot, dressed, window, asked, appearance, size, scale) -> None:
    dressed(appearance, scale)
    window.resize(*size)
    window.rebuild()
    qtbot.waitUntil(window.bar.search.isVisible)
    window.finder.begin()
    qtbot.keyClicks(window.bar.search, "a")
    assert window.results.isVisible()
    assert window.results.geometry().bottom() < window.height()
    assert window.results.geometry().right() < window.width()
    assert (cut_words(window.bar), nameless(window.bar), cut_words(window.results)) == ([], [], [])
