"""Killed at any instant of a day's work, a file opens again with everything that was confirmed, and nothing half-done.

By default a sample: fixed seeds, and as many that differ each run and are told by a failure. All three hundred kills:
`python3 run.py bench --only kills`, or PASSERELLE_KILLS=300.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

import pytest

from tests.endurance.lives import FORKS, KILLS, Figures, Ground, Killer, grounds, live

FIXED = range(4)
# Without forks each day is a process that imports everything again.
SAMPLE = int(os.environ.get("PASSERELLE_KILLS", "40" if FORKS else "10")) // KILLS


@pytest.fixture(scope="module")
def ground(_stores: None) -> Iterator[tuple[Ground, Killer]]:
    with grounds() as made:
        yield made


def lived(ground: tuple[Ground, Killer], seed: int) -> Figures:
    figures = Figures()
    live(*ground, seed, figures)
    return figures


@pytest.mark.parametrize("seed", [*FIXED][:SAMPLE])
def test_a_day_killed_at_instants_drawn_once_for_all_loses_nothing_confirmed(
    ground: tuple[Ground, Killer], seed: int
) -> None:
    assert lived(ground, seed).faults == []


@pytest.mark.parametrize("number", range(SAMPLE - len(FIXED)))
def test_a_day_killed_at_instants_drawn_anew_loses_nothing_confirmed(
    ground: tuple[Ground, Killer], number: int
) -> None:
    figures = lived(ground, random.SystemRandom().randrange(1 << 30))
    assert figures.faults == []
    assert figures.kills == KILLS


def test_the_judge_sees_what_is_lost(ground: tuple[Ground, Killer], tmp_path) -> None:
    """The judge of these tests can say no: each kind of loss, made by hand, is told."""
    from tests.endurance import losses

    for name, spoil in losses.LOSSES.items():
        faults = losses.judged_after(ground[0], tmp_path / name, spoil)
        assert faults, name
    assert losses.judged_after(ground[0], tmp_path / "none", lambda _folder, _key, _told: None) == []
