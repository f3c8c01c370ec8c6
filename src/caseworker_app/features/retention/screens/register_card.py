"""The register of what was erased, which names nobody."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.features.retention import service
from caseworker_app.features.retention.domain.shown import record_words
from caseworker_app.features.retention.screens.desk import RetentionDesk
from caseworker_app.features.team import service as team
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px


class RegisterCard(Card):
    """The lines, newest first."""

    def __init__(self, desk: RetentionDesk) -> None:
        """Make it empty."""
        super().__init__("Registre des effacements")
        self._desk = desk
        self.list = RowList("Registre des effacements", height=52, fit=True)
        self.empty = Label(
            "Rien n’a été effacé. Chaque effacement y laissera sa date, sa raison et le nombre de dossiers, "
            "jamais un nom.",
            13,
            tone="muted",
            wrap=True,
        )
        holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(px(15), 0, px(15), px(15))
        inner.addWidget(self.empty)
        self._holder = holder
        self.add_rows(holder, rule=False)
        self.add_rows(self.list)
        self.list.hide()

    def read(self) -> None:
        """Read the register again."""
        desk = self._desk

        def read() -> list[Row]:
            with desk.file.reading() as connection:
                workers = {each.id: each.name for each in team.list_workers(connection, desk.who)}
                made = service.erasures_made(connection, desk.who)
            return [
                Row(
                    each.id, *record_words(each, workers.get(each.worker_id, "")), icon="trash", chevron=False
                )
                for each in made
            ]

        desk.tasks.read(read, self._show, owner=self)

    def _show(self, rows: list[Row]) -> None:
        self.list.set_rows(rows)
        self.list.setVisible(bool(rows))
        self._holder.setVisible(not rows)
