"""Every form of the program is tried on a whole record, or is said to open none."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import caseworker_app.features
from tests.whole_records import home_forms, other_forms, side_forms
from tests.whole_records.no_record import NO_RECORD

ROOMS = Path(caseworker_app.features.__file__).parent
_ENDINGS = ("Form", "Section", "Dialog")


def forms() -> Iterator[str]:
    """Yield every form: a function that returns a side form, a class named as one."""
    for path in sorted(ROOMS.glob("*/screens/**/*.py")):
        module = ".".join(path.relative_to(ROOMS).with_suffix("").parts)
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if is_form(node):
                yield f"{module}.{node.name}"  # type: ignore[attr-defined]


def is_form(node: ast.stmt) -> bool:
    """Say whether a definition is that of a form others may open."""
    if isinstance(node, ast.ClassDef):
        return node.name.endswith(_ENDINGS) and not node.name.startswith("_")
    if not isinstance(node, ast.FunctionDef) or node.returns is None or node.name.startswith("_"):
        return False
    return ast.unparse(node.returns) == "SideForm"


def test_every_form_is_tried_or_opens_no_record() -> None:
    found, tried = set(forms()), side_forms.CASES.keys() | home_forms.CASES.keys() | other_forms.CASES.keys()
    assert sorted(found - tried - NO_RECORD) == [], "say how it opens a whole record, or why it opens none"
    assert sorted((tried | NO_RECORD) - found) == [], "no such form any more"
    assert sorted(tried & NO_RECORD) == []
