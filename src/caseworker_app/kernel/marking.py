"""Which letters of a text were found: those a typed word begins, whatever accents, spaces or hyphens stand there."""

from __future__ import annotations

from collections.abc import Iterable

from caseworker_app.kernel.folding import fold

Mark = tuple[int, int]


def marks_in(text: str, sought: Iterable[str]) -> list[Mark]:
    """Return where the folded words `sought` begin words of `text`: first and past-the-end positions, in order.

    « legoff » is found in « Le Goff », « 0639 » in « 06 39 98 12 47 »; marks that touch are joined.
    """
    letters, begins = _letters(text)
    joined = "".join(letter for _, letter in letters)
    found = []
    for word in sought:
        place = joined.find(word) if word else -1
        while place >= 0:
            if place in begins:
                found.append((letters[place][0], letters[place + len(word) - 1][0] + 1))
            place = joined.find(word, place + 1)
    return _joined(sorted(found))


def _letters(text: str) -> tuple[list[tuple[int, str]], set[int]]:
    """Return the folded letters with the position each comes from, and which of them begin a word."""
    letters: list[tuple[int, str]] = []
    begins = set()
    between = True
    for position, sign in enumerate(text):
        folded = fold(sign)
        if folded and between:
            begins.add(len(letters))
        between = not folded
        letters += [(position, letter) for letter in folded.replace(" ", "")]
    return letters, begins


def _joined(found: list[Mark]) -> list[Mark]:
    marks: list[Mark] = []
    for start, end in found:
        if marks and start <= marks[-1][1]:
            marks[-1] = (marks[-1][0], max(end, marks[-1][1]))
        else:
            marks.append((start, end))
    return marks
