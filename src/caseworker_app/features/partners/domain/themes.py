"""What a partner is sought for (« thématique »), by the national codes of a dated table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.parameters import dated

TABLE = "partner_themes"


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme: its national code (`group--theme`), its label, and the label of its group."""

    code: str
    label: str
    group: str


def themes_on(day: date) -> tuple[Theme, ...]:
    """Return the themes in force on a day, in the order of the list. Raises NotFound before the first list."""
    return _read(dated(TABLE, "themes", day).start)


def theme_of(text: str, day: date) -> Theme | None:
    """Return the theme that a text names by its code, or by its label written any way; None: none does."""
    return _by_name(dated(TABLE, "themes", day).start).get(fold(text))


def theme_labels(codes: Iterable[str], day: date) -> list[str]:
    """Return the labels of codes, a code that the list no longer holds as it stands."""
    labels = {theme.code: theme.label for theme in themes_on(day)}
    return [labels.get(code, code) for code in codes]


@cache
def _read(start: date) -> tuple[Theme, ...]:
    value = dated(TABLE, "themes", start).value
    groups = {group["code"]: group["label"] for group in value["groups"]}
    return tuple(
        Theme(each["code"], each["label"], groups[each["code"].partition("--")[0]]) for each in value["list"]
    )


@cache
def _by_name(start: date) -> dict[str, Theme]:
    themes = _read(start)
    by_label = {fold(theme.label): theme for theme in themes}
    return {**by_label, **{fold(theme.code): theme for theme in themes}}
