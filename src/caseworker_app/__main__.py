"""Starts the program: the window, or a command when one is given."""

from __future__ import annotations

import sys


def main() -> int:
    """Open the window without arguments; run the command line with some. Return the exit code."""
    if len(sys.argv) > 1:
        from caseworker_app.cli import main as command_line

        return command_line(sys.argv[1:])
    from caseworker_app.bootstrap.window import open_window

    return open_window()


if __name__ == "__main__":
    sys.exit(main())
