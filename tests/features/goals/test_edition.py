"""The grid an association writes: what may be recorded, what an edition changes, what older words become."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.goals.domain import edition
from caseworker_app.features.goals.domain.autonomy import (
    DomainLevel,
    Evaluation,
    EvaluationWithLevels,
    Level,
    Trend,
    View,
)
from caseworker_app.features.goals.domain.comparing import Pair, compared_domains, version_words
from caseworker_app.features.goals.domain.edition import GridDraft, GridEdition
from caseworker_app.features.goals.domain.evaluating import EvaluationSheet, ViewSheet, on_grid
from caseworker_app.features.goals.domain.grid import (
    DEFAULT_SET,
    MOST_DOMAINS,
    Grid,
    Grids,
    grid_on,
)
from caseworker_app.kernel.errors import InvalidEntry

DAY = date(2026, 11, 24)
GRID = grid_on(DAY)
BEGUN = edition.draft_of(GRID)
CODES = [each.code for each in GRID.known]
ANCHORS = ("Rien encore", "Un peu", "Assez", "Bien", "Seul")


def recorded(draft: GridDraft, code: str = "2026-11-24-1-abcd", day: date = DAY) -> Grid:
    return edition.grid_of(GridEdition("i", "v", code, day, edition.content_of(draft)))


def with_words(draft: GridDraft, code: str, **words: object) -> GridDraft:
    found = draft.domain(code)
    assert found is not None
    return edition.reworded(draft, replace(found, **words))  # type: ignore[arg-type]


def mobility(draft: GridDraft = BEGUN) -> GridDraft:
    made, code = edition.added(edition.left_out(draft, "employment"), "Mobilité")
    return with_words(made, code, anchors=ANCHORS)


def evaluated(grid: Grid, day: date, **levels: Level) -> EvaluationWithLevels:
    own = Evaluation(str(day), "v", "h", day, View.WORKER, grid.version, None)
    rows = tuple(DomainLevel(c, "v", "h", own.id, c, at, None) for c, at in levels.items())
    return EvaluationWithLevels(own, rows, grid)


# Any run of edits, each a function of the draft and a number.
def _edit(draft: GridDraft, what: int, place: int) -> GridDraft:
    domain = draft.domains[place % len(draft.domains)]
    if what == 0:
        return edition.left_out(draft, domain.code)
    if what == 1:
        return edition.taken_back(draft, domain.code)
    if what == 2:
        return edition.put_before(draft, domain.code, draft.domains[0].code)
    if what == 3:
        return edition.with_set(draft, "maesf", [domain.code])
    if what == 4 and len(draft.used) < MOST_DOMAINS:
        made, code = edition.added(draft, "Mobilité")
        return with_words(made, code, anchors=ANCHORS, label=f"Nouveau {len(made.domains)}",
                          short_label=f"N {len(made.domains)}")  # fmt: skip
    return edition.with_set(draft, "maesf", None)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 40)), max_size=12))
def test_whatever_is_edited_no_domain_that_served_is_lost(edits: list[tuple[int, int]]) -> None:
    draft = BEGUN
    for what, place in edits:
        draft = _edit(draft, what, place)
    assert set(CODES) <= {each.code for each in draft.domains}
    codes = [each.code for each in draft.domains]
    assert len(set(codes)) == len(codes)
    try:
        checked = edition.checked_draft(draft, GRID)
    except InvalidEntry:
        return
    grid = recorded(checked)
    assert 1 <= len(grid.domains) <= MOST_DOMAINS
    assert edition.draft_of(grid) == checked
    used = {each.code for each in grid.domains}
    for kind, asked in grid.sets:
        assert asked
        assert set(asked) <= used, kind
    assert all(not each.left_out for each in grid.domains_for("maesf"))
    assert all(grid.domain(code).label for code in CODES)


@given(st.lists(st.integers(0, 3000), min_size=1, max_size=6, unique=True), st.integers(0, 3000))
def test_the_version_of_a_day_is_the_last_one_begun_by_then(starts: list[int], asked: int) -> None:
    base = date(2026, 1, 1).toordinal()
    days = sorted(date.fromordinal(base + each) for each in starts)
    grids = Grids(tuple(recorded(mobility(), f"v{n}", day) for n, day in enumerate(days)))
    day = date.fromordinal(base + asked)
    begun = [grid for grid in grids.editions if grid.start <= day]
    assert grids.on(day) == (begun[-1] if begun else grid_on(day))
    for grid in grids.editions:
        assert grids.of_version(grid.version) is grid
        assert grids.knows(grid.version)
    assert grids.of_version(GRID.version) == GRID
    assert not grids.knows("1998-1")


def test_an_edition_that_changes_nothing_is_refused() -> None:
    with pytest.raises(InvalidEntry, match="Rien n’a changé"):
        edition.checked_draft(BEGUN, GRID)


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (with_words(BEGUN, "budget", label="  "), "budget:label"),
        (with_words(BEGUN, "budget", short_label=""), "budget:short_label"),
        (with_words(BEGUN, "budget", anchors=("a", "b", "", "d", "e")), "budget:anchor2"),
        (with_words(BEGUN, "budget", anchors=("a", "b", "A", "d", "e")), "budget:anchor0"),
        (with_words(BEGUN, "budget", label="Dettes"), "debts:label"),
        (with_words(BEGUN, "health", housing=True), "health:housing"),
        (with_words(BEGUN, "upkeep", internal=True), "upkeep:housing"),
        (GridDraft(BEGUN.domains[1:], BEGUN.sets), "domains"),
        (edition.with_set(BEGUN, DEFAULT_SET, []), "sets"),
    ],
)
def test_what_is_missing_is_told_at_its_place(draft: GridDraft, field: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        edition.checked_draft(draft, GRID)
    assert refused.value.field == field


def test_health_and_children_stay_internal() -> None:
    opened = with_words(BEGUN, "health", internal=False, label="Santé, soins")
    checked = edition.checked_draft(opened, GRID)
    found = checked.domain("health")
    assert found is not None
    assert found.internal


def test_a_fifteenth_domain_waits_for_a_place() -> None:
    with pytest.raises(InvalidEntry, match="laissez-en un de côté"):
        edition.added(BEGUN, "Mobilité")
    draft = mobility()
    assert [each.code for each in draft.used][-1] == "Mobilité"
    assert "Mobilité" in draft.asked(DEFAULT_SET)
    again, code = edition.added(edition.left_out(draft, "Mobilité"), "Mobilité")
    assert code == "Mobilité (2)"
    assert again.domain("Mobilité") is not None


def test_what_an_edition_changes_is_told_in_words() -> None:
    draft = with_words(mobility(), "budget", label="Budget du foyer")
    words = edition.difference_words(GRID, draft)
    assert words.startswith(
        "Ajouté\u00a0: Mobilité. Laissé de côté\u00a0: Emploi et ressources. Reformulé\u00a0: "
    )
    assert edition.difference_words(GRID, BEGUN) == ""
    moved = edition.put_before(BEGUN, "rights", "budget")
    assert edition.difference_words(GRID, moved) == "Ordre changé"


def test_two_versions_are_compared_where_their_words_are_the_same() -> None:
    later = recorded(with_words(mobility(), "budget", anchors=ANCHORS))
    before = evaluated(
        GRID, date(2026, 4, 6), budget=Level.FRAGILE, debts=Level.FRAGILE, employment=Level.STABLE
    )
    after = evaluated(later, DAY, budget=Level.STABLE, debts=Level.STABLE, Mobilité=Level.FRAGILE)
    pair = Pair(after, before)
    found = {each.domain.code: each for each in compared_domains(pair)}
    assert found["debts"].trend is Trend.PROGRESS
    assert found["budget"].trend is Trend.NOT_COMPARABLE
    # Each level keeps the words it was chosen by.
    assert found["budget"].earlier_anchor == GRID.domain("budget").anchors[1]
    assert found["budget"].anchor == ANCHORS[2]
    assert found["employment"].before is Level.STABLE
    words = version_words(pair)
    assert (
        "reformulé\u00a0: Budget\u202f; ajouté\u00a0: Mobilité\u202f; laissé de côté\u00a0: Emploi" in words
    )
    assert version_words(Pair(before)) == ""
    assert version_words(Pair(evaluated(later, DAY, debts=Level.STABLE), before)) != ""
    only_debts = evaluated(GRID, date(2026, 4, 6), debts=Level.FRAGILE)
    assert version_words(Pair(evaluated(later, DAY, debts=Level.STABLE), only_debts)) == ""


def test_a_domain_only_the_earlier_version_knows_keeps_its_words() -> None:
    early = recorded(mobility(), "early", date(2026, 1, 1))
    before = evaluated(early, date(2026, 2, 1), Mobilité=Level.STABLE)
    pair = Pair(evaluated(GRID, DAY, budget=Level.STABLE), before)
    last = compared_domains(pair)[-1]
    assert (last.domain.label, last.before, last.after) == ("Mobilité", Level.STABLE, Level.NOT_ASSESSED)
    assert last.earlier_anchor == ANCHORS[2]


@given(
    st.dictionaries(st.sampled_from([*CODES, "Mobilité", "Loisirs"]), st.sampled_from(list(Level))),
    st.dictionaries(st.sampled_from([*CODES, "Mobilité"]), st.text("abcé ", min_size=1, max_size=12)),
)
def test_a_sheet_put_on_another_version_loses_nothing(
    levels: dict[str, Level], observations: dict[str, str]
) -> None:
    sheet = EvaluationSheet("", View.WORKER, {View.WORKER: ViewSheet(levels, observations, "Vu ensemble")})
    put = on_grid(sheet, GRID).sheet(View.WORKER)
    for code, level in levels.items():
        if GRID.holds(code):
            assert put.level(code) is level
        elif level is not Level.NOT_ASSESSED:
            assert code in put.note
    for code, text in observations.items():
        assert put.observations.get(code) == text or (not GRID.holds(code) and text in put.note)
    assert put.note.startswith("Vu ensemble")


def test_an_older_version_taken_up_again_leaves_out_what_it_did_not_know() -> None:
    now = recorded(mobility())
    again = edition.checked_draft(edition.onto(edition.draft_of(GRID), now), now)
    found = again.domain("Mobilité")
    assert found is not None
    assert found.left_out
    assert [each.code for each in again.used] == CODES
