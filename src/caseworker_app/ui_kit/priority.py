"""Long work gives way to the window: the system is told to carry it out when nothing else wants the processor."""

from __future__ import annotations

import os
import sys

# Out of the 19 steps of POSIX systems: far enough for the window to go first, not so far that other programs stop it.
_STEPS = 5
_BELOW_NORMAL = 0x4000  # BELOW_NORMAL_PRIORITY_CLASS (winbase.h)


def give_way() -> None:
    """Lower the priority of this process, for as long as it lives."""
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        system = ctypes.windll.kernel32
        system.GetCurrentProcess.restype = wintypes.HANDLE
        system.SetPriorityClass.argtypes = (wintypes.HANDLE, wintypes.DWORD)
        system.SetPriorityClass(system.GetCurrentProcess(), _BELOW_NORMAL)
    else:
        os.nice(_STEPS)
