"""Gives Python its own `import` back, which PySide replaces by one that reads the source of all that is imported.

PySide does so for `from __feature__ import snake_case`, which nothing here uses: once it is there, the text of every
module imported is read again and kept in memory, only to look for its name in it. It made a tenth of the start, and
more of all that is loaded behind the first window.
"""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401 - what replaces `import`


def import_plainly() -> None:
    """Take the replacement away; nothing happens where PySide made none."""
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
