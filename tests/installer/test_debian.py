"""The Debian package, really built and taken apart again."""

from __future__ import annotations

import re
import stat
import subprocess
from pathlib import Path

import pytest

from caseworker_app import __version__
from tests.installer.conftest import needs_program
from tools.packaging import debian
from tools.packaging.frozen import PackagingFailed

pytestmark = [needs_program("dpkg-deb", "dpkg-query", "objdump"), pytest.mark.usefixtures("qapp", "places")]


@pytest.fixture
def package(frozen: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # What Python's own libraries are called is not Debian's business where Python was built by hand.
    monkeypatch.setattr(debian, "packages_of", lambda libraries: ["libc6", "libx11-6"])
    return debian.build(frozen)


@pytest.fixture
def root(package: Path, tmp_path: Path) -> Path:
    subprocess.run(["dpkg-deb", "--extract", str(package), str(tmp_path / "root")], check=True)
    return tmp_path / "root"


def field(package: Path, name: str) -> str:
    command = ["dpkg-deb", "--field", str(package), name]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_the_version_comes_from_the_program(package: Path) -> None:
    assert field(package, "Version") == __version__
    assert __version__ in package.name


def test_it_depends_on_the_libc_and_the_libraries_it_was_built_with(package: Path) -> None:
    depends = field(package, "Depends").split(", ")
    assert re.fullmatch(r"libc6 \(>= 2\.\d+\)", depends[0])
    assert "libx11-6" in depends
    assert len(depends) == len(set(depends))


def test_both_commands_lead_to_the_program(root: Path, frozen: Path) -> None:
    for command in ("passerelle", "caseworker-app"):
        link = root / "usr" / "bin" / command
        assert not link.readlink().is_absolute(), "it must also work where it is only unpacked"
        assert link.resolve().read_bytes() == (frozen / "passerelle").read_bytes()
        assert link.stat().st_mode & stat.S_IXOTH


def test_links_between_libraries_stay_links(root: Path) -> None:
    assert (root / "usr/lib/passerelle/_internal/libone.so.1").is_symlink()


def test_nobody_but_root_may_write_and_everybody_may_read(root: Path) -> None:
    for path in root.rglob("*"):
        if not path.is_symlink():
            mode = path.stat().st_mode
            assert not mode & (stat.S_IWGRP | stat.S_IWOTH), path
            assert mode & stat.S_IROTH, path


def test_the_desktop_knows_it(root: Path) -> None:
    share = root / "usr" / "share"
    entry = (share / "applications" / "passerelle.desktop").read_text(encoding="utf-8")
    assert "\nExec=passerelle\nIcon=passerelle\n" in entry
    assert (share / "icons/hicolor/48x48/apps/passerelle.png").is_file()
    metainfo = (share / "metainfo/example.passerelle.Passerelle.metainfo.xml").read_text(encoding="utf-8")
    assert f'<release version="{__version__}"' in metainfo
    assert "$" not in metainfo
    assert (share / "man/fr/man1/caseworker-app.1.gz").is_file()


def test_it_asks_nothing_of_the_person_s_files(package: Path) -> None:
    listed = subprocess.run(["dpkg-deb", "--info", str(package)], capture_output=True, text=True, check=True)
    # No script runs at installation or removal: nothing of ours can touch data.
    assert not re.search(r"\b(pre|post)(inst|rm)\b", listed.stdout)


def test_a_library_that_nobody_brings_is_refused() -> None:
    with pytest.raises(PackagingFailed, match=r"libqxcb\.so asks for libnowhere\.so\.9"):
        debian.packages_of({"libnowhere.so.9": "libqxcb.so"})


@needs_program("ldconfig")
def test_the_libc_is_found_in_its_package() -> None:
    assert debian.packages_of({"libc.so.6": "passerelle"}) == ["libc6"]
