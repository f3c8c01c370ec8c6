"""Settings: « Conservation des données », the households whose time has come and what is decided of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout

from caseworker_app.features.retention import service
from caseworker_app.features.retention.domain.going import Ended, Going
from caseworker_app.features.retention.domain.shown import done_words
from caseworker_app.features.retention.domain.standing import STATE_LABELS, ChoiceKind, Standing, State
from caseworker_app.features.retention.screens.delays_card import DelaysCard
from caseworker_app.features.retention.screens.desk import RetentionDesk
from caseworker_app.features.retention.screens.dialogs import CarryOutDialog, EndDialog, ReasonDialog
from caseworker_app.features.retention.screens.register_card import RegisterCard
from caseworker_app.features.retention.screens.table import DecisionBar, DueTable
from caseworker_app.features.retention.service import RetentionPage, RetentionQuery
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.kernel.french import plural
from caseworker_app.kernel.typed_days import parse_day
from caseworker_app.ui_kit.ask_dialog import AskDialog
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.choices import FilterChips
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.messages import EmptyState
from caseworker_app.ui_kit.settings_section import SettingsSection

EVERY = ""
_TYPED_MS = 250
_CHIPS = (State.READY, State.PLANNED, State.DUE, State.SOON, State.KEPT, State.ARCHIVED)


class RetentionSection(SettingsSection):
    """Filters over the households, a bar of decisions, the delays, the register of what was erased."""

    def __init__(self, desk: RetentionDesk) -> None:
        """Make it empty."""
        super().__init__()
        self._desk = desk
        self._page = RetentionPage(())
        self._going: Going | None = None
        self._reading = desk.tasks.latest(self._show, owner=self)
        self.chips = FilterChips("État des dossiers")
        self.chips.add(EVERY, "Tous", 0)
        for state in _CHIPS:
            self.chips.add(state.value, STATE_LABELS[state], 0)
        self.words = Entry("Nom ou référence", icon="search")
        self.words.setAccessibleName("Chercher un nom ou une référence")
        self.table = DueTable(self.today)
        self.bar = DecisionBar()
        self.nothing = EmptyState(
            "circle-check",
            "Aucun dossier à traiter",
            "Aucun dossier n’arrive à échéance bientôt, et rien n’est décidé d’un autre.",
        )
        self.delays = DelaysCard(desk, self.read)
        self.register = RegisterCard(desk)
        self._make_dialogs()
        self._typed = QTimer(self, singleShot=True, interval=_TYPED_MS)
        self._lay_out()
        self._join()

    def show_section(self) -> None:
        """Read the households, the delays and the register again."""
        self.read()
        self.delays.read()
        self.register.read()

    def read(self) -> None:
        """Read the households again."""
        desk, query, day = self._desk, self.query(), self.today()

        def read() -> RetentionPage:
            with desk.file.reading() as connection:
                return service.households_due(connection, desk.who, query, day)

        self._reading.ask(read)

    def query(self) -> RetentionQuery:
        """Return what the filters ask."""
        key = self.chips.current_key()
        return RetentionQuery(State(key) if key else None, self.words.text().strip())

    def today(self) -> date:
        """Return the date on the office's wall."""
        return today(self._desk.file.clock)

    def selected(self) -> list[Standing]:
        """Return where the households ticked stand."""
        ticked = self.table.rows.ticked
        return [each for each in self._page.standings if each.clock.household_id in ticked]

    def ask(self, name: str) -> None:
        """Begin what a button of the bar asks."""
        count = plural(len(self.selected()), "dossier")
        if name == "keep":
            self.keep_dialog.ask(f"{count}. L’échéance est repoussée, la raison est gardée avec la décision.")
        elif name == "archive":
            self.archive_dialog.ask(
                f"{count}. L’archive les retire des listes, de la recherche et des comptes\u202f; "
                "la direction seule les lit. Un clic les en sort."
            )
        elif name in ("end", "carry_out"):
            self._ask_going(self._ask_end if name == "end" else self._ask_carry_out)
        elif name == "restore":
            self._write(service.take_out_of_archive, f"{count} hors de l’archive")
        else:
            self._write(service.call_off, f"{count}\u00a0: décision annulée")

    def keep_longer(self) -> None:
        """Write that the selection is kept longer."""
        dialog, desk = self.keep_dialog, self._desk
        try:
            until = parse_day(dialog.until.text(), self.today(), "until")
        except CaseworkerError as error:
            dialog.refuse(error)
            return
        ids, reason = self._ids(), dialog.reason.text()
        self._run(
            dialog,
            lambda: service.keep_longer(desk.file, desk.who, ids, until, reason),
            f"Gardé jusqu’au {format_date(until)}",
        )

    def archive(self) -> None:
        """Write that the selection is archived."""
        dialog, desk, ids = self.archive_dialog, self._desk, self._ids()
        reason = dialog.reason.text()
        self._run(
            dialog,
            lambda: service.archive(desk.file, desk.who, ids, reason),
            plural(len(ids), "dossier archivé", "dossiers archivés"),
        )

    def plan(self) -> None:
        """Plan the end of the selection."""
        dialog, desk, ids = self.end_dialog, self._desk, self._ids()
        kind, reason = dialog.chosen, dialog.reason.text()
        self._run(
            dialog,
            lambda: service.plan_ending(desk.file, desk.who, ids, kind, reason)[1],
            plural(len(ids), "fin prévue", "fins prévues"),
        )

    def carry_out(self) -> None:
        """Erase the selection for good."""
        dialog, desk, ids = self.carry_dialog, self._desk, self._ids()
        anonymised, redact = self._anonymised(), dialog.redact.isChecked()
        dialog.confirm.setEnabled(False)

        def told(answer: tuple[Ended, Changes]) -> None:
            dialog.accept()
            desk.done(answer[1], done_words(answer[0], anonymised=anonymised), undoable=False)
            self.table.rows.untick_all()
            self.show_section()

        desk.tasks.run(
            lambda: service.carry_out(desk.file, desk.who, ids, desk.drafts, redact=redact),
            told,
            dialog.refuse,
            owner=self,
            words="Effacement",
        )

    def _ids(self) -> list[str]:
        return [each.clock.household_id for each in self.selected()]

    def _anonymised(self) -> bool:
        return all(each.ending and each.ending.kind is ChoiceKind.ANONYMISE for each in self.selected())

    def _ask_going(self, then: Callable[[Going], None]) -> None:
        desk, ids, day = self._desk, self._ids(), self.today()

        def read() -> Going:
            with desk.file.reading() as connection:
                return service.what_goes(connection, desk.who, ids, day, desk.drafts)

        desk.tasks.read(read, then, owner=self)

    def _ask_end(self, going: Going) -> None:
        self.end_dialog.ask_for(going, format_date(self._page.planned_for))

    def _ask_carry_out(self, going: Going) -> None:
        self.carry_dialog.ask_for(going, anonymised=self._anonymised())

    def _run(self, dialog: AskDialog, work: Callable[[], Changes], sentence: str) -> None:
        dialog.confirm.setEnabled(False)

        def told(changed: Changes) -> None:
            dialog.accept()
            self._told(changed, sentence)

        self._desk.tasks.run(work, told, dialog.refuse, owner=self)

    def _write(self, work: Callable[..., Changes], sentence: str) -> None:
        desk, ids = self._desk, self._ids()
        desk.tasks.run(
            lambda: work(desk.file, desk.who, ids), lambda changed: self._told(changed, sentence), owner=self
        )

    def _told(self, changed: Changes, sentence: str) -> None:
        self._desk.done(changed, sentence)
        self.table.rows.untick_all()
        self.read()

    def _show(self, page: RetentionPage) -> None:
        self._page = page
        self.chips.set_count(EVERY, sum(page.counts.values()))
        for state in _CHIPS:
            self.chips.set_count(state.value, page.counts.get(state, 0))
        self.table.show_standings(page.standings)
        self.table.setVisible(bool(page.standings))
        self.nothing.setVisible(not page.standings)
        shown = plural(len(page.standings), "dossier")
        self.card.remark.setText(f"{shown}, et {page.more} de plus\u00a0: précisez" if page.more else shown)
        self._selection_moved()

    def _selection_moved(self) -> None:
        self.bar.show_selection(self.selected())

    def _tick_all(self) -> None:
        self.table.rows.tick_keys([each.clock.household_id for each in self._page.standings])

    def _make_dialogs(self) -> None:
        reason = "Contentieux locatif, délai de recours…"
        self.keep_dialog = ReasonDialog("Garder plus longtemps", "&Garder", "clock", reason, self, dated=True)
        reason = "Deux ans sans contact, dette à prouver jusqu’en 2029…"
        self.archive_dialog = ReasonDialog("Archiver", "&Archiver", "file-lock", reason, self, dated=False)
        self.end_dialog, self.carry_dialog = EndDialog(self), CarryOutDialog(self)

    def _lay_out(self) -> None:
        self.card = Card("Dossiers")
        self.card.add(self.chips)
        self.card.add(self.words)
        self.card.add(self.nothing)
        self.card.add_rows(self.bar, rule=False)
        self.card.add_rows(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.card, self.delays, self.register):
            column.addWidget(part)
        column.addStretch(1)
        self.nothing.hide()

    def _join(self) -> None:
        desk = self._desk
        self.chips.chosen.connect(lambda _key: self.read())
        self.words.textEdited.connect(lambda _text: self._typed.start())
        self._typed.timeout.connect(self.read)
        self.table.rows.ticks_changed.connect(self._selection_moved)
        self.table.tick_all_asked.connect(self._tick_all)
        self.table.opened.connect(lambda key: desk.navigator.open("dossier", key))
        self.bar.asked.connect(self.ask)
        self.bar.none_asked.connect(self.table.rows.untick_all)
        for dialog, act in self._acts():
            dialog.confirm.clicked.connect(act)
        desk.changes.listen(self, lambda c: c.concerns(table="retention_choice"), self.read)

    def _acts(self) -> Sequence[tuple[AskDialog, Callable[[], None]]]:
        return (
            (self.keep_dialog, self.keep_longer),
            (self.archive_dialog, self.archive),
            (self.end_dialog, self.plan),
            (self.carry_dialog, self.carry_out),
        )
