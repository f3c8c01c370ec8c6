"""Services run in another process on the file that is open here: a long write there never slows the window."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from caseworker_app.kernel.errors import CaseworkerError
    from caseworker_app.storage.encrypted_file import Access, EncryptedFile
    from caseworker_app.ui_kit.tasks import Task, Tasks
    from caseworker_app.ui_kit.work import Progress

T = TypeVar("T")
# Done in the other process before a service: a function of a module, which travels by its name.
Before = Callable[["EncryptedFile", "Progress"], None]
# How long the file is left free between two transactions, for whoever confirms something meanwhile.
_GIVE_WAY_SECONDS = 0.005


class Apart:
    """Runs `service(file, *arguments, **options, progress=…)` in another process, for a window's open file."""

    def __init__(
        self, file: EncryptedFile, tasks: Tasks, before: Mapping[Callable[..., Any], Before] | None = None
    ) -> None:
        """Begin no process yet; `before` says what is done there first, by service."""
        self._file, self._tasks, self._before = file, tasks, dict(before or {})

    def __call__(
        self, service: Callable[..., T], *arguments: Any, options: Mapping[str, Any] | None = None,
        then: Callable[[T], Any] | None = None, failed: Callable[[CaseworkerError], Any] | None = None,
        owner: QObject | None = None, words: str,
    ) -> Task:  # fmt: skip
        """Run a service of a module there; arguments and answer travel by pickle.

        The service tells `progress(done, total)` between its transactions; the person may stop it there.
        """
        return self._tasks.compute(
            on_file, self._file.access, service, arguments, dict(options or {}), self._before.get(service),
            then=then, failed=failed, owner=owner, words=words, matters=True,
        )  # fmt: skip


def on_file(
    progress: Progress,
    access: Access,
    service: Callable[..., T],
    arguments: tuple[Any, ...],
    options: dict[str, Any],
    before: Before | None = None,
) -> T:
    """Run a service on the file, in the other process, after what comes before it."""
    from caseworker_app.bootstrap.stores import load_stores
    from caseworker_app.storage.encrypted_file import EncryptedFile

    def tell(done: int, total: int) -> None:
        progress.report(done, total, f"{done} sur {total}")
        time.sleep(_GIVE_WAY_SECONDS)

    load_stores()
    with EncryptedFile.beside(access) as file:
        if before is not None:
            before(file, progress)
        return service(file, *arguments, **options, progress=tell)
