"""Sets up Passerelle's environment, then opens the program or runs one of its tools.

Standard library only, so that `python3 run.py` (`py run.py` on Windows) is the one command a newcomer
types. The environment lives in `.venv`; a stamp written last tells whether it is complete.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Callable, Dict, Iterator, List, Optional, TextIO, Tuple

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "complete.json"
LOCK = ROOT / "requirements" / "lock.txt"
UV_LOCK = ROOT / "requirements" / "uv.txt"
OLDEST_PYTHON = (3, 11)

# Shared objects Qt loads, each with the Debian package that brings it.
OFFSCREEN_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
WINDOW_LIBRARIES = {
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# Programs the tests read PDFs, open a virtual screen, press its keys, listen to it, keep secrets and watch a disk with.
TEST_PROGRAMS = {
    "pdffonts": "poppler-utils",
    "Xvfb": "xvfb",
    "xauth": "xauth",
    "xdotool": "xdotool",
    "dbus-run-session": "dbus-daemon",
    "strace": "strace",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
    "gnome-keyring-daemon": "gnome-keyring",
}
# Folders of tests that take about as long together as all others.
FIRST_HALF = ("features", "endurance", "storage")
# Four times what they take on two cores: what hangs is stopped and told.
TESTS_LIMIT_S = 60 * 60
# More failures than this are no accident of a busy machine.
MOST_TRIED_AGAIN = 5
# What builds packages: the programs, and the library of printing that the Debian package must name.
PACKAGE_PROGRAMS = {"objdump": "binutils", "dpkg-deb": "dpkg", "makensis": "nsis", "7z": "p7zip-full"}
PACKAGE_LIBRARIES = {"libcups.so.2": "libcups2"}

USAGE = """\
python3 run.py [VERB] (py run.py on Windows)

  (none)          opens the program; with no screen, plays the main job and prints the documents made
  app …           the program's command line: python3 run.py app --help
  test [ARGS…]    tests, lint, and self-test of the installed wheel; with arguments, only pytest ARGS
  lint            ruff, mypy, import contracts, shape
  python FILE …   runs a file in the environment
  package         builds the programs people install into dist/, and tries them
  bench           measures, each beside its floor
  screenshots     makes the pictures of the documentation
  self-test       builds the wheel, installs it in a throw-away environment and runs its self-test
  lock [--upgrade]  writes requirements/ again from pyproject.toml
  setup           sets up the environment and stops there
"""


class SetupError(Exception):
    """The environment cannot be made ready; the message says what to do."""


# --- System packages -----------------------------------------------------------------------------


def on_linux() -> bool:
    """Tell whether Qt takes its libraries from a Linux distribution."""
    return sys.platform.startswith("linux")


def has_screen() -> bool:
    """Tell whether a window can be opened (Windows and macOS always have a screen)."""
    return not on_linux() or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def is_root() -> bool:
    """Tell whether packages can be installed without asking anybody."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def library_loads(name: str) -> bool:
    """Load a library as Qt would: a file that is there but does not load is as bad as none."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def missing_packages(for_tests: bool) -> List[str]:
    """List the system packages to install before Qt (and the tests) can run."""
    libraries = dict(OFFSCREEN_LIBRARIES)
    if for_tests or has_screen():
        libraries.update(WINDOW_LIBRARIES)
    return missing(libraries, TEST_PROGRAMS if for_tests else {}) + missing_python_parts()


def missing(libraries: Dict[str, str], programs: Dict[str, str]) -> List[str]:
    """List the packages of the libraries that do not load and of the programs that are not there."""
    found = [package for name, package in libraries.items() if not library_loads(name)]
    return found + [package for name, package in programs.items() if not shutil.which(name)]


def missing_python_parts() -> List[str]:
    """Name the part of Python that makes environments, which Debian packs separately, if it is needed."""
    if importlib.util.find_spec("ensurepip") or read_stamp() == current_stamp():
        return []
    return [f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"]


def apt_line(packages: List[str]) -> str:
    """Write the command that installs packages, as it is to be typed."""
    return "sudo apt-get install -y --no-install-recommends " + " ".join(packages)


def install_packages(packages: List[str]) -> None:
    """Install system packages where we may, else say which command to type."""
    if not shutil.which("apt-get"):
        raise SetupError(
            "System packages are missing. Install your distribution's equivalent of these Debian "
            f"packages, then start again: {' '.join(packages)}"
        )
    if not is_root():
        raise SetupError(f"System packages are missing. Type this, then start again:\n  {apt_line(packages)}")
    say(f"Installing system packages: {' '.join(packages)}")
    apt("update")
    if apt("install", "-y", "--no-install-recommends", *packages) != 0:
        raise SetupError(f"The system packages could not be installed. Try:\n  {apt_line(packages)}")


def apt(*arguments: str) -> int:
    """Run apt-get without questions; a failed update is forgiven, the install that follows tells."""
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    command = ["apt-get", "-qq", *arguments]
    return subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL).returncode


def ensure_system(for_tests: bool = False, for_packages: bool = False) -> None:
    """Make sure that the libraries of Qt are there (Windows and macOS wheels bring their own)."""
    if not on_linux():
        return
    packages = missing_packages(for_tests)
    if for_packages:
        packages += missing(PACKAGE_LIBRARIES, PACKAGE_PROGRAMS)
    if packages:
        install_packages(packages)


# --- Environment ---------------------------------------------------------------------------------


def program(name: str) -> Path:
    """Locate a program of the environment."""
    if os.name == "nt":
        return VENV / "Scripts" / f"{name}.exe"
    return VENV / "bin" / name


def say(sentence: str) -> None:
    """Tell what is going on, on stderr: stdout belongs to the program that is run."""
    print(sentence, file=sys.stderr, flush=True)


def interpreter_mark() -> str:
    """Describe the environment's interpreter: moved or upgraded, its packages are of no more use."""
    python = program("python")
    if not python.exists():
        return ""
    real = python.resolve()
    return f"{ROOT} {real} {int(real.stat().st_mtime)}"


def lock_mark() -> str:
    """Digest of what is to be installed."""
    return hashlib.sha256(LOCK.read_bytes() + UV_LOCK.read_bytes()).hexdigest()


def read_stamp() -> Dict[str, str]:
    """Read what the last complete set-up left; nothing when it was cut short."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def current_stamp() -> Dict[str, str]:
    """Describe the environment as it ought to be."""
    return {"interpreter": interpreter_mark(), "lock": lock_mark()}


def ensure_environment() -> None:
    """Make `.venv` ready; a ready one costs a few milliseconds and no network."""
    if sys.version_info < OLDEST_PYTHON:
        raise SetupError("Passerelle needs Python 3.11 or newer. Install it, then start again.")
    if read_stamp() == current_stamp():
        return
    with one_at_a_time():
        if read_stamp() != current_stamp():
            build_environment()


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Keep two terminals from setting up the same environment at once."""
    with open(ROOT / ".venv.lock", "a+b") as handle:
        if os.name == "nt":
            import msvcrt

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def build_environment() -> None:
    """Create the environment (again, when it was cut short), fill it, and stamp it last."""
    say("Setting up the environment, once…")
    if read_stamp().get("interpreter") != interpreter_mark() or not interpreter_mark():
        create_venv()
    STAMP.unlink(missing_ok=True)
    install_locked()
    point_at_sources()
    STAMP.write_text(json.dumps(current_stamp()), encoding="utf-8")


def create_venv() -> None:
    """Start from an empty environment."""
    try:
        # From the command line, as a module just installed by apt is not seen by this process.
        run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    except subprocess.CalledProcessError as error:
        raise SetupError(f"{VENV} could not be made: delete this folder, then start again.") from error


def install_locked() -> None:
    """Install the locked packages with uv, or with pip where uv is not to be had."""
    try:
        install_with_uv()
    except (subprocess.CalledProcessError, OSError):
        say("uv did not succeed; going on with pip, which is slower.")
        install_with_pip()


def install_with_uv() -> None:
    """Install the pinned uv inside the environment, then exactly what the lock lists."""
    pip("install", "--quiet", "--require-hashes", "--requirement", str(UV_LOCK))
    # Without compiled bytecode every first import is two to six times slower.
    uv("pip", "sync", "--quiet", "--require-hashes", "--compile-bytecode", str(LOCK))


def install_with_pip() -> None:
    """Install the lock with plain pip."""
    try:
        pip("install", "--quiet", "--require-hashes", "--requirement", str(LOCK))
    except subprocess.CalledProcessError as error:
        raise SetupError(
            "The packages could not be downloaded: check the connection to the Internet, then start again."
        ) from error


def pip(*arguments: str) -> None:
    """Run the environment's pip."""
    run([str(program("python")), "-m", "pip", "--disable-pip-version-check", *arguments])


def uv(*arguments: str) -> None:
    """Run the environment's uv on this environment, with the Python that is there."""
    environment = dict(os.environ, VIRTUAL_ENV=str(VENV), UV_PYTHON_DOWNLOADS="never")
    environment["UV_CUSTOM_COMPILE_COMMAND"] = "python3 run.py lock"
    run([str(program("uv")), *arguments], environment)


def run(command: List[str], environment: Optional[Dict[str, str]] = None) -> None:
    """Run a command of the set-up and fail with it; its chatter goes to stderr."""
    subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=sys.stderr)


def site_packages(interpreter: Optional[Path] = None) -> Path:
    """Locate the packages of an environment (ours by default), asking its own interpreter."""
    question = "import sysconfig; print(sysconfig.get_path('purelib'))"
    command = [str(interpreter or program("python")), "-c", question]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    return Path(os.fsdecode(answer.stdout).strip())


def point_at_sources() -> None:
    """Let the environment import the package from the checkout."""
    (site_packages() / "passerelle.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")


# --- Verbs ---------------------------------------------------------------------------------------


def child_environment() -> Dict[str, str]:
    """Environment of what we start; without a screen Qt would abort unless told to do without."""
    environment = dict(os.environ)
    # Some shells set it; every import of ours would then be compiled again at each start.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if not has_screen():
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    return environment


def in_environment(*arguments: str) -> int:
    """Run the environment's Python and answer its exit code."""
    command = [str(program("python")), *arguments]
    return subprocess.run(command, env=child_environment(), check=False).returncode


def become(*arguments: str) -> int:
    """Hand over to the environment's Python, so that signals reach it; Windows knows no such thing."""
    if os.name == "nt":
        return in_environment(*arguments)
    sys.stdout.flush()
    command = [str(program("python")), *arguments]
    os.execve(command[0], command, child_environment())


def open_program(arguments: List[str]) -> int:
    """Open the window, or play the main job where there is no screen."""
    ensure_system()
    ensure_environment()
    return become("-m", "caseworker_app", *([] if has_screen() else ["main-job"]))


def command_line(arguments: List[str]) -> int:
    """Pass the arguments to the program's command line."""
    ensure_system()
    ensure_environment()
    return become("-m", "caseworker_app", *arguments)


def python(arguments: List[str]) -> int:
    """Run a file in the environment."""
    ensure_system()
    ensure_environment()
    return become(*arguments)


def bench(arguments: List[str]) -> int:
    """Measure the program."""
    return python([str(ROOT / "tools" / "bench.py"), *arguments])


def screenshots(arguments: List[str]) -> int:
    """Make the pictures of the documentation."""
    return python([str(ROOT / "tools" / "screenshots.py"), *arguments])


def setup(arguments: List[str]) -> int:
    """Set up everything, the tests' needs included."""
    ensure_system(for_tests=True)
    ensure_environment()
    return 0


def test(arguments: List[str]) -> int:
    """Run pytest with the arguments given; without any, everything a change must pass."""
    setup([])
    if arguments:
        return become("-m", "pytest", *arguments)
    return run_steps({"tests": run_pytest, "lint": lint, "self-test": self_test})


def run_steps(steps: Dict[str, Callable[[List[str]], int]]) -> int:
    """Run every step even after a failure, then say which passed."""
    outcomes = {}
    for name, step in steps.items():
        say(f"── {name}")
        outcomes[name] = step([])
    say(", ".join(f"{name}: {'FAILED' if code else 'passed'}" for name, code in outcomes.items()))
    return int(any(outcomes.values()))


def run_pytest(arguments: List[str]) -> int:
    """Run all the tests: two halves side by side, since each waits more than it computes."""
    half = [str(ROOT / "tests" / name) for name in FIRST_HALF]
    others = [str(ROOT / "tests"), *(f"--ignore={folder}" for folder in half)]
    with tempfile.TemporaryDirectory(prefix="passerelle-") as place:
        halves = [(half, Path(place) / "half"), (others, Path(place) / "others")]
        codes = run_side_by_side(halves)
        return int(any(code and run_failed_alone(*each) for code, each in zip(codes, halves, strict=True)))


def run_side_by_side(halves: List[Tuple[List[str], Path]]) -> List[int]:
    """Run pytest for each (arguments, folder that remembers what failed); answer their exit codes."""
    end = time.monotonic() + TESTS_LIMIT_S
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as told:
        running = [
            begin_pytest(arguments, memory, told if number else None)
            for number, (arguments, memory) in enumerate(reversed(halves))
        ]
        try:
            codes = [exit_before(end, each) for each in running]
        finally:
            for each in running:
                end_with_its_own(each)
        told.seek(0)
        say(told.read())
    return codes[::-1]


def run_failed_alone(arguments: List[str], memory: Path) -> int:
    """Run a few failed tests once more, with nothing beside; one that passes then is told as unsteady."""
    try:
        failed = sorted(json.loads((memory / "v" / "cache" / "lastfailed").read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return 1
    if len(failed) > MOST_TRIED_AGAIN:
        return 1
    say("── tests that failed, alone")
    again = begin_pytest(["--last-failed", "--last-failed-no-failures=none", *arguments], memory, None)
    try:
        code = exit_before(time.monotonic() + TESTS_LIMIT_S, again)
    finally:
        end_with_its_own(again)
    if code == 0:
        say("\n".join(f"UNSTEADY, to be mended: {name}" for name in failed))
    return code


def begin_pytest(arguments: List[str], memory: Path, told: Optional[TextIO]) -> "subprocess.Popen[bytes]":
    """Begin pytest in a group of its own, so that nothing it starts can outlive it and hold the output open."""
    command = [str(program("python")), "-m", "pytest", "--rootdir", str(ROOT), "-o", f"cache_dir={memory}"]
    return subprocess.Popen(
        [*command, *arguments],
        env=child_environment(),
        stdout=told,
        stderr=subprocess.STDOUT if told else None,
        start_new_session=True,
    )


def exit_before(end: float, process: "subprocess.Popen[bytes]") -> int:
    """Wait for a process until `end` (monotonic seconds); answer its exit code, 1 where it did not end."""
    try:
        return process.wait(max(0.0, end - time.monotonic()))
    except subprocess.TimeoutExpired:
        say(f"not ended after {TESTS_LIMIT_S // 60} minutes: stopped")
        return 1


def end_with_its_own(process: "subprocess.Popen[bytes]") -> None:
    """Stop a process and all that it started."""
    if os.name == "nt":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def lint(arguments: List[str]) -> int:
    """Check style, types, import contracts and shape."""
    ensure_system()
    ensure_environment()
    os.chdir(ROOT)
    return run_steps(
        {
            "ruff check": lambda _: in_environment("-m", "ruff", "check", "."),
            "ruff format": lambda _: in_environment("-m", "ruff", "format", "--check", "."),
            "mypy": lambda _: in_environment("-m", "mypy"),
            "import-linter": lambda _: lint_imports(),
            "contracts": lambda _: in_environment("tools/contracts.py"),
            "shape": lambda _: in_environment("tools/shape.py"),
        }
    )


def lint_imports() -> int:
    """Check the import contracts written in pyproject.toml."""
    return subprocess.run([str(program("lint-imports")), "--no-logo"], check=False).returncode


def package(arguments: List[str]) -> int:
    """Build the programs people install, and try each."""
    ensure_system(for_tests=True, for_packages=True)
    ensure_environment()
    os.chdir(ROOT)
    return become("-m", "tools.packaging", *arguments)


def self_test(arguments: List[str]) -> int:
    """Build the wheel, install it in a throw-away environment, run its self-test from there."""
    ensure_system()
    ensure_environment()
    with tempfile.TemporaryDirectory(prefix="passerelle-") as folder:
        wheel = build_wheel(Path(folder))
        installed = install_wheel(wheel, Path(folder) / "venv")
        # From that folder, so that nothing can be picked up from the checkout.
        command = [str(installed), "self-test"]
        return subprocess.run(command, env=child_environment(), cwd=folder, check=False).returncode


def build_wheel(folder: Path) -> Path:
    """Build the wheel with the locked build backend."""
    run([str(program("python")), "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)])
    return next(folder.glob("*.whl"))


def install_wheel(wheel: Path, target: Path) -> Path:
    """Install the wheel with what it declares, at the locked versions; answer its command."""
    run([str(program("python")), "-m", "venv", "--without-pip", str(target)])
    command = target / program("caseworker-app").relative_to(VENV)
    interpreter = command.with_name(program("python").name)
    requirement = hashed_requirement(wheel)
    options = ["--quiet", "--python", str(interpreter), "--require-hashes", "--constraint", str(LOCK)]
    try:
        uv("pip", "install", *options, "--requirement", str(requirement))
    except (subprocess.CalledProcessError, OSError):
        install_wheel_with_pip(requirement, interpreter)
    return command


def hashed_requirement(wheel: Path) -> Path:
    """Write the requirement for a wheel with its hash: installers want all hashes, or none."""
    requirement = wheel.with_name("wheel.txt")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    requirement.write_text(f"{wheel.as_uri()} --hash=sha256:{digest}\n", encoding="utf-8")
    return requirement


def install_wheel_with_pip(requirement: Path, interpreter: Path) -> None:
    """Install the wheel alone, beside the packages we have: pip takes no hashes from constraints."""
    target = ["--python", str(interpreter)]
    pip(*target, "install", "--quiet", "--no-deps", "--require-hashes", "--requirement", str(requirement))
    # The path alone does not bring the environment's own .pth with it, hence not the checkout.
    (site_packages(interpreter) / "locked.pth").write_text(f"{site_packages()}\n", encoding="utf-8")


def lock(arguments: List[str]) -> int:
    """Write the locks again: every system and Python we support, versions and hashes, no address."""
    ensure_environment()
    compile_lock(LOCK, "pyproject.toml", "--group", "dev", *arguments)
    compile_lock(UV_LOCK, "--group", "setup", *arguments)
    ensure_environment()
    return 0


def compile_lock(target: Path, *sources: str) -> None:
    """Write one lock; without --upgrade, the versions already in it stay."""
    # A path relative to the root: uv writes in comments what it is given.
    output = target.relative_to(ROOT).as_posix()
    options = ["--quiet", "--universal", "--generate-hashes", "--python-version", "3.11"]
    uv("pip", "compile", *options, *sources, "--output-file", output)


def usage(arguments: List[str]) -> int:
    """Say which verbs there are."""
    print(USAGE, end="")
    return 0


VERBS: Dict[str, Callable[[List[str]], int]] = {
    "app": command_line,
    "bench": bench,
    "lint": lint,
    "lock": lock,
    "package": package,
    "python": python,
    "screenshots": screenshots,
    "self-test": self_test,
    "setup": setup,
    "test": test,
    "help": usage,
    "--help": usage,
    "-h": usage,
}


def main(arguments: List[str]) -> int:
    """Run the verb asked for."""
    verb = VERBS.get(arguments[0]) if arguments else open_program
    if verb is None:
        say(f"« {arguments[0]} » is not a verb of run.py.\n\n{USAGE}")
        return 2
    try:
        return verb(arguments[1:])
    except SetupError as error:
        say(str(error))
        return 1
    except subprocess.CalledProcessError as error:
        say(f"This did not succeed; what it printed above says why:\n  {' '.join(map(str, error.cmd))}")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
