"""A veille opened for every household selected: on which rhythm, by whom, from which landlord's list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from caseworker_app.features.team.domain import Who
from caseworker_app.features.veille import service
from caseworker_app.features.veille.domain.contact import WAY_LABELS, Way
from caseworker_app.features.veille.domain.rhythm import UNIT_LABELS, WEEKDAYS, Rhythm, Unit, typed_minutes
from caseworker_app.features.veille.domain.watch import NewWatch, Origin
from caseworker_app.features.veille.service import FormChoices, Opened
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import plural
from caseworker_app.kernel.typed_days import parse_day
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.ask_dialog import AskDialog
from caseworker_app.ui_kit.entries import Choice, Entry
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.theme import px

_NO_DAY = "Celui du premier appel"


class WatchDialog(AskDialog):
    """Asks who is to call or visit these households, how often. `done(answer)` tells what was written."""

    def __init__(
        self,
        parent: QWidget,
        file: EncryptedFile,
        who: Who,
        tasks: Tasks,
        done: Callable[[tuple[Opened, Changes]], object],
    ) -> None:
        """Make it hidden."""
        super().__init__("Mettre en veille", "Ou&vrir les veilles", "phone-call", parent)
        self._file, self._who, self._tasks, self._done = file, who, tasks, done
        self._ids: tuple[str, ...] = ()
        self.way, self.worker, self.unit = Choice(), Choice(), Choice()
        self.weekday, self.landlord = Choice(), Choice()
        self.every, self.hour = Entry(tabular=True), Entry("10:00", tabular=True)
        self.starts, self.until = Entry("jj/mm/aaaa", tabular=True), Entry("jj/mm/aaaa", tabular=True)
        self._fill()
        self._lay_out()
        self.confirm.clicked.connect(self.write)

    def ask_for(self, ids: Sequence[str]) -> None:
        """Show it for these households, once the team and the landlords are read."""
        self._ids = tuple(ids)

        def read() -> FormChoices:
            with self._file.reading() as connection:
                return service.form_choices(connection, self._who, today(self._file.clock))

        self._tasks.read(read, self._ask, owner=self)

    def write(self) -> None:
        """Open the veilles, or say what is wrong."""
        try:
            new = self._new(today(self._file.clock))
        except InvalidEntry as error:
            self.refuse(error)
            return
        self.confirm.setEnabled(False)
        ids = self._ids
        self._tasks.run(
            lambda: service.open_watches(self._file, self._who, ids, new), self._written, self.refuse,
            owner=self, words="Ouverture des veilles",
        )  # fmt: skip

    def _ask(self, choices: FormChoices) -> None:
        self.worker.clear()
        for each in choices.workers:
            if each.active:
                self.worker.add(each.id, each.name)
        self.worker.choose(self._who.worker_id)
        self.landlord.clear()
        self.landlord.add("", "Aucun")
        for key, name in choices.landlords.items():
            self.landlord.add(key, name)
        self.landlord.choose("")
        self.every.setText("1")
        self.starts.setText(format_date(today(self._file.clock)))
        self.until.clear()
        self.hour.clear()
        count = plural(len(self._ids), "ménage")
        self.say(
            f"Un suivi léger pour {count}, sans mesure. Qui est déjà appelé, ou visité, ne l’est pas deux fois."
        )
        self.begin(self.way)

    def _new(self, day: date) -> NewWatch:
        """Return what is typed. Raises InvalidEntry."""
        every, weekday = self.every.text().strip(), self.weekday.current_key()
        if not (every.isascii() and every.isdigit() and len(every) < 4):
            raise InvalidEntry("Écrivez un nombre, comme 1.", "every")
        until = self.until.text().strip()
        rhythm = Rhythm(
            parse_day(self.starts.text(), day, "starts_on"),
            int(every),
            Unit(self.unit.current_key()),
            int(weekday) if weekday else None,
            parse_day(until, day, "until") if until else None,
            typed_minutes(self.hour.text(), "at_minutes"),
        )
        landlord = self.landlord.current_key() or None
        origin = Origin.LANDLORD_LIST if landlord else Origin.HOUSEHOLD
        return NewWatch(
            Way(self.way.current_key()), rhythm, self.worker.current_key() or None, origin, landlord
        )

    def _written(self, answer: tuple[Opened, Changes]) -> None:
        self.accept()
        self._done(answer)

    def _fill(self) -> None:
        for way, words in WAY_LABELS.items():
            self.way.add(way, words.capitalize())
        self.way.choose(Way.CALL)
        for unit, words in UNIT_LABELS.items():
            self.unit.add(unit, words.capitalize())
        self.unit.choose(Unit.WEEKS)
        self.weekday.add("", _NO_DAY)
        for number, words in enumerate(WEEKDAYS):
            self.weekday.add(str(number), words.capitalize())
        self.weekday.choose("")

    def _lay_out(self) -> None:
        labels = {
            "way": ("&Par", self.way), "worker_id": ("&Tenue par", self.worker), "every": ("To&us les", self.every),
            "unit": ("&Compté en", self.unit), "weekday": ("Jou&r", self.weekday),
            "at_minutes": ("Vers (&heure)", self.hour), "starts_on": ("À partir &du", self.starts),
            "until": ("&Jusqu’au", self.until), "landlord_id": ("Liste du &bailleur", self.landlord),
        }  # fmt: skip
        self.fields = {key: Field(label, editor) for key, (label, editor) in labels.items()}
        parts = list(self.fields.values())
        for first in range(0, len(parts), 2):
            line = QHBoxLayout()
            line.setSpacing(px(10))
            for part in parts[first : first + 2]:
                line.addWidget(part, 1)
            self.body.addLayout(line)
