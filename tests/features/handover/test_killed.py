"""A transmission killed at any moment leaves no PDF without its line in the register, nor the reverse."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from caseworker_app.features.handover.documents.review import render_review
from caseworker_app.features.handover.domain.choices import ReviewChoices
from caseworker_app.features.handover.domain.transmission import ReviewRequest
from caseworker_app.features.handover.service import reviews
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.storage.encrypted_file import EncryptedFile
from tests.features.handover.rich_household import PERIOD, Rich, build
from tests.ground import KEY, NOW

ROOT = Path(__file__).parents[3]
SCRIPT = """
import os, sys
from datetime import date
from pathlib import Path
from caseworker_app.bootstrap.stores import load_stores
from caseworker_app.features.handover.documents.review import render_review
from caseworker_app.features.handover.domain.choices import ReviewChoices
from caseworker_app.features.handover.domain.transmission import ReviewRequest
from caseworker_app.features.handover.service import delivery, reviews
from caseworker_app.features.team import service as team
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.kernel.dates import Period
from caseworker_app.storage.encrypted_file import EncryptedFile
from tests.ground import KEY, NOW

folder, household, out, moment = sys.argv[1:]
load_stores()
file = EncryptedFile.open(Path(folder), KEY, FixedClock(NOW))

def die(*_):
    os._exit(9)

def staged_then_die(*arguments):
    stage(*arguments)
    die()

stage = delivery.stage
if moment == "staged":
    delivery.stage = staged_then_die
elif moment == "committed":
    delivery.deliver = die
render = die if moment == "rendering" else render_review
request = ReviewRequest(household, Period(date(2026, 5, 25), date(2026, 11, 24)))
reviews.transmit_review(file, team.owner(file), request, ReviewChoices(), Path(out), render)
print("alive")
"""


def killed_at(moment: str, folder: Path, rich: Rich, out: Path) -> None:
    """Transmit in a process of its own that ends there without a word."""
    command = [sys.executable, "-c", SCRIPT, str(folder), rich.household_id, str(out), moment]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (9, ""), done.stderr


@pytest.fixture
def made(file: EncryptedFile, who: Who) -> tuple[Path, Rich]:
    rich = build(file, who)
    folder = file.folder
    file.close()
    return folder, rich


def reopened(folder: Path) -> EncryptedFile:
    return EncryptedFile.open(folder, KEY, FixedClock(NOW))


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["rendering", "staged"])
def test_killed_before_the_commit_nothing_left_the_house(
    made: tuple[Path, Rich], tmp_path: Path, moment: str
) -> None:
    folder, rich = made
    out = tmp_path / "bilan.pdf"
    killed_at(moment, folder, rich, out)
    assert not out.exists()
    with reopened(folder) as file:
        who = team.owner(file)
        assert reviews.finish_transmissions(file, who) == []
        with file.reading() as connection:
            assert reviews.register_of(connection, who) == []
        request = ReviewRequest(rich.household_id, PERIOD)
        line, _ = reviews.transmit_review(file, who, request, ReviewChoices(), out, render_review)
    # The number was not lost, and what the killed one left waiting is gone.
    assert line.number.endswith("-0001")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["bilan.pdf"]


@pytest.mark.slow
def test_killed_after_the_commit_the_document_takes_its_place_at_the_next_start(
    made: tuple[Path, Rich], tmp_path: Path
) -> None:
    folder, rich = made
    out = tmp_path / "bilan.pdf"
    killed_at("committed", folder, rich, out)
    assert not out.exists()
    with reopened(folder) as file:
        who = team.owner(file)
        with file.reading() as connection:
            (line,) = reviews.register_of(connection, who)
        assert reviews.finish_transmissions(file, who) == []
    import hashlib

    assert hashlib.sha256(out.read_bytes()).hexdigest() == line.sha256


@pytest.mark.slow
def test_a_waiting_document_that_was_damaged_is_told(made: tuple[Path, Rich], tmp_path: Path) -> None:
    folder, rich = made
    out = tmp_path / "bilan.pdf"
    killed_at("committed", folder, rich, out)
    (waiting,) = tmp_path.glob(".*.part")
    waiting.write_bytes(b"damaged")
    with reopened(folder) as file:
        (left,) = reviews.finish_transmissions(file, team.owner(file))
    assert "refaites-le" in left.sentence
    assert not out.exists()
