"""Reading across subjects: searching, listing, what a worker keeps of the list; one door for the other rooms."""

from caseworker_app.features.directory.service.assigning import assign_lead_worker
from caseworker_app.features.directory.service.exporting import export_households, exports_made
from caseworker_app.features.directory.service.listing import (
    Listing,
    Selectable,
    count_found,
    filter_choices,
    find_listing,
    page_of,
    selectable,
)
from caseworker_app.features.directory.service.printing import print_households
from caseworker_app.features.directory.service.reading import (
    add_from_form,
    count_listed,
    page_of_list,
    preview,
)
from caseworker_app.features.directory.service.saving import (
    choose_columns,
    delete_filter,
    every_saved_filter,
    forget_filters,
    list_desk,
    open_on,
    rename_filter,
    save_filter,
    update_filter,
)
from caseworker_app.features.directory.service.searching import (
    FOUND_AT_ONCE,
    FOUND_SHOWN,
    list_found,
    search,
    search_close,
)
from caseworker_app.features.directory.service.writings import (
    WritingsSought,
    household_words,
    note_extracts,
    search_writings,
)

__all__ = [
    "FOUND_AT_ONCE",
    "FOUND_SHOWN",
    "Listing",
    "Selectable",
    "WritingsSought",
    "add_from_form",
    "assign_lead_worker",
    "choose_columns",
    "count_found",
    "count_listed",
    "delete_filter",
    "every_saved_filter",
    "export_households",
    "exports_made",
    "filter_choices",
    "find_listing",
    "forget_filters",
    "household_words",
    "list_desk",
    "list_found",
    "note_extracts",
    "open_on",
    "page_of",
    "page_of_list",
    "preview",
    "print_households",
    "rename_filter",
    "save_filter",
    "search",
    "search_close",
    "search_writings",
    "selectable",
    "update_filter",
]
