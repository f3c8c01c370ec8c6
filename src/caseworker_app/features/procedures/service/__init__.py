"""Intentions and reads of the procedures room, one door for screens and other rooms."""

from caseworker_app.features.procedures.service.lists import edit_checklist
from caseworker_app.features.procedures.service.reading import (
    checklists,
    open_standings,
    papers_to_bring,
    procedures_of,
    procedures_page,
    standings_of,
)
from caseworker_app.features.procedures.service.taking_out import (
    newest_with_pieces,
    put_pieces_together,
    take_out_pieces,
)
from caseworker_app.features.procedures.service.working import (
    begin_procedure,
    change_procedure,
    clear_paper,
    date_paper,
    receive_files,
    receive_paper,
    remove_procedure,
    set_not_concerned,
    take_newer_list,
)

__all__ = [
    "begin_procedure",
    "change_procedure",
    "checklists",
    "clear_paper",
    "date_paper",
    "edit_checklist",
    "newest_with_pieces",
    "open_standings",
    "papers_to_bring",
    "procedures_of",
    "procedures_page",
    "put_pieces_together",
    "receive_files",
    "receive_paper",
    "remove_procedure",
    "set_not_concerned",
    "standings_of",
    "take_newer_list",
    "take_out_pieces",
]
