"""Controls do what a person expects of them, with the keyboard as with the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QCursor, QInputMethodEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.choices import Check, FilterChips, Segment
from caseworker_app.ui_kit.entries import Choice, Entry, PassphraseEntry
from caseworker_app.ui_kit.figures import Figure, FigureTile
from caseworker_app.ui_kit.form import Field, SentenceLine, place_error
from caseworker_app.ui_kit.messages import Confirmation
from caseworker_app.ui_kit.scroll import ScrollBody
from caseworker_app.ui_kit.states import INTERNAL, SHAREABLE, Pill, State
from caseworker_app.ui_kit.tabs import Tabs
from caseworker_app.ui_kit.text import ElidedLabel, Label
from caseworker_app.ui_kit.text_zone import TextZone
from caseworker_app.ui_kit.theme import colour
from tests.ui_kit.inspection import bring_up, spoken_name

pytestmark = pytest.mark.usefixtures("dressed")


def type_text(widget: QWidget, text: str) -> None:
    """Type as an input method does: keyClicks aborts on accents and on the euro sign."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def role(widget: QWidget) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(widget).role()


def test_a_button_is_named_by_its_words_and_works_by_its_letter(qtbot) -> None:
    page, pressed = QWidget(), []
    qtbot.addWidget(page)
    button = Button("&Nouvelle visite", "primary", "plus")
    QVBoxLayout(page).addWidget(button)
    button.clicked.connect(lambda: pressed.append(1))
    bring_up(qtbot, page)
    assert spoken_name(button) == "Nouvelle visite"
    assert button.shortcut().toString() == "Alt+N"
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert pressed == [1]


def test_the_focus_ring_shows_for_the_keyboard_and_not_for_the_mouse(qtbot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    button, other = Button("Ouvrir"), Entry()
    QVBoxLayout(page).addWidget(button)
    page.layout().addWidget(other)
    bring_up(qtbot, page)
    other.setFocus()
    at_rest = button.grab().toImage()
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    assert button.grab().toImage() == at_rest
    other.setFocus()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    ringed = button.grab().toImage()
    assert ringed.pixelColor(ringed.width() // 2, 1) == colour("accent")
    assert ringed.size() == at_rest.size()


def test_tabs_are_tabs_for_a_screen_reader_and_move_with_arrows(qtbot) -> None:
    tabs, chosen = Tabs("Pages du dossier"), []
    qtbot.addWidget(tabs)
    for key, words in (("a", "Vue d’ensemble"), ("b", "Budget"), ("c", "Journal")):
        tabs.add(key, words)
    tabs.set_count("b", 3)
    tabs.chosen.connect(chosen.append)
    bring_up(qtbot, tabs)
    tabs.setFocus()
    qtbot.keyClick(tabs, Qt.Key.Key_Right)
    qtbot.keyClick(tabs, Qt.Key.Key_Right)
    assert chosen == ["b", "c"]
    assert role(tabs) == QAccessible.Role.PageTabList
    assert tabs.accessibleTabName(1) == "Budget, 3"


def test_a_tab_with_a_count_makes_room_for_it(qtbot) -> None:
    tabs = Tabs("Listes")
    qtbot.addWidget(tabs)
    tabs.add("a", "Mes ménages")
    before = tabs.tabRect(0).width()
    tabs.set_count("a", 55_012)
    assert tabs.tabRect(0).width() > before + 30


def test_a_segment_has_one_choice_and_moves_with_arrows(qtbot) -> None:
    segment, chosen = Segment("Diffusion"), []
    qtbot.addWidget(segment)
    segment.add("in", "Interne", "lock", "note")
    segment.add("out", "Partageable", "share-3")
    segment.chosen.connect(chosen.append)
    assert segment.current_key() == "in"
    bring_up(qtbot, segment)
    first = segment.findChildren(QWidget)[0]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert (segment.current_key(), chosen) == ("out", ["out"])
    segment.choose("in")
    assert chosen == ["out"]


def test_filter_chips_say_their_counts(qtbot) -> None:
    chips = FilterChips("Filtrer")
    qtbot.addWidget(chips)
    chips.add("all", "Tout", 48)
    chips.add("visits", "Visites", 14)
    chips.set_count("visits", 15)
    assert [spoken_name(w) for w in chips.findChildren(QWidget)] == ["Tout, 48", "Visites, 15"]
    assert chips.current_key() == "all"


def test_a_click_on_the_words_ticks_the_box(qtbot) -> None:
    check = Check("Le ménage a donné son accord")
    qtbot.addWidget(check)
    bring_up(qtbot, check)
    qtbot.mouseClick(check, Qt.MouseButton.LeftButton, pos=QPoint(check.width() - 10, check.height() // 2))
    assert check.isChecked()


def test_a_field_keeps_room_for_its_error_and_lets_it_go_when_one_types(qtbot) -> None:
    field = Field("Né(e) &le", Entry(), hint="Jour, mois, année")
    qtbot.addWidget(field)
    field.resize(400, field.sizeHint().height())
    bring_up(qtbot, field)
    tall = field.sizeHint().height()
    field.refuse("Ce jour n’existe pas, vérifiez la date.")
    assert field.sizeHint().height() == tall
    assert field.editor.accessibleDescription() == "Ce jour n’existe pas, vérifiez la date."
    assert spoken_name(field.editor) == "Né(e) le"
    type_text(field.editor, "é")
    assert (field.sentence, field.editor.accessibleDescription()) == ("", "Jour, mois, année")


def test_an_error_goes_to_the_field_it_names_or_to_the_form(qtbot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    name, rest = Field("Nom", Entry()), SentenceLine()
    column.addWidget(name)
    column.addWidget(rest)
    bring_up(qtbot, page)
    place_error(InvalidEntry("Écrivez un nom.", "name"), {"name": name}, rest)
    assert (name.sentence, rest.sentence) == ("Écrivez un nom.", "")
    assert name.editor.hasFocus()
    place_error(CaseworkerError("Le disque est plein."), {"name": name}, rest)
    assert rest.sentence == "Le disque est plein."


def test_a_choice_begins_with_nothing_and_gives_keys(qtbot) -> None:
    choice = Choice()
    qtbot.addWidget(choice)
    choice.add("a", "Habitat du Septentrion")
    choice.add("b", "Toit de l’Escaut")
    assert choice.current_key() == ""
    choice.choose("b")
    assert choice.current_key() == "b"


def test_a_choice_offered_anew_keeps_what_was_chosen_and_tells_nobody(qtbot) -> None:
    choice = Choice()
    qtbot.addWidget(choice)
    choice.offer([("", "Toute l’équipe"), ("a", "Aline"), ("b", "Basile")])
    choice.choose("b")
    told = []
    choice.currentIndexChanged.connect(told.append)
    choice.offer([("", "Toute l’équipe"), ("b", "Basile"), ("c", "Colette")])
    assert (choice.current_key(), choice.currentText(), told) == ("b", "Basile", [])
    choice.offer([("", "Toute l’équipe"), ("c", "Colette")])
    assert (choice.currentText(), told) == ("Toute l’équipe", [])


def test_a_passphrase_is_hidden_until_asked(qtbot) -> None:
    entry = PassphraseEntry()
    qtbot.addWidget(entry)
    type_text(entry, "cheval été")
    assert entry.displayText() != "cheval été"
    eye = entry.findChildren(Button.__mro__[2])[0]
    assert spoken_name(eye) == "Afficher la phrase"
    eye.click()
    assert entry.displayText() == "cheval été"
    assert spoken_name(eye) == "Masquer la phrase"


def test_text_is_shown_as_typed_never_as_markup(qtbot) -> None:
    label = Label("<b>Ferrand</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_cut_line_offers_its_whole_text(qtbot) -> None:
    label = ElidedLabel("14 rue des Tisserands, bât. B, apt 12, 59100 Roubaix")
    qtbot.addWidget(label)
    label.resize(60, 20)
    bring_up(qtbot, label)
    assert label.toolTip() == label.text()
    label.resize(900, 20)
    assert label.toolTip() == ""


def test_a_figure_says_itself(qtbot) -> None:
    tile = FigureTile(
        Figure("Reste à vivre", "9,40\u00a0€", trend=State("+\u00a00,60\u00a0€", "ok"), series=(1, 2))
    )
    qtbot.addWidget(tile)
    assert spoken_name(tile) == "Reste à vivre\u00a0: 9,40\u00a0€, +\u00a00,60\u00a0€"


@pytest.mark.parametrize("series", [(), (0,), (5, 5, 5), (0, 0), (-3, 4), tuple(range(60))])
@pytest.mark.parametrize("drawing", ["line", "bars"])
def test_any_series_can_be_drawn(qtbot, series, drawing) -> None:
    tile = FigureTile(Figure("Impayé", "0,00\u00a0€", series=series, drawing=drawing))
    qtbot.addWidget(tile)
    tile.resize(280, 103)
    assert not tile.grab().isNull()


def test_a_pill_that_changes_is_read_again(qtbot) -> None:
    pill = Pill(INTERNAL)
    qtbot.addWidget(pill)
    before = pill.sizeHint().width()
    pill.set_state(SHAREABLE)
    assert spoken_name(pill) == "Partageable"
    assert pill.sizeHint().width() > before


def test_a_text_zone_is_internal_until_switched_and_is_tinted_so(qtbot) -> None:
    zone, shared = TextZone("Analyse", "mon avis", "bulb"), []
    qtbot.addWidget(zone)
    zone.resize(600, 160)
    zone.shared.connect(shared.append)
    bring_up(qtbot, zone)
    assert zone.internal
    # Inside the association, yet the person may ask for a copy of it.
    assert "peut en demander la copie" in zone.switch.toolTip()
    assert "peut en demander la copie" in zone.editor.accessibleDescription()
    ground = zone.grab().toImage()
    assert ground.pixelColor(300, 150) == colour("note_soft")
    zone.switch.findChildren(QWidget)[1].click()
    assert (zone.internal, shared) == (False, [True])
    assert zone.switch.toolTip() == ""
    assert zone.grab().toImage().pixelColor(300, 150) == colour("surface")


def test_a_text_zone_tells_what_a_person_types_and_not_what_the_program_fills(qtbot) -> None:
    zone, edited = TextZone("Constaté", "vu", "eye"), []
    qtbot.addWidget(zone)
    zone.edited.connect(lambda: edited.append(zone.text()))
    zone.set_text("Ligne 1\nLigne 2")
    assert edited == []
    type_text(zone.editor, " payé 60 €")
    assert edited == ["Ligne 1\nLigne 2 payé 60 €"]
    zone.insert(" Fin.")
    zone.editor.undo()
    assert zone.text() == "Ligne 1\nLigne 2 payé 60 €"


def test_tab_leaves_a_text_zone(qtbot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    zones = [
        TextZone("Constaté", "", "eye", may_share=False),
        TextZone("Analyse", "", "bulb", may_share=False),
    ]
    for zone in zones:
        column.addWidget(zone)
    bring_up(qtbot, page)
    zones[0].editor.setFocus()
    qtbot.keyClick(zones[0].editor, Qt.Key.Key_Tab)
    assert zones[1].editor.hasFocus()


def busy_window(qtbot) -> QWidget:
    """Return a window in which someone is typing."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 500)
    entry = Entry(parent=window)
    bring_up(qtbot, window)
    entry.setFocus()
    return window


def test_what_was_done_can_be_undone_once(qtbot) -> None:
    window, undone = busy_window(qtbot), []
    line = Confirmation(window)
    line.say("Visite enregistrée.", lambda: undone.append(1))
    assert line.isVisible()
    assert line.geometry().bottom() < window.height()
    line.undo()
    line.undo()
    assert undone == [1]
    assert not line.isVisible()


def test_the_confirmation_line_goes_away_by_itself_but_not_from_under_the_fingers(qtbot, monkeypatch) -> None:
    monkeypatch.setattr(Confirmation, "SHOWN_MS", 20)
    QCursor.setPos(1, 1)  # a line under the pointer stays
    line = Confirmation(busy_window(qtbot))
    line.say("Visite enregistrée.", lambda: None)
    line.findChildren(Button)[0].setFocus()
    with qtbot.waitSignal(line._timer.timeout):
        pass
    assert line.isVisible()
    line.findChildren(Button)[0].clearFocus()
    qtbot.waitUntil(lambda: not line.isVisible())


def test_a_text_zone_keeps_no_break_spaces(qtbot, dressed) -> None:
    from caseworker_app.ui_kit.text_zone import TextZone

    zone = TextZone("Constaté", "vu, mesuré, compté", "eye")
    qtbot.addWidget(zone)
    zone.set_text("Reste dû\u00a0: 12,50\u00a0€\nDeuxième ligne")
    assert zone.text() == "Reste dû\u00a0: 12,50\u00a0€\nDeuxième ligne"


@pytest.mark.parametrize("named", [True, False])
def test_an_error_far_down_a_long_form_is_brought_into_sight(qtbot, named) -> None:
    content = QWidget()
    column = QVBoxLayout(content)
    fields = {str(number): Field(f"Champ {number}", Entry()) for number in range(20)}
    for field in fields.values():
        column.addWidget(field)
    rest = SentenceLine()
    column.addWidget(rest)
    page = ScrollBody(content)
    qtbot.addWidget(page)
    page.resize(400, 300)
    bring_up(qtbot, page)
    error = InvalidEntry("Choisissez un motif.", "15") if named else CaseworkerError("Le disque est plein.")
    refused = fields["15"].line if named else rest
    assert refused.visibleRegion().isEmpty()
    place_error(error, fields, rest)
    qtbot.waitUntil(lambda: refused.visibleRegion().boundingRect() == refused.rect())


def test_the_wheel_scrolls_the_page_and_changes_no_choice(qtbot) -> None:
    content = QWidget()
    column = QVBoxLayout(content)
    choice = Choice()
    for key in ("a", "b", "c"):
        choice.add(key, f"R\u00e9ponse {key}")
    choice.choose("a")
    column.addWidget(choice)
    content.setMinimumHeight(1000)
    page = ScrollBody(content)
    qtbot.addWidget(page)
    page.resize(400, 300)
    bring_up(qtbot, page)
    choice.setFocus()
    middle = QPointF(choice.rect().center())
    turned = QWheelEvent(
        middle, QPointF(choice.mapToGlobal(middle.toPoint())), QPoint(), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(choice, turned)
    assert choice.current_key() == "a"
    assert not turned.isAccepted()
