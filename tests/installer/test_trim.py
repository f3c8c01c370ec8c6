"""What is left out of the frozen program, on the real libraries of the environment."""

from __future__ import annotations

import sys
from pathlib import Path

import PySide6
import pytest

from tools.packaging import trim

QT = Path(PySide6.__file__).parent


def entry(path: str, kind: str = "BINARY") -> trim.Entry:
    return f"PySide6/{path}", str(QT / path), kind


@pytest.fixture
def gathered() -> list[trim.Entry]:
    plugins = [
        entry(path.relative_to(QT).as_posix()) for path in sorted((QT / "Qt" / "plugins").rglob("*.so"))
    ]
    libraries = [
        entry(path.relative_to(QT).as_posix())
        for path in sorted((QT / "Qt" / "lib").glob("lib*.so*"))
        if path.name.startswith(("libQt6", "libicu"))
    ]
    return [entry("QtWidgets.abi3.so", "EXTENSION"), *plugins, *libraries]


linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads Linux libraries")


@linux
@pytest.mark.slow
def test_only_the_qt_that_is_used_is_carried(gathered: list[trim.Entry]) -> None:
    names = {Path(target).name for target, _, _ in trim.kept_binaries(gathered)}
    assert {"libQt6Core.so.6", "libQt6Widgets.so.6", "libQt6XcbQpa.so.6", "libicudata.so.73"} <= names
    assert {"libqxcb.so", "libqwayland.so", "libqoffscreen.so", "libqsvg.so"} <= names
    left = {"Qml", "Quick", "VirtualKeyboard", "EglFS", "Designer", "Sql", "Network"}
    assert not [name for name in names if any(name.startswith(f"libQt6{part}") for part in left)]
    assert "libqgtk3.so" not in names


@linux
def test_every_plugin_asked_for_exists() -> None:
    shipped = {path.parent.name: set[str]() for path in (QT / "Qt" / "plugins").rglob("*.so")}
    for path in (QT / "Qt" / "plugins").rglob("*.so"):
        shipped[path.parent.name].add(path.stem.removeprefix("lib"))
    elsewhere = {"qcocoa", "qwindows", "windowsprintersupport"}
    missing = {
        f"{folder}/{name}"
        for folder, wanted in trim.QT_PLUGINS.items()
        for name in wanted - elsewhere
        if name not in shipped.get(folder, set())
    }
    assert missing == set()


@linux
def test_what_only_qt_asks_of_the_system_is_left_to_it() -> None:
    of_system = ("libX11.so.6", "/usr/lib/x86_64-linux-gnu/libX11.so.6", "BINARY")
    kept = trim.kept_binaries([entry("QtCore.abi3.so", "EXTENSION"), of_system])
    assert of_system not in kept


def test_data_is_french_and_what_somebody_reads() -> None:
    kept = {
        "PySide6/Qt/translations/qtbase_fr.qm",
        "stdnum/iban.dat",
        "caseworker_app/_resources/parameters/rent_arrears.toml",
    }
    left = {"PySide6/Qt/translations/qtbase_de.qm", "PySide6/Qt/qml/QtQml/qmldir", "stdnum/cn/loc.dat"}
    entries = [(target, "", "DATA") for target in kept | left]
    assert {target for target, _, _ in trim.kept_datas(entries, [])} == kept


def test_links_follow_their_libraries() -> None:
    links = [("libQt6Core.so.6", "", "SYMLINK"), ("libQt6Qml.so.6", "", "SYMLINK")]
    assert trim.kept_datas(links, [entry("Qt/lib/libQt6Core.so.6")]) == links[:1]


def test_every_font_of_printed_pages_is_carried_with_its_licence() -> None:
    from caseworker_app.pdf import fonts

    carried = {Path(name).name for name in trim.FONT_FILES}
    assert {*fonts._FILES.values(), "LICENSE.txt"} == carried


def test_the_register_of_ibans_is_the_one_looked_up() -> None:
    import stdnum

    assert all((Path(stdnum.__file__).parent / name).is_file() for name in trim.REGISTERS)
