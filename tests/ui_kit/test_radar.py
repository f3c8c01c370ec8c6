"""The star of levels: words whole and apart at every size, lines that stop, domains drawn as what they are."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from caseworker_app.ui_kit.radar import AFTER_TONE, BEFORE_TONE, RINGS, Radar, RadarAxis
from caseworker_app.ui_kit.theme import colour, px
from tests.ui_kit.inspection import contrast

LABELS = (
    "Logement", "Appropriation", "Entretien", "Loyer", "Budget", "Dettes", "Énergie, eau", "Voisinage",
    "Démarches", "Droits", "Emploi", "Santé", "Enfants", "Lien social",
)  # fmt: skip


def axes(count: int = 14, **changed: RadarAxis) -> list[RadarAxis]:
    made = [
        RadarAxis(
            str(i), label, 2, 4, f"{label} : fragile, en progrès", internal=label in ("Santé", "Enfants")
        )
        for i, label in enumerate(LABELS[:count])
    ]
    return [changed.get(f"at{axis.key}", axis) for axis in made]


def remark(key: str, words: str, *, applies: bool) -> RadarAxis:
    return RadarAxis(key, LABELS[int(key)], 2, None, words, remark=words, applies=applies)


def shown(qtbot, made: list[RadarAxis], wide: int = 396) -> Radar:
    radar = Radar("Schéma d’autonomie")
    qtbot.addWidget(radar)
    radar.set_axes(made)
    radar.resize(max(wide, radar.minimumSizeHint().width()), radar.sizeHint().height())
    return radar


def boxes(radar: Radar) -> list[QRect]:
    return [
        radar._label_box(i, radar._label_width(axis) + 2, px(16) * (2 if axis.remark else 1))
        for i, axis in enumerate(radar.axes)
    ]


@pytest.mark.parametrize("scale", [100, 125, 150])
@pytest.mark.parametrize("count", [3, 4, 6, 10, 14])
@pytest.mark.parametrize("wide", [330, 396, 700])
def test_words_stand_whole_apart_and_outside_the_star(
    qtbot, dressed, scale: int, count: int, wide: int
) -> None:
    dressed("light", scale)
    made = axes(
        count, at1=remark("1", "non évalué", applies=True), at2=remark("2", "sans objet", applies=False)
    )
    radar = shown(qtbot, made, px(wide))
    places = boxes(radar)
    assert all(radar.rect().contains(box) for box in places)
    assert not [pair for pair in combinations(places, 2) if pair[0].intersects(pair[1])]
    rim = [radar._point(i, RINGS).toPoint() for i in range(count)]
    assert not [box for box, point in zip(places, rim, strict=True) if box.contains(point)]


def pixels(radar: Radar, token: str, box: QRect) -> int:
    image: QImage = radar.grab().toImage()
    name = colour(token).name()
    return sum(
        image.pixelColor(x, y).name() == name
        for x in range(box.left(), box.right())
        for y in range(box.top(), box.bottom())
    )


def around(radar: Radar, index: int, level: float, reach: int = 6) -> QRect:
    centre = radar._point(index, level).toPoint()
    return QRect(centre - QPoint(reach, reach), centre + QPoint(reach, reach))


def test_lines_stop_where_a_domain_was_not_assessed(qtbot, dressed) -> None:
    whole = shown(qtbot, axes())
    middle = around(whole, 4, 4).translated((whole._point(5, 4).toPoint() - whole._point(4, 4).toPoint()) / 2)
    assert pixels(whole, AFTER_TONE, middle)
    broken = shown(qtbot, axes(at5=remark("5", "non évalué", applies=True)))
    assert not pixels(broken, AFTER_TONE, middle)
    assert pixels(broken, BEFORE_TONE, around(broken, 5, 2)), "the earlier date keeps its mark"


def test_a_domain_without_object_has_no_spoke_and_one_not_assessed_a_dotted_one(qtbot, dressed) -> None:
    def spoke(radar: Radar) -> bytes:
        # Between two rings, where nothing but the spoke is drawn.
        box = around(radar, 7, 4.5, 4)
        return bytes(radar.grab().toImage().copy(box).constBits())

    plain = spoke(shown(qtbot, axes()))
    not_assessed = spoke(shown(qtbot, axes(at7=remark("7", "non évalué", applies=True))))
    without = spoke(shown(qtbot, axes(at7=remark("7", "sans objet", applies=False))))
    assert len({plain, not_assessed, without}) == 3


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_both_dates_and_the_web_are_seen(dressed, appearance: str) -> None:
    dressed(appearance)
    for token in (BEFORE_TONE, AFTER_TONE):
        assert contrast(colour(token), colour("sunken")) >= 4.5
    assert contrast(colour("note"), colour("surface")) >= 4.5


def test_the_domain_stood_on_stays_when_others_are_shown(qtbot, dressed) -> None:
    radar = shown(qtbot, axes())
    radar.stand_on("3")
    radar.set_axes(axes(5))
    assert radar.current_key() == "3"
    radar.set_axes(axes(3))
    assert radar.current_key() == ""
    assert radar.accessibleName() == "Schéma d’autonomie"


def test_the_pointer_says_the_domain_under_it(qtbot, dressed) -> None:
    radar = shown(qtbot, axes())
    radar.show()
    QTest.mouseMove(radar, radar._point(3, 4).toPoint())
    qtbot.waitUntil(lambda: radar.toolTip() == "Loyer : fragile, en progrès")
    with qtbot.waitSignal(radar.stood_on) as told:
        QTest.mouseClick(radar, Qt.MouseButton.LeftButton, pos=radar._point(3, 4).toPoint())
    assert told.args == ["3"]


def test_fewer_than_three_domains_draw_no_star(qtbot, dressed) -> None:
    radar = shown(qtbot, axes(2))
    assert not pixels(radar, AFTER_TONE, radar.rect())
