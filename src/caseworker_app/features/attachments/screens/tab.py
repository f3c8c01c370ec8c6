"""The tab « Pièces » of a household: what was added, dropped here or taken at a visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.attachments.domain.attachment import Attachment, AttachmentForm
from caseworker_app.features.attachments.domain.file_types import ENDINGS
from caseworker_app.features.attachments.domain.shown import total_words
from caseworker_app.features.attachments.screens.decoding import shown_inside
from caseworker_app.features.attachments.screens.drop_strip import DropStrip
from caseworker_app.features.attachments.screens.piece_row import SIDE, PieceForm, PieceRow
from caseworker_app.features.attachments.screens.thumbnails import Thumbnails
from caseworker_app.features.attachments.screens.viewer import PieceViewer
from caseworker_app.features.attachments.screens.work import PieceDesk, PieceWork
from caseworker_app.features.attachments.service.taking_out import usual_copy_name
from caseworker_app.kernel.clock import today
from caseworker_app.storage.drafts import Draft
from caseworker_app.ui_kit.card import Card, FoldRow, Rule
from caseworker_app.ui_kit.draft_keeper import DraftKeeper
from caseworker_app.ui_kit.drops import dropped_paths
from caseworker_app.ui_kit.page import HouseholdTab
from caseworker_app.ui_kit.saving import ask_place
from caseworker_app.ui_kit.scroll import PAGE_INSETS, ScrollBody
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

# More rows are made only when asked for.
FIRST_ROWS = 60
_WIDEST = 1200


@dataclass(frozen=True, slots=True)
class _Material:
    """What one reading brings."""

    household: str
    attachments: tuple[Attachment, ...]
    day: date
    draft: Draft | None


def draft_key(household: str) -> str:
    """Return the key of what is being typed of a household's pieces."""
    return f"pieces:{household}"


def open_with_system(path: Path) -> bool:
    """Open a file in the program the system knows for it; say whether there is one."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class AttachmentsTab(HouseholdTab):
    """« Pièces » of a household; a subject is the id of a piece to stand on."""

    def __init__(self, desk: PieceDesk) -> None:
        """Make it empty."""
        super().__init__()
        self.setAcceptDrops(True)
        self.desk = desk
        self.opened_outside: Callable[[Path], bool] = open_with_system
        self.work = PieceWork(self.desk, self)
        self.strip, self.card = DropStrip(), Card("Pièces du dossier")
        self.empty = Label("Aucune pièce pour l’instant.", 13, tone="muted")
        self.rows: list[PieceRow] = []
        self.form: PieceForm | None = None
        self.thumbnails = Thumbnails(desk.file, desk.who, desk.tasks, self)
        self.keeper = DraftKeeper(self, desk.tasks, self._content, self._keep)
        self._household, self._subject, self._most = "", "", FIRST_ROWS
        self._material: _Material | None = None
        self._reading = desk.tasks.latest(self._show, owner=self)
        self._lay_out()
        self.strip.chosen.connect(self.take)
        self.thumbnails.made.connect(self._show_image)
        self.thumbnails.failed.connect(self._show_trouble)
        desk.changes.listen(self, lambda c: c.concerns(household=self._household), self.read_again)

    def show_household(self, household: str, subject: str = "") -> None:
        """Read and show a household; what is being typed of the same one stays."""
        self._subject = subject
        if household != self._household:
            self.keeper.rest()
            self.thumbnails.forget()
            self._close_form()
            self._household, self._material, self._most = household, None, FIRST_ROWS
            self.strip.keep_metadata.setChecked(False)
            self._clear()
        self.read_again()

    def read_again(self) -> None:
        """Read the household again."""
        if self._household:
            household = self._household
            self._reading.ask(lambda: self._read(household))

    def leave(self) -> None:
        """Keep the draft, and close the piece being seen: a lock must leave none in sight."""
        self.keeper.keep_before_leaving()
        for viewer in self.findChildren(PieceViewer):
            viewer.reject()

    def focus_first(self) -> None:
        """Begin with adding, or in the form left open."""
        if self.form is not None:
            self.form.focus_first()
        else:
            self.strip.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self, paths: list[Path]) -> None:
        """Add files to the household shown."""
        if self._household and paths:
            keep = self.strip.keep_metadata.isChecked()
            self.work.add(self._household, paths, keep_metadata=keep)

    def see(self, attachment: Attachment) -> None:
        """Show a piece within the program, or open the others outside."""
        if not shown_inside(attachment.media_type):
            self.work.open_outside(attachment, self.opened_outside)
            return
        viewer = PieceViewer(self.desk.file, self.desk.who, self.desk.tasks, attachment, self)
        viewer.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        viewer.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of the disk."""
        if dropped_paths(event.mimeData()):
            self.strip.light(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Stop showing that they would be taken."""
        self.strip.light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Add them."""
        self.strip.light(False)
        event.acceptProposedAction()
        self.take(dropped_paths(event.mimeData()))

    def _read(self, household: str) -> _Material:
        desk = self.desk
        with desk.file.reading() as connection:
            found = tuple(attachments.attachments_of(connection, desk.who, household))
        return _Material(household, found, today(desk.file.clock), desk.drafts.find(draft_key(household)))

    def _show(self, material: _Material) -> None:
        if material.household != self._household:
            return
        first, self._material = self._material is None, material
        self._show_rows()
        self.counted.emit(len(material.attachments) or None)
        if first and material.draft is not None:
            self._resume(material.draft)

    def _show_rows(self) -> None:
        if self._material is None:
            return
        known = self._material.attachments
        self._clear()
        self.card.remark.setText(total_words(known))
        self.empty.setVisible(not known)
        for attachment in known[: self._most]:
            self._add_row(attachment)
        if len(known) > self._most:
            self._column.addWidget(self._fold(len(known) - self._most))
        self.thumbnails.ask(known[: self._most], round(px(SIDE) * self.devicePixelRatioF() * 2))
        if self.form is not None:
            self._place_form()
        self._stand_on_subject()

    def _add_row(self, attachment: Attachment) -> None:
        if self.rows:
            self._column.addWidget(Rule())
        row = PieceRow(attachment)
        row.asked.connect(lambda what: self._asked(what, attachment))
        image = self.thumbnails.known(attachment.id)
        if image is not None:
            row.show_image(image)
        self.rows.append(row)
        self._column.addWidget(row)

    def _fold(self, more: int) -> FoldRow:
        fold = FoldRow(f"{more}\u00a0pièces plus anciennes", "chevron-down")
        fold.clicked.connect(self._show_more)
        return fold

    def _show_more(self) -> None:
        self._most += FIRST_ROWS
        self._show_rows()

    def _clear(self) -> None:
        """Take the rows away; the form stays, to be put in its place again."""
        if self.form is not None:
            self._column.removeWidget(self.form)
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows.clear()

    def _asked(self, what: str, attachment: Attachment) -> None:
        if what == "see":
            self.see(attachment)
        elif what == "edit":
            self._edit(attachment)
        elif what == "export":
            self._export(attachment)
        elif what == "open":
            self.work.open_outside(attachment, self.opened_outside)
        else:
            self.work.remove(attachment)

    def _export(self, attachment: Attachment) -> None:
        usual = usual_copy_name(attachment.name, ENDINGS[attachment.media_type])
        out = ask_place(self, "Enregistrer une copie, non chiffrée", usual, "Tous les fichiers (*)")
        if out is not None:
            self.work.export(attachment, out)

    def _edit(self, attachment: Attachment) -> None:
        if self._material is None:
            return
        self._close_form()
        self.form = PieceForm(attachment, self._material.day)
        self.form.saved.connect(lambda form: self._save(attachment, form))
        self.form.cancelled.connect(self._give_up)
        self.form.edited.connect(self.keeper.touch)
        self._place_form()
        self.form.focus_first()

    def _place_form(self) -> None:
        """Put the form under the row it is of; without it, what it says is given up."""
        if self.form is None:
            return
        row = next((each for each in self.rows if each.attachment.id == self.form.attachment.id), None)
        if row is None:
            self._close_form()
            return
        self._column.insertWidget(self._column.indexOf(row) + 1, self.form)
        self.form.show()

    def _save(self, attachment: Attachment, form: AttachmentForm) -> None:
        editing = self.form
        if editing is not None:
            self.work.describe(attachment, form, self._saved, editing.refuse)

    def _saved(self) -> None:
        self._close_form()
        self._forget_draft()

    def _give_up(self) -> None:
        edited, form = self.form, self.form.content() if self.form else {}
        self._close_form()
        self._forget_draft()
        row = next((r for r in self.rows if edited and r.attachment.id == edited.attachment.id), None)
        if row is not None:
            row.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            if form != PieceForm(row.attachment, today(self.desk.file.clock)).content():
                household = self._household
                self.desk.navigator.confirm(
                    "Description abandonnée", lambda: self._edit_again(household, row.attachment.id, form)
                )

    def _edit_again(self, household: str, attachment_id: str, content: dict[str, Any]) -> None:
        row = next((r for r in self.rows if r.attachment.id == attachment_id), None)
        if household == self._household and row is not None:
            self._edit(row.attachment)
            if self.form is not None:
                self.form.take(content)
                self.keeper.touch()

    def _close_form(self) -> None:
        if self.form is not None:
            self._column.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    def _content(self) -> dict[str, Any]:
        said = {} if self.form is None else self.form.content()
        attachment_id = "" if self.form is None else self.form.attachment.id
        return {"household": self._household, "attachment_id": attachment_id, "form": said}

    def _keep(self, content: dict[str, Any]) -> str:
        household = str(content["household"])
        return self.desk.drafts.keep(draft_key(household), content, household)

    def _forget_draft(self) -> None:
        self.keeper.rest()
        drafts, key = self.desk.drafts, draft_key(self._household)
        self.desk.tasks.read(lambda: drafts.forget(key), words="Brouillon")

    def _resume(self, draft: Draft) -> None:
        said = draft.content.get("form")
        if isinstance(said, dict):
            self._edit_again(self._household, str(draft.content.get("attachment_id") or ""), said)

    def _show_image(self, attachment_id: str, image: QImage) -> None:
        for row in self.rows:
            if row.attachment.id == attachment_id:
                row.show_image(image)

    def _show_trouble(self, attachment_id: str, sentence: str) -> None:
        for row in self.rows:
            if row.attachment.id == attachment_id:
                row.show_trouble(sentence)

    def _stand_on_subject(self) -> None:
        row = next((each for each in self.rows if each.attachment.id == self._subject), None)
        if row is not None:
            self._subject = ""
            row.picture.setFocus(Qt.FocusReason.OtherFocusReason)
            self._body.ensureWidgetVisible(row)

    def _lay_out(self) -> None:
        body, rows = QWidget(), QWidget()
        self._column = QVBoxLayout(rows)
        self.empty.setContentsMargins(16, px(10), 16, px(14))
        whole = QVBoxLayout(body)
        for layout in (self._column, whole):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        whole.addWidget(self.empty)
        whole.addWidget(rows)
        self.card.add_rows(body)
        inner = QWidget()
        inner.setMaximumWidth(px(_WIDEST))
        column = QVBoxLayout(inner)
        column.setContentsMargins(*PAGE_INSETS)
        column.setSpacing(12)
        column.addWidget(self.strip)
        column.addWidget(self.card)
        column.addStretch(1)
        self._body = ScrollBody(inner)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._body)
