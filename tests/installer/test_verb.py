"""`run.py package`: what it needs of the system; the two names of the packaged program."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

import run
from caseworker_app import __main__ as program


def test_without_root_the_line_names_what_builds_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "on_linux", lambda: True)
    monkeypatch.setattr(run, "is_root", lambda: False)
    monkeypatch.setattr(run, "library_loads", lambda name: True)
    monkeypatch.setattr(run, "missing_python_parts", list)
    monkeypatch.setattr(
        run.shutil,
        "which",
        dict.fromkeys(["apt-get", *run.TEST_PROGRAMS.keys() - {"pdffonts"}], "x").get,
    )
    with pytest.raises(run.SetupError) as refusal:
        run.ensure_system(for_tests=True, for_packages=True)
    assert str(refusal.value).endswith("poppler-utils binutils dpkg nsis p7zip-full")


def test_tests_do_not_ask_for_what_builds_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "library_loads", lambda name: False)
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    assert "nsis" not in run.missing_packages(for_tests=True)


def test_under_its_terminal_name_no_window_is_opened(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["/usr/bin/caseworker-app"])
    assert program.main() == 2
    assert "COMMANDE" in capsys.readouterr().err


def test_packaged_it_serves_as_a_process_when_started_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("multiprocessing.freeze_support", lambda: asked.append("process"))
    monkeypatch.setitem(sys.modules, "pyi_rth_multiprocessing", ModuleType("pyi_rth_multiprocessing"))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "argv", ["passerelle", "documents"])
    program.main()
    assert asked == []
    monkeypatch.setattr(sys, "argv", ["caseworker-app", "--multiprocessing-fork", "pipe_handle=9"])
    program.main()
    assert asked == ["process"]
