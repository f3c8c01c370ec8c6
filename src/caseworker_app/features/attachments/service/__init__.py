"""Intentions and reads of the attachments room, one door for screens and other rooms."""

from caseworker_app.features.attachments.service.adding import (
    add_attachments,
    attach,
    keep_file,
    keep_path,
)
from caseworker_app.features.attachments.service.changing import describe_attachment, remove_attachment
from caseworker_app.features.attachments.service.contents import damaged_attachments, sweep_contents
from caseworker_app.features.attachments.service.reading import (
    attachment,
    attachments_of,
    attachments_of_visit,
    content_of,
    kept_content,
)
from caseworker_app.features.attachments.service.taking_out import export_copy, note_copies, open_copy

__all__ = [
    "add_attachments",
    "attach",
    "attachment",
    "attachments_of",
    "attachments_of_visit",
    "content_of",
    "damaged_attachments",
    "describe_attachment",
    "export_copy",
    "keep_file",
    "keep_path",
    "kept_content",
    "note_copies",
    "open_copy",
    "remove_attachment",
    "sweep_contents",
]
