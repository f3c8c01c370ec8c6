"""The tabs other rooms bring to a dossier: made when first seen, told which household to show."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QStackedWidget

from caseworker_app.ui_kit.page import HouseholdTab, RoomTab


class RoomTabs:
    """Makes, fills and leaves the tabs of other rooms within the stack of the page."""

    def __init__(
        self, tabs: Sequence[RoomTab], stack: QStackedWidget, counted: Callable[[str, int | None], None]
    ) -> None:
        """Make none yet; `counted` is told the figure after a tab's words."""
        self._tabs = {tab.key: tab for tab in tabs}
        self._stack, self._counted = stack, counted
        self._made: dict[str, HouseholdTab] = {}
        self._shown: HouseholdTab | None = None

    def __contains__(self, key: str) -> bool:
        """Tell whether a tab belongs to another room."""
        return key in self._tabs

    def show(self, key: str, household: str, subject: str) -> None:
        """Show a household in a tab."""
        tab = self.make(key)
        if self._shown is not tab:
            self.leave()
        self._shown = tab
        self._stack.setCurrentWidget(tab)
        tab.show_household(household, subject)

    def leave(self) -> None:
        """Let the tab shown keep what is being typed."""
        if self._shown is not None:
            self._shown.leave()
        self._shown = None

    def focus_first(self, key: str) -> None:
        """Begin where work on a tab begins."""
        if key in self._made:
            self._made[key].focus_first()

    def make(self, key: str) -> HouseholdTab:
        """Return a tab, made if it was not yet."""
        if key not in self._made:
            tab = self._made[key] = self._tabs[key].build()
            tab.counted.connect(lambda count: self._counted(key, count))
            self._stack.addWidget(tab)
        return self._made[key]
