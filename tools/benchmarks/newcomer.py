"""How long a newcomer would take to follow sixty measures of a table of theirs: *estimated*, keystroke by keystroke.

The operators are those of Card, Moran & Newell (« The keystroke-level model for user performance time with interactive
systems », Communications of the ACM, 1980), with what they give for an average person; reading is counted besides, at
the pace of a careful reader, for **every** word of every page. Nobody was watched: docs/newcomer.md says what this
leaves out. Run as `python -m tools.benchmarks.newcomer LAYOUT`; answers its stages as JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from tools.benchmarks.children import answer_of
from tools.benchmarks.table import Line, plain_line

AIM_S = 15 * 60
# Seconds. K: a key, for somebody who types little (40 words a minute are 0.28; seldom typing 0.5; hunting 1.2).
KEY_S = 0.5
# A command of several keys that one has to find first on the page.
UNKNOWN_KEY_S = 1.2
# M: one thinks before acting; counted before each command and each field.
MENTAL_S = 1.35
# H: from the mouse to the keyboard or back, once a page; P: a thing pointed at, for who clicks rather than types.
HAND_S, POINT_S = 0.4, 1.1
# A choice among columns or doubts is read, weighed and made: several M, and no figure of theirs covers it.
DECISION_S = 20.0
# Careful reading, 150 words a minute; adults read silently at about 240.
WORD_S = 0.4
# A group of five signs copied by hand on paper, letter by letter, then looked over.
GROUP_S = 12.0
# Finding one's own file in the dialog of the system: folder, name, « Ouvrir ».
FIND_FILE_S = 30.0


class Passed(Protocol):
    """A page passed, as `tests.desk.newcomer` tells it."""

    name: str
    keys: int
    letters: int
    copied: int
    decisions: int
    words: int
    waited: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """Seconds: `person` reads, thinks and types; `waited` is what the program took on this machine."""

    person: float
    waited: float

    @property
    def whole(self) -> float:
        """Both together."""
        return self.person + self.waited


def estimate(stages: Sequence[Passed]) -> Estimate:
    """Return what somebody new would take over some pages."""
    person = FIND_FILE_S + sum(map(_seconds, stages))
    return Estimate(person, sum(stage.waited for stage in stages))


def _seconds(stage: Passed) -> float:
    reading = stage.words * WORD_S
    acting = stage.keys * (MENTAL_S + POINT_S + UNKNOWN_KEY_S) + HAND_S + stage.letters * KEY_S
    return reading + acting + stage.decisions * DECISION_S + stage.copied * GROUP_S


def following_sixty() -> list[Line]:
    """Return two rows for each table tried: what a newcomer is estimated to take, and what the program took of it."""
    from tests.features.intake.messy_trackers import LAYOUTS

    lines = []
    for name in LAYOUTS:
        told = answer_of("tools.benchmarks.newcomer", name)
        counted = f"{told['keys']} commands, {told['letters']} letters, {told['decisions']} decisions"
        lines.append(
            _minutes_line(
                f"a newcomer, 60 measures, {name}: {counted}; estimated", told["person"] + told["waited"]
            )
        )
        lines.append(plain_line(f"a newcomer, {name}: of which the program made wait", told["waited"], "s"))
    return lines


def _minutes_line(what: str, seconds: float) -> Line:
    return Line(
        what, f"{seconds / 60:.1f} min", "—", "—", f"≤ {AIM_S // 60} min, estimated", seconds <= AIM_S
    )


def main(layout: str) -> dict[str, Any]:
    """Play a table from an empty folder, and return what it took."""
    import tempfile

    from PySide6.QtWidgets import QApplication

    from caseworker_app.shell.language import speak_french
    from caseworker_app.ui_kit.dress import dress, prepare
    from tests.desk.edges import edges
    from tests.desk.newcomer import Newcomer, program_on
    from tests.features.intake.messy_trackers import LAYOUTS

    prepare()
    app = QApplication(sys.argv[:1])
    speak_french(app)
    dress(app)
    write, ending = LAYOUTS[layout]
    with tempfile.TemporaryDirectory(prefix="passerelle-newcomer-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        table = write(folder / f"suivi.{ending}")
        with (
            program_on(app, folder / "fichier") as program,
            edges(table, folder / "unused.xlsx", folder / "unused.pdf"),
        ):
            person = Newcomer(app, program)
            person.play()
            return _told(person)


def _told(person: Any) -> dict[str, Any]:
    made = estimate(person.stages)
    sums = {
        key: sum(getattr(each, key) for each in person.stages) for key in ("keys", "letters", "decisions")
    }
    return {**asdict(made), **sums, "stages": [asdict(each) for each in person.stages]}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1])))
