"""Starts the program: the window, or a command when one is given."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

# The packaged program has two names on the disk; under this one it is of the terminal only.
_COMMAND = "caseworker-app"
# How multiprocessing starts its own: the workers, and who cleans up after them.
_HELPERS = {"--multiprocessing-fork", "-c"}


def main() -> int:
    """Open the window without arguments; run the command line with some. Return the exit code."""
    if getattr(sys, "frozen", False):
        _serve_as_process()
    if len(sys.argv) > 1 or Path(sys.argv[0]).stem == _COMMAND:
        from caseworker_app.cli import main as command_line

        return command_line(sys.argv[1:])
    # Importing makes a hundred thousand objects and no cycle: the window collects from its first picture on.
    gc.disable()
    from caseworker_app.bootstrap.plain_imports import import_plainly

    import_plainly()
    from caseworker_app.bootstrap.window import open_window

    return open_window()


def _serve_as_process() -> None:
    """Become a process of `ui_kit.processes` when started as one: packaged, it has only itself to start."""
    if _HELPERS.isdisjoint(sys.argv[1:]):
        return
    import multiprocessing
    from importlib import import_module

    # What PyInstaller does to multiprocessing; it would cost every start 15 ms.
    import_module("pyi_rth_multiprocessing")
    multiprocessing.freeze_support()


if __name__ == "__main__":
    sys.exit(main())
