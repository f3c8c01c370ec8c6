"""A tab of a dossier whose cards open forms: beside them where there is room, in their place where there is none."""

from __future__ import annotations

from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget
from shiboken6 import isValid

from caseworker_app.ui_kit import paint
from caseworker_app.ui_kit.page import HouseholdTab
from caseworker_app.ui_kit.side_form import SideForm
from caseworker_app.ui_kit.side_panel import FormDesk, SidePanel
from caseworker_app.ui_kit.theme import colour, px

# Below this width, a form takes the place of the cards instead of standing beside them.
LEAST_BESIDE = 720


class FormTab(HouseholdTab):
    """Fill `stack`; `household` is the one shown, `has_read()` says whether there is something true to show."""

    def __init__(self, desk: FormDesk, room: str) -> None:
        """Make it empty; `room` begins the keys of drafts."""
        super().__init__()
        self.household = ""
        # Buttons whose letter is lent to the form that is open, with their words.
        self._letters: dict[QPushButton, str] = {}
        self.panel = SidePanel(desk, room)
        self.panel.shown.connect(lambda _open: self.share_width())
        self.stack = QStackedWidget()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.stack, 1)
        line.addWidget(self.panel)
        # Until the first household is read there is nothing true to show.
        self.stack.hide()

    def has_read(self) -> bool:
        """Say whether the household was read."""
        raise NotImplementedError

    def open_form(self, form: SideForm) -> None:
        """Open a form beside the cards."""
        self.panel.open_for(form, self.household)

    def leave(self) -> None:
        """Keep what is typed in the form."""
        self.panel.leave()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        painter = paint.begin(self)
        painter.fillRect(self.rect(), colour("bg"))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give a form the whole width where there is no room beside it."""
        super().resizeEvent(event)
        self.share_width()

    def share_width(self) -> None:
        """Share the width between cards and form."""
        opened = self.panel.form is not None
        beside = self.width() - self.panel.beside_width >= px(LEAST_BESIDE)
        self.stack.setVisible(self.has_read() and (not opened or beside))
        self._mute_letters(muted=opened)
        if beside:
            self.panel.stand_beside()
        else:
            self.panel.stand_alone()

    def _mute_letters(self, *, muted: bool) -> None:
        """Leave the letters of Alt to the form while one is open: the same ones stand on the cards."""
        for button, words in self._letters.items():
            if isValid(button) and button.text() == words.replace("&", ""):
                button.setText(words)
        self._letters = {}
        if muted:
            buttons = self.stack.findChildren(QPushButton)
            self._letters = {each: each.text() for each in buttons if "&" in each.text()}
            for button, words in self._letters.items():
                button.setText(words.replace("&", ""))
