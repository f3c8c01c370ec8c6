"""Which letters of a text were found: those a typed word begins, whatever accents, spaces or hyphens stand there."""

from __future__ import annotations

from collections.abc import Iterable

from caseworker_app.kernel.folding import fold

Mark = tuple[int, int]
# What each sign folds to: a text has thousands of them, of a few dozen sorts.
_SIGNS: dict[str, str] = {}


def marks_in(text: str, sought: Iterable[str]) -> list[Mark]:
    """Return where the folded words `sought` begin words of `text`: first and past-the-end positions, in order.

    « legoff » is found in « Le Goff », « 0639 » in « 06 39 98 12 47 »; marks that touch are joined.
    """
    joined, positions, begins = _letters(text)
    found = []
    for word in sought:
        place = joined.find(word) if word else -1
        while place >= 0:
            if place in begins:
                found.append((positions[place], positions[place + len(word) - 1] + 1))
            place = joined.find(word, place + 1)
    return _joined(sorted(found))


def _letters(text: str) -> tuple[str, list[int], set[int]]:
    """Return the folded letters together, the position each comes from, and which of them begin a word."""
    letters: list[str] = []
    positions: list[int] = []
    begins = set()
    between = True
    for position, sign in enumerate(text):
        folded = _SIGNS.get(sign)
        if folded is None:
            folded = _SIGNS[sign] = fold(sign).replace(" ", "")
        if not folded:
            between = True
            continue
        if between:
            begins.add(len(positions))
            between = False
        letters.append(folded)
        positions.append(position)
        positions += [position] * (len(folded) - 1)
    return "".join(letters), positions, begins


def _joined(found: list[Mark]) -> list[Mark]:
    marks: list[Mark] = []
    for start, end in found:
        if marks and start <= marks[-1][1]:
            marks[-1] = (marks[-1][0], max(end, marks[-1][1]))
        else:
            marks.append((start, end))
    return marks
