"""Where a PIN (« code court ») is typed: hidden, digits only."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator

from caseworker_app.ui_kit.entries import PassphraseEntry

_LONGEST_PIN = 12


def pin_entry() -> PassphraseEntry:
    """Return an entry for a PIN of 12 digits at most."""
    entry = PassphraseEntry()
    entry.setMaxLength(_LONGEST_PIN)
    entry.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]*"), entry))
    entry.setInputMethodHints(entry.inputMethodHints() | Qt.InputMethodHint.ImhDigitsOnly)
    return entry
