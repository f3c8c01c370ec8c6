"""`run.py`: what it installs, what it says when it may not, and how a cut-short set-up heals."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

import run
from tests.living import lives

ROOT = Path(run.__file__).parent


@pytest.fixture
def bare_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Debian with no library of Qt, no program, no screen, and no root."""
    monkeypatch.setattr(run, "on_linux", lambda: True)
    monkeypatch.setattr(run, "has_screen", lambda: False)
    monkeypatch.setattr(run, "is_root", lambda: False)
    monkeypatch.setattr(run, "library_loads", lambda name: False)
    monkeypatch.setattr(run.shutil, "which", {"apt-get": "/usr/bin/apt-get"}.get)


@pytest.fixture
def empty_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A checkout without environment; the list tells which steps of the set-up are run."""
    steps: list[str] = []

    def create_venv() -> None:
        steps.append("create")
        run.program("python").parent.mkdir(parents=True, exist_ok=True)
        run.program("python").touch()

    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(run, "STAMP", tmp_path / ".venv" / "complete.json")
    for name in ("LOCK", "UV_LOCK"):
        monkeypatch.setattr(run, name, tmp_path / name)
        (tmp_path / name).write_text("one==1", encoding="utf-8")
    monkeypatch.setattr(run, "create_venv", create_venv)
    monkeypatch.setattr(run, "install_locked", lambda: steps.append("install"))
    monkeypatch.setattr(run, "point_at_sources", lambda: None)
    return steps


@pytest.mark.usefixtures("bare_linux")
def test_without_root_the_exact_line_is_given() -> None:
    with pytest.raises(run.SetupError) as refusal:
        run.ensure_system()
    assert str(refusal.value).endswith(
        "\n  sudo apt-get install -y --no-install-recommends "
        "libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0"
    )


@pytest.mark.usefixtures("bare_linux")
def test_tests_also_need_a_virtual_screen_and_a_pdf_reader() -> None:
    packages = run.missing_packages(for_tests=True)
    assert {"libxcb-cursor0", "poppler-utils", "xvfb", "xauth"} <= set(packages)


@pytest.mark.usefixtures("bare_linux")
def test_a_window_needs_its_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "has_screen", lambda: True)
    packages = run.missing_packages(for_tests=False)
    assert "libxkbcommon-x11-0" in packages
    assert "xvfb" not in packages


@pytest.mark.usefixtures("bare_linux")
def test_root_installs_them(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(run, "is_root", lambda: True)
    monkeypatch.setattr(run, "apt", lambda *arguments: calls.append(arguments) or 0)
    run.ensure_system()
    assert [call[0] for call in calls] == ["update", "install"]
    assert "libegl1" in calls[1]


@pytest.mark.usefixtures("bare_linux")
def test_a_failed_installation_gives_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "is_root", lambda: True)
    monkeypatch.setattr(run, "apt", lambda *arguments: 100)
    with pytest.raises(run.SetupError, match="apt-get install"):
        run.ensure_system()


@pytest.mark.usefixtures("bare_linux")
def test_another_distribution_is_told_the_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    with pytest.raises(run.SetupError, match="equivalent of these Debian packages"):
        run.ensure_system()


@pytest.mark.usefixtures("bare_linux", "empty_checkout")
def test_debian_packs_venv_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(run.SetupError, match=r"python3\.\d+-venv$"):
        run.ensure_system()


@pytest.mark.usefixtures("bare_linux")
def test_venv_is_not_asked_for_once_the_environment_is_there(
    empty_checkout: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run.ensure_environment()
    monkeypatch.setattr(run.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(run, "library_loads", lambda name: True)
    run.ensure_system()
    assert empty_checkout == ["create", "install"]


def test_windows_and_macos_bring_their_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "on_linux", lambda: False)
    asked: list[str] = []
    monkeypatch.setattr(run, "library_loads", asked.append)
    run.ensure_system(for_tests=True)
    assert asked == []


def test_the_second_start_sets_nothing_up(empty_checkout: list[str]) -> None:
    run.ensure_environment()
    run.ensure_environment()
    assert empty_checkout == ["create", "install"]


def test_a_new_lock_only_installs(empty_checkout: list[str]) -> None:
    run.ensure_environment()
    run.LOCK.write_text("one==2", encoding="utf-8")
    run.ensure_environment()
    assert empty_checkout == ["create", "install", "install"]


def test_a_set_up_cut_short_starts_again_from_nothing(
    empty_checkout: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(run, "install_locked", killed)
        with pytest.raises(KeyboardInterrupt):
            run.ensure_environment()
    run.ensure_environment()
    assert empty_checkout == ["create", "create", "install"]


def test_an_update_cut_short_starts_again_from_nothing(
    empty_checkout: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed() -> None:
        raise KeyboardInterrupt

    run.ensure_environment()
    run.LOCK.write_text("one==2", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(run, "install_locked", killed)
        with pytest.raises(KeyboardInterrupt):
            run.ensure_environment()
    run.ensure_environment()
    assert empty_checkout == ["create", "install", "create", "install"]


def test_a_spoilt_stamp_counts_for_nothing(empty_checkout: list[str]) -> None:
    run.ensure_environment()
    run.STAMP.write_bytes(b"\xff{")
    run.ensure_environment()
    assert empty_checkout.count("create") == 2


def test_pip_is_the_way_back(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def no_uv(*arguments: str) -> None:
        raise subprocess.CalledProcessError(1, "uv")

    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(run, "uv", no_uv)
    monkeypatch.setattr(run, "pip", lambda *arguments: calls.append(arguments))
    run.install_locked()
    assert calls[-1] == ("install", "--quiet", "--require-hashes", "--requirement", str(run.LOCK))
    assert "pip" in capsys.readouterr().err


def test_no_network_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*arguments: str) -> None:
        raise subprocess.CalledProcessError(1, "pip")

    monkeypatch.setattr(run, "pip", no_network)
    with pytest.raises(run.SetupError, match="check the connection"):
        run.install_locked()


@pytest.mark.parametrize(("screen", "expected"), [(True, []), (False, ["main-job"])])
def test_without_a_screen_the_main_job_is_played(
    monkeypatch: pytest.MonkeyPatch, screen: bool, expected: list[str]
) -> None:
    started: list[str] = []
    monkeypatch.setattr(run, "has_screen", lambda: screen)
    monkeypatch.setattr(run, "ensure_system", lambda: None)
    monkeypatch.setattr(run, "ensure_environment", lambda: None)
    monkeypatch.setattr(run, "become", lambda *arguments: started.extend(arguments) or 0)
    assert run.main([]) == 0
    assert started == ["-m", "caseworker_app", *expected]


def test_every_step_is_run_and_one_failure_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.run_steps({"tests": lambda _: 1, "lint": lambda _: 0}) == 1
    assert capsys.readouterr().err.endswith("tests: FAILED, lint: passed\n")


FAILS_ONCE = """
from pathlib import Path

def test_unsteady() -> None:
    begun = Path(__file__).with_name("begun")
    if not begun.exists():
        begun.touch()
        raise AssertionError

def test_steady() -> None:
    pass
"""


@pytest.mark.parametrize(
    ("source", "code", "told"),
    [
        (FAILS_ONCE, 0, "UNSTEADY, to be mended: "),
        ("def test_wrong() -> None:\n    assert False\n", 1, "── tests that failed, alone"),
        ("".join(f"def test_{number}() -> None:\n    assert False\n" for number in range(6)), 1, ""),
    ],
)
def test_a_failed_test_is_tried_once_more_alone_and_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str],
    source: str, code: int, told: str,
) -> None:  # fmt: skip
    (tmp_path / "test_written.py").write_text(source)
    monkeypatch.setattr(run, "program", lambda name: Path(sys.executable))
    half = ([str(tmp_path)], tmp_path / "memory")
    (first,) = run.run_side_by_side([half])
    assert first == 1
    assert run.run_failed_alone(*half) == code
    said = capfd.readouterr().err
    assert told in said
    assert ("UNSTEADY" in said) == (code == 0)


def test_tests_that_remember_nothing_are_not_tried_again(tmp_path: Path) -> None:
    assert run.run_failed_alone([str(tmp_path)], tmp_path / "memory") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="asks the system for a process as Linux tells it")
def test_tests_that_hang_are_stopped_with_all_they_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = tmp_path / "begun"
    asleep = "import os, sys, time; open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(600)"
    (tmp_path / "test_hangs.py").write_text(
        "import subprocess, sys\n\n\ndef test_hangs() -> None:\n"
        f"    subprocess.run([sys.executable, '-c', {asleep!r}, {str(begun)!r}])\n"
    )
    monkeypatch.setattr(run, "program", lambda name: Path(sys.executable))
    with (tmp_path / "told").open("w+", encoding="utf-8") as told:
        hanging = run.begin_pytest([str(tmp_path)], tmp_path / "memory", told)
        while not (begun.exists() and begun.read_text()) and hanging.poll() is None:
            time.sleep(0.05)
        number = int(begun.read_text())
        assert run.exit_before(0.0, hanging) == 1
        run.end_with_its_own(hanging)
    assert "stopped" in capsys.readouterr().err
    assert hanging.returncode != 0
    end = time.monotonic() + 30
    while lives(number) and time.monotonic() < end:
        time.sleep(0.05)
    assert not lives(number)


def test_what_we_start_writes_its_bytecode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert "PYTHONDONTWRITEBYTECODE" not in run.child_environment()


def test_a_failing_tool_ends_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(arguments: list[str]) -> int:
        raise subprocess.CalledProcessError(2, ["hatchling", "build"])

    monkeypatch.setitem(run.VERBS, "self-test", broken)
    assert run.main(["self-test"]) == 1
    assert capsys.readouterr().err.endswith("\n  hatchling build\n")


def test_an_unknown_verb_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["tset"]) == 2
    assert "tset" in capsys.readouterr().err


def test_an_old_python_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.sys, "version_info", (3, 9, 2))
    with pytest.raises(run.SetupError, match=r"3\.11 or newer"):
        run.ensure_environment()


def test_run_parses_on_an_old_python() -> None:
    ast.parse(Path(run.__file__).read_text(encoding="utf-8"), feature_version=(3, 8))


def test_run_imports_the_standard_library_only() -> None:
    code = "import sys, run; print(*sorted({n.split('.')[0] for n in sys.modules} - sys.stdlib_module_names))"
    answer = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {code}"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert set(answer.stdout.split()) <= {"__main__", "run"}


@pytest.mark.parametrize("name", ["lock.txt", "uv.txt"])
def test_locks_hold_versions_and_hashes_and_no_address(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    assert "--hash=sha256:" in text
    # An address, a path (/x/…, C:\…) or an index option would tie the lock to one machine.
    assert not re.search(r"://|(^|\s)/\w|\b[A-Z]:\\|--(extra-)?index|--find-links", text, re.MULTILINE)
