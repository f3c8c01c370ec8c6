"""One language (ADR 20): no `tr()`, and the texts of the windows hold their no-break spaces and apostrophes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import caseworker_app

SOURCE = Path(caseworker_app.__file__).parent
WINDOWS = ("bootstrap", "shell", "ui_kit", "features/*/screens")
_LOOSE = re.compile(r"[\w»)] [:;!?%€»](?![<=>(\w])|« |[a-zà-ÿ]'[a-zà-ÿ]")
_ENGLISH_OR_SQL = re.compile(r"\b(?:the|of|and|SELECT|WHERE|LIMIT|ORDER)\b|%[srd(]")


def calls(tree: ast.AST, *names: str) -> Iterator[ast.Call]:
    """Yield the calls of functions or methods of a name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in names:
            yield node


def marks_a_text(call: ast.Call) -> bool:
    """Say whether a call marks a text for translators: strings and painters have a `translate` of their own."""
    named = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
    return named == "tr" or (bool(call.args) and isinstance(getattr(call.args[0], "value", None), str))


def loose_texts(source: str) -> list[str]:
    """Return the French literals of a source whose typography is neither written nor put in by `typeset`."""
    tree = ast.parse(source)
    handled = {id(part) for call in calls(tree, "typeset") for part in ast.walk(call)}
    named = {
        each.id for call in calls(tree, "typeset") for each in ast.walk(call) if isinstance(each, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and any(
            isinstance(t, ast.Name) and t.id in named for t in node.targets
        ):
            handled |= {id(part) for part in ast.walk(node)}
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            handled.add(id(node.value))
    texts = (
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in handled
    )
    found = (text for text in texts if isinstance(text, str) and _LOOSE.search(text))
    return [text for text in found if not _ENGLISH_OR_SQL.search(text)]


def test_nothing_is_marked_for_a_translation_there_is_not() -> None:
    for path in SOURCE.rglob("*.py"):
        asked = calls(ast.parse(path.read_text(encoding="utf-8")), "tr", "translate")
        assert [call for call in asked if marks_a_text(call)] == [], path


def test_the_texts_of_the_windows_are_typeset() -> None:
    paths = [path for place in WINDOWS for folder in SOURCE.glob(place) for path in folder.rglob("*.py")]
    assert len(paths) > 300
    loose = {str(path.relative_to(SOURCE)): loose_texts(path.read_text(encoding="utf-8")) for path in paths}
    assert {path: texts for path, texts in loose.items() if texts} == {}


def test_a_text_marked_for_translators_is_seen() -> None:
    marked = "self.tr('Fermer'); QCoreApplication.translate('Page', 'Fermer')"
    moved = "text.translate(TABLE); line.translate(0, 8)"
    asked = [call for call in calls(ast.parse(f"{marked}; {moved}"), "tr", "translate") if marks_a_text(call)]
    assert len(asked) == 2


@pytest.mark.parametrize("text", ["Loyer : payé", "Vraiment ?", "« oui", "l'enfant est là", "12 % de plus"])
def test_a_loose_text_is_seen(text: str) -> None:
    assert loose_texts(f"label({text!r})") == [text]
    assert loose_texts(f"label(typeset({text!r}))") == []
    assert loose_texts(f"WORDS = {text!r}\nlabel(typeset(WORDS))") == []
