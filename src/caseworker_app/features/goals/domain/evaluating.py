"""An evaluation while it is made: both views on one sheet, the keys that choose a level, the draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from caseworker_app.features.goals.domain.autonomy import (
    LADDER,
    LEVEL_LABELS,
    EvaluationCorrection,
    EvaluationWithLevels,
    Level,
    NewEvaluation,
    NewLevel,
    View,
)
from caseworker_app.features.goals.domain.grid import Grid, GridDomain

# What one can choose of a domain, in the order shown.
CHOICES = (*LADDER, Level.NOT_ASSESSED, Level.NOT_APPLICABLE)
# Digits, and what their keys write without Shift on a French keyboard.
LEVEL_KEYS = {
    "1": Level.TO_SECURE,
    "&": Level.TO_SECURE,
    "2": Level.FRAGILE,
    "é": Level.FRAGILE,
    "3": Level.STABLE,
    '"': Level.STABLE,
    "4": Level.PROGRESSING,
    "'": Level.PROGRESSING,
    "5": Level.AUTONOMOUS,
    "(": Level.AUTONOMOUS,
    "0": Level.NOT_ASSESSED,
    "à": Level.NOT_ASSESSED,
    "9": Level.NOT_APPLICABLE,
    "ç": Level.NOT_APPLICABLE,
}
# The digit shown on the cap of each choice.
CAPS = {level: key for key, level in LEVEL_KEYS.items() if key.isdigit()}


@dataclass(frozen=True, slots=True)
class ViewSheet:
    """What one view says: the level of each domain, observations and a note, both *interne*."""

    levels: Mapping[str, Level] = field(default_factory=dict)
    observations: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    def level(self, code: str) -> Level:
        """Return the level of a domain, « non évalué » until one is chosen."""
        return self.levels.get(code, Level.NOT_ASSESSED)

    @property
    def said(self) -> bool:
        """Say whether anything at all was said."""
        chosen = any(level is not Level.NOT_ASSESSED for level in self.levels.values())
        return chosen or any(self.observations.values()) or bool(self.note.strip())


@dataclass(frozen=True, slots=True)
class EvaluationSheet:
    """An evaluation being made, or being corrected when it names one; `day`: the date as it is typed.

    `grid_version`: the version of the grid it was begun on, whose words were read; it stays on it even when the
    grid is edited meanwhile. Empty: of a draft older than versions.
    """

    day: str
    view: View
    views: Mapping[View, ViewSheet]
    evaluation_id: str = ""
    version: str = ""
    grid_version: str = ""

    def sheet(self, view: View) -> ViewSheet:
        """Return what one view says."""
        return self.views.get(view, ViewSheet())

    def with_view(self, view: View, sheet: ViewSheet) -> EvaluationSheet:
        """Return the sheet with what one view says replaced."""
        return replace(self, views={**self.views, view: sheet})

    @property
    def said(self) -> bool:
        """Say whether anything at all was said."""
        return any(each.said for each in self.views.values())


def level_of_key(key: str) -> Level | None:
    """Return the level a key chooses, None for any other key."""
    return LEVEL_KEYS.get(key.lower())


def blank_sheet(day: str, view: View, grid_version: str = "") -> EvaluationSheet:
    """Return a sheet with nothing said, on a version of the grid."""
    return EvaluationSheet(day, view, {}, grid_version=grid_version)


def on_grid(sheet: EvaluationSheet, grid: Grid) -> EvaluationSheet:
    """Return a sheet on another version of the grid, for one whose own is not there any more.

    Nothing said is lost: what was said of a domain this version does not know goes into the note.
    """
    views = {view: _view_on(each, grid) for view, each in sheet.views.items()}
    return replace(sheet, views=views, grid_version=grid.version)


def sheet_of(evaluation: EvaluationWithLevels, day: str) -> EvaluationSheet:
    """Return the sheet that corrects an evaluation: one view, as it was recorded."""
    own = evaluation.evaluation
    levels = {each.domain: each.level for each in evaluation.levels}
    observations = {each.domain: each.observation for each in evaluation.levels if each.observation}
    said = ViewSheet(levels, observations, own.note or "")
    return EvaluationSheet(day, own.view, {own.view: said}, own.id, own.version, own.grid_version)


def domains_asked(
    grid: Grid, measure_kind: str | None, held: Sequence[EvaluationWithLevels]
) -> tuple[tuple[GridDomain, ...], tuple[GridDomain, ...]]:
    """Return the domains to ask about, and the others of the grid, which one may ask for.

    Those of the kind of measure, and those already evaluated once: a change over time must stay readable.
    """
    codes = {domain.code for domain in grid.domains_for(measure_kind)}
    codes |= {each.domain for evaluation in held for each in evaluation.levels}
    asked = tuple(domain for domain in grid.domains if domain.code in codes)
    return asked, tuple(domain for domain in grid.domains if domain.code not in codes)


def new_evaluations(
    sheet: EvaluationSheet, household_id: str, day: date, asked: Sequence[str]
) -> list[NewEvaluation]:
    """Return the evaluations a sheet makes: one a view that said something, else the one being filled.

    Domains asked about and left are recorded as « non évalué », so that the picture shows they were.
    """
    said = [view for view in View if sheet.sheet(view).said] or [sheet.view]
    return [
        replace(
            _evaluation(sheet.sheet(view), household_id, day, view, asked),
            grid_version=sheet.grid_version or None,
        )
        for view in said
    ]


def correction(sheet: EvaluationSheet, day: date) -> EvaluationCorrection:
    """Return what a sheet corrects of the evaluation it names."""
    own = sheet.sheet(sheet.view)
    return EvaluationCorrection(day, _levels(own, tuple(own.levels)), own.note or None)


def sheet_content(sheet: EvaluationSheet) -> dict[str, Any]:
    """Return a sheet as a draft keeps it."""
    return {
        "day": sheet.day,
        "view": sheet.view.value,
        "evaluation_id": sheet.evaluation_id,
        "version": sheet.version,
        "grid_version": sheet.grid_version,
        "views": {
            view.value: {
                "levels": {code: level.value for code, level in each.levels.items()},
                "observations": dict(each.observations),
                "note": each.note,
            }
            for view, each in sheet.views.items()
        },
    }


def sheet_from_content(content: Mapping[str, Any]) -> EvaluationSheet:
    """Return the sheet of a draft; what it does not say, or says no longer validly, is left out."""
    views = content.get("views")
    read = {
        View(key): _view_sheet(value)
        for key, value in (views.items() if isinstance(views, dict) else ())
        if key in set(View) and isinstance(value, dict)
    }
    view = content.get("view")
    return EvaluationSheet(
        str(content.get("day") or ""),
        View(view) if view in set(View) else View.WORKER,
        read,
        str(content.get("evaluation_id") or ""),
        str(content.get("version") or ""),
        str(content.get("grid_version") or ""),
    )


def _view_on(sheet: ViewSheet, grid: Grid) -> ViewSheet:
    lost = [code for code in dict.fromkeys((*sheet.levels, *sheet.observations)) if not grid.holds(code)]
    told = []
    for code in lost:
        level = sheet.level(code)
        words = LEVEL_LABELS[level] if level is not Level.NOT_ASSESSED else ""
        said = ", ".join(part for part in (words, sheet.observations.get(code, "")) if part)
        told += [f"{code}\u00a0: {said}"] if said else []
    return ViewSheet(
        {code: level for code, level in sheet.levels.items() if code not in lost},
        {code: text for code, text in sheet.observations.items() if code not in lost},
        "\n".join(part for part in (sheet.note, *told) if part),
    )


def _view_sheet(content: Mapping[str, Any]) -> ViewSheet:
    levels, observations = content.get("levels"), content.get("observations")
    return ViewSheet(
        {
            str(code): Level(level)
            for code, level in (levels.items() if isinstance(levels, dict) else ())
            if level in set(Level)
        },
        {str(c): str(o) for c, o in observations.items()} if isinstance(observations, dict) else {},
        str(content.get("note") or ""),
    )


def _evaluation(
    sheet: ViewSheet, household_id: str, day: date, view: View, asked: Sequence[str]
) -> NewEvaluation:
    codes = dict.fromkeys((*asked, *sheet.levels, *sheet.observations))
    return NewEvaluation(household_id, day, view, _levels(sheet, tuple(codes)), sheet.note or None)


def _levels(sheet: ViewSheet, codes: Sequence[str]) -> tuple[NewLevel, ...]:
    wanted = dict.fromkeys((*codes, *sheet.observations))
    return tuple(NewLevel(code, sheet.level(code), sheet.observations.get(code) or None) for code in wanted)
