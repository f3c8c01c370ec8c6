"""What is proposed under a line while it is typed, read elsewhere than in the window's thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter

from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.tasks import Tasks


def suggest(entry: Entry, tasks: Tasks, read: Callable[[str], list[str]]) -> None:
    """Propose under `entry` what `read` finds for the words typed, as it comes."""
    model = QStringListModel(entry)
    completer = QCompleter(model, entry)
    completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    entry.setCompleter(completer)

    def show(found: list[str]) -> None:
        model.setStringList(found)
        if found and entry.hasFocus():
            completer.complete()

    asking = tasks.latest(show, lambda _error: None, owner=entry)
    entry.textEdited.connect(lambda words: asking.ask(lambda: read(words)) if words.strip() else None)
