"""The real program, started by a test that looks at it from outside: a short day, the lock, and what comes after.

Run as a script: the data folder and where to print are its arguments; the passphrase and the id of a household come by
its standard input. It says « open » and « locked », and waits for a line after each.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from caseworker_app.bootstrap.fresh_start import begin_anew, entrance_asked
from caseworker_app.bootstrap.window import Program
from caseworker_app.ui_kit.dress import prepare

_LONGEST_SECONDS = 120.0


class Day:
    """What is done in the window, one thing after the other."""

    def __init__(self, program: Program, out: Path) -> None:
        self.program, self.out = program, out

    def until(self, condition: Callable[[], object]) -> None:
        """Let the window work until something holds, and nothing runs."""
        end = time.monotonic() + _LONGEST_SECONDS
        while not condition() or self.program.tasks.running:
            QApplication.processEvents()
            if time.monotonic() > end:
                sys.exit("waited too long")

    def unlock(self, passphrase: str) -> None:
        entrance = self.program.entrance
        entrance.passphrase.setText(passphrase)
        entrance.open_button.click()
        self.until(lambda: self.program.window is not None)

    def work(self, household: str) -> None:
        """Read a whole file, look for it, copy from it, type in it, print it, and be refused an import."""
        from caseworker_app.bootstrap.renderers import renderers
        from caseworker_app.features.handover.domain.kinds import FOLLOW_UP_FILE
        from caseworker_app.features.handover.service.printing import print_document
        from caseworker_app.features.households import service as households
        from caseworker_app.features.intake.service.importing import import_list
        from caseworker_app.kernel.errors import CaseworkerError

        window, office = self.program.window, self.program.office
        window.navigator.open("dossier", household=household)
        self.until(lambda: window.navigator.here.household == household)
        with office.file.reading() as connection:
            people = households.open_household(connection, office.who, household)
        name = people.members[0].last_name
        window.bar.search.setText(name)
        QApplication.clipboard().setText(name)
        self.until(lambda: True)
        office.drafts.keep("note", {"observed": f"Rappeler {name}"}, household)
        print_document(office.file, office.who, FOLLOW_UP_FILE.code, household, self.out, renderers())
        self.preview(household)
        self.take_out(household, name)
        refused = self.out.with_name("refused.csv")
        refused.write_text(f"{name}\n", encoding="utf-8")
        try:
            import_list(office.file, office.who, refused)
        except CaseworkerError:
            refused.unlink()

    def preview(self, household: str) -> None:
        """Look at documents and attachments as they will be, each in the window."""
        window = self.program.window
        for page, subject in (("follow-up", ""), ("document", "bilan-bailleur")):
            window.navigator.open(page, household=household, subject=subject)
            self.until(lambda page=page: window.navigator.here.page == page and window.page.preview.sheets)
        window.navigator.open("dossier", household=household, tab="attachments")
        self.until(lambda: window.navigator.here.tab == "attachments")

    def take_out(self, household: str, name: str) -> None:
        """Export the household as lists, and open a piece in another program: only what was asked for may be left."""
        from caseworker_app.features.directory.domain.columns import ColumnKey
        from caseworker_app.features.directory.domain.export import ExportFormat
        from caseworker_app.features.directory.service.exporting import export_households

        office = self.program.office
        for kind in ExportFormat:
            out = self.out.with_name(f"exported.{kind}")
            export_households(office.file, office.who, [household], list(ColumnKey), kind, out)
        office.copies.put(name.encode(), "piece.txt")


def main() -> None:
    """Play the day, or, begun anew after the lock, only show the entrance."""
    gc.disable()
    again = entrance_asked()
    prepare()
    app = QApplication(sys.argv[:1])
    program = Program(app, again or Path(sys.argv[1]), begin_anew)
    program.hang_doorbell()
    program.begin()
    day = Day(program, Path(sys.argv[2]))
    day.until(lambda: program.entrance is not None and program.entrance.isVisible())
    if again is None:
        day.unlock(sys.stdin.readline().strip())
        day.work(sys.stdin.readline().strip())
        _say("open")
        program.lock()
        day.until(lambda: False)
    _say("locked")
    program.tasks.close()


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()
    sys.stdin.readline()


if __name__ == "__main__":
    main()
