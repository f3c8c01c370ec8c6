"""The front door and the hall are looked at in the same dress as the furniture."""

from tests.ui_kit.conftest import Dress, dressed, tasks

__all__ = ["Dress", "dressed", "tasks"]
