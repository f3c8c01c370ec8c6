"""Measures the second check on the sentences of docs/second-check and writes the table of its page.

`python tools/second_check_rates.py` writes docs/second-check/README.md again; `--misses SET` prints what is wrong in a
set, but for the sets put aside, whose sentences nobody should look at while the rules are changed.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from caseworker_app.features.handover.domain.hits import HIT_KIND_LABELS, HitKind, KnownPeople
from caseworker_app.features.handover.domain.word_check import check_words

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "second-check"
PAGE = FOLDER / "README.md"
BEGIN, END = "<!-- rates -->", "<!-- end of rates -->"
# What each set is called in the table; the last ones were written before the rules saw any of their sentences.
SETS = {
    "building": "building", "first-try": "first try", "new-try": "new try", "held-out": "put aside",
    "last-try": "last try", "new-held-out": "new, put aside", "plain-try": "plain try",
    "blind-try": "blind try", "other-voices": "other voices", "third-voices": "third voices",
}  # fmt: skip
MAY_BE_READ = ("building", "first-try", "new-try", "blind-try", "other-voices")
DAY = date(2026, 11, 24)
# The household all sentences are told of.
PEOPLE = KnownPeople(
    expected=(
        "Mme Solène Marchadier",
        "M. Yanis Marchadier",
        "Claire Lenoir",
        "Mme Sophie Vannier",
        "Valmère Habitat",
    ),
    children=("Lila", "Rose"),
    others=("Fernande",),
    hidden=("639981247", "8 allée des Glycines"),
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence and the kinds that should be shown in it."""

    text: str
    expected: frozenset[HitKind]

    @property
    def shown(self) -> frozenset[HitKind]:
        """The kinds the second check shows in it."""
        return frozenset(hit.kind for hit in check_words("", self.text, PEOPLE, DAY))


@dataclass(slots=True)
class Rates:
    """How often the check is right on a set, by kind and as a whole."""

    right: Counter[HitKind] = field(default_factory=Counter)
    missed: Counter[HitKind] = field(default_factory=Counter)
    wrong: Counter[HitKind] = field(default_factory=Counter)
    sensitive: int = 0
    stopped: int = 0
    harmless: int = 0
    flagged: int = 0

    def add(self, sentence: Labelled) -> None:
        """Count a sentence."""
        shown = sentence.shown
        self.right.update(sentence.expected & shown)
        self.missed.update(sentence.expected - shown)
        self.wrong.update(shown - sentence.expected)
        if sentence.expected:
            self.sensitive += 1
            self.stopped += bool(shown)
        else:
            self.harmless += 1
            self.flagged += bool(shown)

    def recall(self, kind: HitKind | None = None) -> float:
        """Return the share of what should be shown that is, of a kind or of all; 1 when there is nothing."""
        right = self.right[kind] if kind else self.right.total()
        missed = self.missed[kind] if kind else self.missed.total()
        return right / (right + missed) if right + missed else 1.0

    def precision(self, kind: HitKind | None = None) -> float:
        """Return the share of what is shown that should be, of a kind or of all; 1 when nothing is shown."""
        right = self.right[kind] if kind else self.right.total()
        wrong = self.wrong[kind] if kind else self.wrong.total()
        return right / (right + wrong) if right + wrong else 1.0

    @property
    def stops(self) -> float:
        """The share of sentences that should not leave as they are in which something is shown."""
        return self.stopped / self.sensitive

    @property
    def disturbs(self) -> float:
        """The share of harmless sentences in which something is shown all the same."""
        return self.flagged / self.harmless


def sentences_of(name: str) -> Iterator[Labelled]:
    """Yield the sentences of a set."""
    with (FOLDER / f"{name}.toml").open("rb") as stream:
        groups = tomllib.load(stream)["group"]
    for group in groups:
        expected = frozenset(HitKind(kind) for kind in group["expected"])
        yield from (Labelled(text, expected) for text in group["sentences"])


def measure(name: str) -> Rates:
    """Measure a set."""
    rates = Rates()
    for sentence in sentences_of(name):
        rates.add(sentence)
    return rates


def table() -> str:
    """Return the tables of the page."""
    measured = {name: measure(name) for name in SETS}
    head = ["| | " + " | ".join(SETS.values()) + " |", "|---|" + "---|" * len(SETS)]
    lines = [
        _line("sentences", (str(r.sensitive + r.harmless) for r in measured.values())),
        _line("sensitive sentences stopped", (_share(r.stopped, r.sensitive) for r in measured.values())),
        _line("harmless sentences shown", (_share(r.flagged, r.harmless) for r in measured.values())),
        _line("recall, kind by kind", (_percent(r.recall()) for r in measured.values())),
        _line("precision, kind by kind", (_percent(r.precision()) for r in measured.values())),
    ]
    kinds = ["", "Recall (found / expected) and precision by kind:", "", *head]
    kinds += [_line(HIT_KIND_LABELS[kind], (_kind(r, kind) for r in measured.values())) for kind in HitKind]
    return "\n".join([*head, *lines, *kinds])


def page() -> str:
    """Return the page with its tables as they are measured now."""
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{rest.split(END)[1]}"


def _line(title: str, values: Iterator[str]) -> str:
    return f"| {title} | " + " | ".join(values) + " |"


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({_percent(part / whole)})" if whole else "–"


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"


def _kind(rates: Rates, kind: HitKind) -> str:
    expected = rates.right[kind] + rates.missed[kind]
    if not expected + rates.wrong[kind]:
        return "–"
    found = f"{rates.right[kind]}/{expected}"
    return f"{found} ({_percent(rates.recall(kind))}), {_percent(rates.precision(kind))}"


def _print_misses(name: str) -> None:
    for sentence in sentences_of(name):
        missed, wrong = sentence.expected - sentence.shown, sentence.shown - sentence.expected
        if missed or wrong:
            print(f"missed {sorted(missed)} wrong {sorted(wrong)}: {sentence.text}")


def main() -> None:
    """Write the page, or print what is wrong in a set that may be read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", choices=MAY_BE_READ)
    asked = parser.parse_args()
    if asked.misses:
        _print_misses(asked.misses)
    else:
        PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
