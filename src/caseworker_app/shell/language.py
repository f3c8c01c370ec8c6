"""French for what Qt says by itself: its dialogs, its menus, its dates and numbers."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication


def speak_french(app: QApplication) -> bool:
    """Set the locale and Qt's own translation; say whether the translation was found."""
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    found = translator.load("qtbase_fr", folder)
    if found:
        app.installTranslator(translator)
    return found
