"""Has a sentence read aloud at once: errors, confirmations, what a search found."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, sentence: str, *, urgent: bool = False) -> None:
    """Tell screen readers a sentence; `urgent` ones (errors) cut short what is being read.

    Qt's own « alert » is heard on Windows only; announcements are heard everywhere.
    """
    # With the first thing said, not with the first window.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    if not QAccessible.isActive() or not sentence:
        return
    event = QAccessibleAnnouncementEvent(widget, sentence)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
