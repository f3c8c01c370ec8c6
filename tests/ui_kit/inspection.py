"""Looks at a window as a picky person would: cut words, nameless controls, what the keyboard cannot reach."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import QEventLoop, QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

from caseworker_app.ui_kit.entries import SearchField
from caseworker_app.ui_kit.states import StateWidget
from caseworker_app.ui_kit.text import ElidedLabel

# How long a layout may take to settle on a machine that does much else, and how long one look at its events lasts.
SETTLING_S = 15.0
SLICE_MS = 20
CONTROLS = (QAbstractButton, QLineEdit, QTextEdit, QComboBox, QTabBar, QAbstractItemView)


def bring_up(qtbot: Any, window: QWidget) -> None:
    """Show a window and wait until it has the focus, as it would in front of a person."""
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def seen(root: QWidget) -> list[QWidget]:
    return [w for w in root.findChildren(QWidget) if w.isVisibleTo(root)]


def cut_words(root: QWidget) -> list[str]:
    """List the words that do not fit where they stand, and what sticks out of its parent, once laid out.

    Heights that depend on widths settle over some turns of the event loop, and a line answered late is laid out
    late: what is cut is looked at again until nothing is, or until it has stayed so for ``SETTLING_S``.
    """
    end = time.monotonic() + SETTLING_S
    while (found := _cut_now(root)) and time.monotonic() < end:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, SLICE_MS)
    return found


def _cut_now(root: QWidget) -> list[str]:
    found = []
    for _ in range(4):
        QApplication.processEvents()
    for widget in seen(root):
        if isinstance(widget, QLabel) and not isinstance(widget, ElidedLabel) and widget.text():
            found += _cut_label(widget)
        elif isinstance(widget, QAbstractButton | StateWidget) and _too_small(widget):
            found.append(f"{_name(widget)}: {widget.size()} < {widget.minimumSizeHint()}")
        elif isinstance(widget, SearchField):
            room = widget.width() - widget.textMargins().left() - widget.textMargins().right()
            if widget.fontMetrics().horizontalAdvance(widget.placeholderText()) > room:
                found.append(f"placeholder {widget.placeholderText()}")
        elif isinstance(widget, QScrollArea) and widget.widget().width() > widget.viewport().width():
            found.append(f"{type(widget).__name__}: the page is wider than what is seen of it")
        found += _sticks_out(widget, root)
    return found


def nameless(root: QWidget) -> list[str]:
    """List the controls a screen reader has no word for."""
    return [
        f"{type(w).__name__} in {type(w.parentWidget()).__name__}"
        for w in _controls(root)
        if not spoken_name(w).strip()
    ]


def unreachable(root: QWidget) -> list[str]:
    """List the enabled controls that Tab never reaches, nor the arrows from one that it does."""
    return [
        _name(w)
        for w in _controls(root)
        if w.isEnabled()
        and not (w.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and w.focusProxy() is None
        and not _among_options(w)
    ]


def spoken_name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""


def contrast(one: QColor, other: QColor) -> float:
    """Return the WCAG 2 contrast ratio of two opaque colours, from 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def _among_options(widget: QWidget) -> bool:
    """Say whether it is one of several to choose from, of which Tab reaches one and the arrows the others."""
    if not isinstance(widget, QRadioButton):
        return False
    group = widget.group()
    others = group.buttons() if group else widget.parentWidget().findChildren(QRadioButton)
    return any(o.focusPolicy() & Qt.FocusPolicy.TabFocus for o in others)


def _controls(root: QWidget) -> list[QWidget]:
    return [
        w
        for w in seen(root)
        if isinstance(w, CONTROLS)
        and not isinstance(w, QScrollBar)
        # Qt's own parts inside its controls.
        and not w.objectName().startswith("qt_")
        and not isinstance(w.parentWidget(), QAbstractItemView | QTabBar)
    ]


def _cut_label(label: QLabel) -> list[str]:
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        return (
            [f"{label.text()!r}: {label.height()} high, {needed} needed"] if label.height() < needed else []
        )
    needed = label.sizeHint().width()
    return [f"{label.text()!r}: {label.width()} wide, {needed} needed"] if label.width() < needed else []


def _too_small(widget: QWidget) -> bool:
    least = widget.minimumSizeHint()
    return widget.width() < least.width() or widget.height() < least.height()


def _sticks_out(widget: QWidget, root: QWidget) -> list[str]:
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or isinstance(parent, QTabBar) or _scrolls(parent):
        return []
    corner = widget.mapTo(root, QPoint(widget.width(), widget.height()))
    edge = parent.mapTo(root, QPoint(parent.width(), parent.height()))
    if corner.x() > edge.x() or corner.y() > edge.y():
        return [f"{_name(widget)} sticks out of {type(parent).__name__}"]
    return []


def _scrolls(parent: QWidget) -> bool:
    return isinstance(parent, QAbstractScrollArea) or isinstance(parent.parentWidget(), QAbstractScrollArea)


def _name(widget: QWidget) -> str:
    return f"{type(widget).__name__} « {spoken_name(widget)} »"
