"""What a document is called and dated by, and what is printed around its pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DocumentMeta:
    """What stands around the pages: title, reference, date of the document, running head, two footer lines.

    `mark` (« Interne – ne pas transmettre ») stands with a padlock at the head of the pages after the first.
    The same content, meta and libraries give the same bytes.
    """

    title: str
    author: str
    reference: str
    day: date
    running: str
    footer: tuple[str, str] = ("", "")
    subject: str = ""
    mark: str = ""
