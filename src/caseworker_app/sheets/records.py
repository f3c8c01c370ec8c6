"""Open data written as records (JSON): a list of objects is a table whose columns are their keys."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from caseworker_app.sheets import refusals
from caseworker_app.sheets.delimited import MAX_CELLS, clean_row
from caseworker_app.sheets.encoding import decode
from caseworker_app.sheets.refusals import UnreadableFile
from caseworker_app.sheets.sheet import Sheet, SheetRow

MAX_KEYS = 500
_SEPARATOR = ";"


def holds_records(path: Path) -> bool:
    """Say whether a file begins as JSON does; a file that cannot be read says no, its reader tells why."""
    try:
        with path.open("rb") as stream:
            head = stream.read(256)
    except (OSError, ValueError):
        return False
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"[", b"{")


def read_records(path: Path) -> Sheet:
    """Return the records of a file as a table; lists in a value are joined by « ; », objects give `a.b` columns.

    Takes a list of objects, an object that holds one such list (`{"results": […]}`), and GeoJSON, whose records are
    the properties. Raises UnreadableFile for anything else.
    """
    try:
        text, encoding = decode(path.name, path.read_bytes())
        records = _records(json.loads(text))
    except OSError as error:
        raise UnreadableFile(path.name, refusals.UNREACHABLE) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(path.name, refusals.DAMAGED) from error
    if records is None:
        raise UnreadableFile(path.name, refusals.NOT_A_LIST.format(what="un fichier de données JSON"))
    if not records:
        raise UnreadableFile(path.name, refusals.EMPTY)
    flat = [_flat(record) for record in records]
    header = tuple(dict.fromkeys(key for record in flat for key in record))
    if len(header) > MAX_KEYS:
        raise UnreadableFile(path.name, refusals.TOO_MANY_COLUMNS.format(limit=MAX_KEYS))
    if len(header) * len(flat) > MAX_CELLS:
        raise UnreadableFile(path.name, refusals.TOO_MANY_CELLS)
    rows = [
        SheetRow(number, clean_row([record.get(key, "") for key in header]))
        for number, record in enumerate(flat, 2)
    ]
    return Sheet("json", encoding, None, None, 1, header, [row for row in rows if any(row.cells)])


def _records(value: Any) -> list[dict[str, Any]] | None:
    if isinstance(value, dict):
        lists = [each for each in value.values() if _is_records(each) and each]
        if len(lists) != 1:
            return None
        value = lists[0]
        if all(isinstance(each.get("properties"), dict) for each in value):
            value = [each["properties"] for each in value]
    # Lists of objects inside the records are a tree, not a table.
    if not _is_records(value) or any(
        _is_records(inner) and inner for each in value for inner in each.values()
    ):
        return None
    records: list[dict[str, Any]] = value
    return records


def _is_records(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _flat(record: dict[str, Any]) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            flat |= {f"{key}.{inner}": _text(each) for inner, each in value.items()}
        else:
            flat[key] = _text(value)
    return flat


def _text(value: Any) -> str:
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    if isinstance(value, list):
        return _SEPARATOR.join(filter(None, map(_text, value)))
    return str(value)[:32_767]
