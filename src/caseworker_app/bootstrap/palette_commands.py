"""What the palette does on an open file, beside going somewhere: forms and dialogs over the page that is theirs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from caseworker_app.bootstrap.pages import Desk
from caseworker_app.bootstrap.palette import REPORT_COMMAND
from caseworker_app.shell.main_window import MainWindow
from caseworker_app.ui_kit.page import Route
from caseworker_app.ui_kit.tasks import Latest

if TYPE_CHECKING:
    from caseworker_app.bootstrap.palette import Answer
    from caseworker_app.features.dossier.screens.page import DossierPage
    from caseworker_app.shell.palette_found import Query


def begin_household(desk: Desk, window: MainWindow, _household: str) -> None:
    """Show the list, and the form of a new household over it."""
    from caseworker_app.features.directory.screens.page import HouseholdsPage

    desk.navigator.open("households")
    if isinstance(window.page, HouseholdsPage):
        window.page.dialog.ask()


def begin_watch(desk: Desk, _window: MainWindow, household: str) -> None:
    """Show the page of veilles, and the form of a new one of a household."""
    desk.navigator.open("veille", household)


def merge(desk: Desk, window: MainWindow, household: str) -> None:
    """Show a household, and over it the dialog that makes its file one with another."""
    if (page := _dossier_of(desk, window, household)) is not None:
        page.joining.merge(household)


def split(desk: Desk, window: MainWindow, household: str) -> None:
    """Show a household, and over it the dialog that gives some members their own file."""
    if (page := _dossier_of(desk, window, household)) is not None:
        page.joining.split(household)


def join_people(desk: Desk, window: MainWindow, household: str) -> None:
    """Show a household, and over it the dialog that makes two records of one person one."""
    if (page := _dossier_of(desk, window, household)) is not None:
        page.joining.join_people(household)


def _dossier_of(desk: Desk, window: MainWindow, household: str) -> DossierPage | None:
    from caseworker_app.features.dossier.screens.page import DossierPage

    desk.navigator.open("dossier", household)
    return window.page if isinstance(window.page, DossierPage) else None


def open_report(desk: Desk, _window: MainWindow, household: str) -> None:
    """Show the report of the last visit of a household, or say that there is none."""
    from caseworker_app.features.diary import service as diary

    def read() -> str | None:
        with desk.office.file.reading() as connection:
            last = diary.last_visit(connection, desk.office.who, household)
        return last.entry.id if last else None

    def show(entry: str | None) -> None:
        if entry:
            desk.navigator.open("document", household, f"compte-rendu-visite:{entry}")
        else:
            desk.tasks.refused.emit("Ce ménage n’a encore aucune visite\u00a0: il n’y a pas de compte rendu.")

    desk.tasks.read(read, show)


def write_note(desk: Desk, window: MainWindow, household: str) -> None:
    """Open the quick note over the window, about the household one stands on if there is one."""
    from caseworker_app.bootstrap.palette import households_named
    from caseworker_app.features.diary.screens.quick_note import QuickNote

    note, office = window.sheet, desk.office
    if not isinstance(note, QuickNote):
        note = QuickNote(desk.visit_desk(), lambda words: households_named(office.file, office.who, words))
        note.reopen_asked.connect(lambda again: write_note(desk, window, again))
        window.show_sheet(note)
    note.begin(household)


# What each command does, with the window and the household it is about.
COMMANDS: dict[str, Callable[[Desk, MainWindow, str], object]] = {
    "new-household": begin_household,
    "note": write_note,
    "watch": begin_watch,
    "merge": merge,
    "split": split,
    "join-people": join_people,
    REPORT_COMMAND: open_report,
}


def run(desk: Desk, window: MainWindow, key: str, household: str) -> None:
    """Do what a line of the palette says that concerns the file."""
    from caseworker_app.bootstrap.palette import DWELLING_COMMAND

    if key.startswith(DWELLING_COMMAND):
        from caseworker_app.bootstrap.lodging import show_dwelling

        show_dwelling(window, desk.office, desk.tasks, key.removeprefix(DWELLING_COMMAND))
    else:
        COMMANDS[key](desk, window, household)


def join_palette(window: MainWindow, desk: Desk) -> None:
    """Answer the palette, and do those of its commands that concern the file."""
    from caseworker_app.bootstrap.palette import Around, answer
    from caseworker_app.shell.palette_found import Found, Group

    office = desk.office

    def ask(query: Query, *, tolerant: bool = False) -> None:
        around = Around(desk.navigator.here, desk.tab_words(), desk.section_keys())
        answers.ask(lambda: answer(office.file, office.who, query, around, tolerant=tolerant))

    def show(told: Answer) -> None:
        if told.found or not told.little:
            window.show_found(told.query, told.found)
        if told.little:
            ask(told.query, tolerant=True)

    answers: Latest[Answer] = desk.tasks.latest(show)

    def look(what: str, value: object) -> None:
        if what == "appearance":
            window.appearance_chosen.emit(value)
        else:
            window.text_scale_chosen.emit(value)

    def act(key: str, household: str) -> None:
        if key == "visit":
            window.finder.open(
                Found("visit", Group.ACTIONS, "Nouvelle visite", route=Route("visit"), household=True)
            )
        else:
            window.command_asked.emit(key, household)

    desk.look, desk.command = look, act
    window.search_asked.connect(ask)
    window.command_asked.connect(partial(run, desk, window))
