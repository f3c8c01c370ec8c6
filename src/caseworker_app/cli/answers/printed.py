"""What `documents` and `print` answer."""

from __future__ import annotations

from typing import Any

from caseworker_app.features.handover.domain.kinds import (
    DATA_COMMUNICATION,
    DOCUMENT_KINDS,
    ORIENTATION_LETTER,
    PART_SHEET,
    PIECES,
    DocumentKind,
    Printed,
    TeamPrint,
)


def kinds_json() -> list[dict[str, Any]]:
    """Return the kinds of documents."""
    return [
        {"kind": kind.code, "title": kind.title, "leaves_the_association": kind.leaves_house}
        for kind in DOCUMENT_KINDS
    ]


def kinds_text() -> str:
    """Return a line a kind."""
    return "\n".join(map(_kind_line, DOCUMENT_KINDS))


def printed_json(printed: Printed) -> dict[str, Any]:
    """Return what was printed and where."""
    told = {"path": str(printed.path), "number": printed.number, "pages": printed.pages}
    return told | ({"remark": printed.remark} if printed.remark else {})


def team_json(made: TeamPrint, references: dict[str, str]) -> dict[str, Any]:
    """Return what was printed for a team, and why some households have no document."""
    refused = [
        {"reference": references.get(r.household_id), "name": r.name, "message": r.sentence}
        for r in made.refused
    ]
    return {"printed": [printed_json(one) for one in made.printed], "refused": refused}


def _kind_line(kind: DocumentKind) -> str:
    others = {
        DATA_COMMUNICATION: "la personne", ORIENTATION_LETTER: "le partenaire", PART_SHEET: "l’intervenant",
        PIECES: "l’organisme",
    }  # fmt: skip
    whom = others.get(kind, "le bailleur")
    return f"{kind.code:22} {kind.title}{f' (part vers {whom})' if kind.leaves_house else ''}"
