"""The forms of a procedure and of the dates of one of its papers."""

from __future__ import annotations

from caseworker_app.features.procedures import service
from caseworker_app.features.procedures.domain.procedure import NewProcedure, PaperNote, Procedure
from caseworker_app.features.procedures.domain.shown import ProceduresPage, title_of
from caseworker_app.features.procedures.domain.standing import PaperLine
from caseworker_app.features.procedures.screens.desk import ProceduresDesk
from caseworker_app.ui_kit.side_form import SideForm, Work

NEW = "new"


def procedure_form(desk: ProceduresDesk, page: ProceduresPage, before: Procedure | None = None) -> SideForm:
    """Return the form of a new procedure, or of one to correct, hand in or end."""
    title = "Nouvelle démarche" if before is None else "Démarche"
    form = SideForm(NEW if before is None else before.id, title, desk.today)
    lists = {each.code: each.label for each in page.lists}
    if before is not None:
        lists.setdefault(before.checklist, before.label)
    form.choice(
        "checklist", "&Démarche", lists, before.checklist if before else None,
        hint="La liste des pièces est celle de Réglages, Pièces par démarche",
    )  # fmt: skip
    form.side_by_side()
    form.day("started_on", "&Commencée le", before.started_on if before else form.today)
    form.day("due_on", "À déposer &pour le", before.due_on if before else None)
    if before is not None:
        form.side_by_side()
        form.day("filed_on", "Déposée &le", before.filed_on)
        form.day("ended_on", "&Terminée le", before.ended_on)
    form.long("note", "Note", "Où en est la démarche, qui la suit", before.note if before else "")
    words = "Démarche commencée" if before is None else "Démarche mise à jour"
    return form.intend(lambda: _write_procedure(desk, form, page.household_id, before), words)


def dates_form(desk: ProceduresDesk, line: PaperLine, note: PaperNote) -> SideForm:
    """Return the form of the dates of a paper received."""
    form = SideForm(note.id, "Dates de la pièce", desk.today, title_of(line))
    form.side_by_side()
    form.day("dated_on", "&Datée du", note.dated_on)
    form.day("until", "Valable &jusqu’au", note.until, hint="Vide\u00a0: selon la liste")

    def read() -> Work:
        dated_on, until = form.date_of("dated_on"), form.date_of("until")
        return lambda: service.date_paper(desk.file, desk.who, note.id, dated_on, until, note.version)

    return form.intend(read, "Dates précisées")


def _write_procedure(desk: ProceduresDesk, form: SideForm, household: str, before: Procedure | None) -> Work:
    new = NewProcedure(
        form.text("checklist") or "",
        form.needed_date("started_on"),
        form.date_of("due_on"),
        form.date_of("filed_on") if before else None,
        form.date_of("ended_on") if before else None,
        form.text("note"),
    )
    if before is None:
        return lambda: service.begin_procedure(desk.file, desk.who, household, new)
    return lambda: service.change_procedure(desk.file, desk.who, before.id, new, before.version)
