"""Reads what strace saw a process do under one folder, as the operations of a disk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.endurance.disk import ROOT, Disk, Name, Operation, Rename, Said, Sync, Truncate, Write

# Whatever changes files, names or what is durable; what moves the place of the next `write` too.
TRACED = (
    "openat,close,dup,dup2,dup3,write,pwrite64,writev,pwritev,pwritev2,lseek,ftruncate,truncate,fallocate,"
    "fsync,fdatasync,sync_file_range,syncfs,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,link,linkat,"
    "sendfile,copy_file_range"
)
_UNREAD = frozenset({
    "writev", "pwritev", "pwritev2", "truncate", "fallocate", "sync_file_range", "syncfs", "link", "linkat",
    "sendfile", "copy_file_range", "dup", "dup2", "dup3",
})  # fmt: skip
_LINE = re.compile(r"^(\d+) +(.*)$", re.DOTALL)
_CALL = re.compile(r"^(\w+)\((.*)\) += (-?\d+|\?)", re.DOTALL)
_PART = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?|([^,\s"][^,"]*)')


@dataclass
class _Open:
    """An open file: its node, the path it was opened by, where the next `write` goes."""

    node: int | None
    path: Path
    at: int = 0
    appends: bool = False


@dataclass
class Recording:
    """Follows one process, whose threads share their open files, line by line."""

    root: Path
    journal: Path
    disk: Disk = field(default_factory=Disk)
    _nodes: dict[Path, int] = field(init=False)
    _open: dict[int, _Open] = field(default_factory=dict)
    _sizes: dict[int, int] = field(default_factory=dict)
    _begun: dict[str, str] = field(default_factory=dict)
    _since: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Take in what was there before, all of it durable."""
        self._nodes = {self.root: ROOT}
        for path in sorted(self.root.rglob("*")):
            node = self._give_name(path)
            if path.is_dir():
                self.disk.folders.add(node)
            else:
                self._put(node, 0, path.read_bytes())
        for node in list(self._nodes.values()):
            self._add(Sync(node, len(self.disk.operations)))
        self.began_at = len(self.disk.operations)

    def read(self, lines: Iterator[str]) -> Disk:
        """Take every line in and return the disk."""
        for line in lines:
            found = _LINE.match(line.rstrip("\n"))
            if found is not None:
                self._hear(found[1], found[2])
        return self.disk

    def _hear(self, thread: str, said: str) -> None:
        """Join the two halves of a call that another thread's came between."""
        if said.endswith("<unfinished ...>"):
            self._begun[thread] = said.removesuffix("<unfinished ...>").rstrip()
            self._since[thread] = len(self.disk.operations)
            return
        since = len(self.disk.operations)
        if said.startswith("<... "):
            said = self._begun.pop(thread) + said.split("resumed>", 1)[1]
            since = self._since.pop(thread)
        call = _CALL.match(said)
        if call is None or call[3] == "?" or int(call[3]) < 0:
            return
        self._call(call[1], [_argument(part) for part in _PART.finditer(call[2])], int(call[3]), since)

    def _call(self, name: str, arguments: list[str | bytes], answer: int, since: int) -> None:
        if name in _UNREAD:
            for fd in (int(each) for each in arguments[:3] if isinstance(each, str) and each.isdigit()):
                if fd in self._open and self._open[fd].node is not None and not name.startswith("dup"):
                    raise NotImplementedError(name)
        elif name in ("fsync", "fdatasync"):
            self._sync(int(arguments[0]), since)
        else:
            getattr(self, f"_{name}")(arguments, answer)

    def _openat(self, arguments: list[str | bytes], answer: int) -> None:
        path, flags = self._path(arguments[0], arguments[1]), str(arguments[2])
        node = self._nodes.get(path)
        if node is None and path.parent in self._nodes and "O_CREAT" in flags:
            node = self._give_name(path)
        elif node is not None and "O_TRUNC" in flags and self._sizes.get(node):
            self._add(Truncate(node, 0))
            self._sizes[node] = 0
        self._open[answer] = _Open(node, path, appends="O_APPEND" in flags)

    def _close(self, arguments: list[str | bytes], _answer: int) -> None:
        self._open.pop(int(arguments[0]), None)

    def _write(self, arguments: list[str | bytes], answer: int) -> None:
        at = self._open.get(int(arguments[0]))
        if at is not None and at.path == self.journal:
            self._add(Said(_bytes(arguments[1])[:answer]))
        elif at is not None and at.node is not None:
            offset = self._sizes.get(at.node, 0) if at.appends else at.at
            self._put(at.node, offset, _bytes(arguments[1])[:answer])
            at.at = offset + answer

    def _pwrite64(self, arguments: list[str | bytes], answer: int) -> None:
        at = self._open.get(int(arguments[0]))
        if at is not None and at.node is not None:
            self._put(at.node, int(arguments[3]), _bytes(arguments[1])[:answer])

    def _lseek(self, arguments: list[str | bytes], answer: int) -> None:
        at = self._open.get(int(arguments[0]))
        if at is not None:
            at.at = answer

    def _ftruncate(self, arguments: list[str | bytes], _answer: int) -> None:
        at = self._open.get(int(arguments[0]))
        if at is not None and at.node is not None:
            self._add(Truncate(at.node, int(arguments[1])))
            self._sizes[at.node] = int(arguments[1])

    def _rename(self, arguments: list[str | bytes], answer: int) -> None:
        self._renameat(["AT_FDCWD", arguments[0], "AT_FDCWD", arguments[1]], answer)

    def _renameat(self, arguments: list[str | bytes], _answer: int) -> None:
        old, new = self._path(arguments[0], arguments[1]), self._path(arguments[2], arguments[3])
        node = self._nodes.get(old)
        if node is None:
            return
        for path in [each for each in self._nodes if each == new or new in each.parents]:
            del self._nodes[path]
        for path in [each for each in self._nodes if each == old or old in each.parents]:
            self._nodes[new / path.relative_to(old)] = self._nodes.pop(path)
        self._add(Rename(self._nodes[old.parent], old.name, node, self._nodes[new.parent], new.name))

    _renameat2 = _renameat

    def _unlink(self, arguments: list[str | bytes], answer: int) -> None:
        self._unlinkat(["AT_FDCWD", arguments[0]], answer)

    _rmdir = _unlink

    def _unlinkat(self, arguments: list[str | bytes], _answer: int) -> None:
        path = self._path(arguments[0], arguments[1])
        if self._nodes.pop(path, None) is not None:
            self._add(Name(self._nodes[path.parent], path.name, None))

    def _mkdir(self, arguments: list[str | bytes], answer: int) -> None:
        self._mkdirat(["AT_FDCWD", arguments[0]], answer)

    def _mkdirat(self, arguments: list[str | bytes], _answer: int) -> None:
        path = self._path(arguments[0], arguments[1])
        if path.parent in self._nodes:
            self.disk.folders.add(self._give_name(path))

    def _sync(self, descriptor: int, since: int) -> None:
        at = self._open.get(descriptor)
        if at is not None and at.node is not None:
            self._add(Sync(at.node, since))

    def _give_name(self, path: Path) -> int:
        # Numbers grow with the operations, so that no two nodes share one.
        node = len(self.disk.operations) + 1
        self._add(Name(self._nodes[path.parent], path.name, node))
        self._nodes[path] = node
        return node

    def _put(self, node: int, offset: int, data: bytes) -> None:
        self._add(Write(node, offset, data))
        self._sizes[node] = max(self._sizes.get(node, 0), offset + len(data))

    def _add(self, operation: Operation) -> None:
        self.disk.operations.append(operation)

    def _path(self, beside: str | bytes, name: str | bytes) -> Path:
        path = Path(_bytes(name).decode())
        if path.is_absolute():
            return path
        folder = self._open.get(int(beside)) if isinstance(beside, str) and beside.isdigit() else None
        return (folder.path if folder is not None else Path.cwd()) / path


def _argument(part: re.Match[str]) -> str | bytes:
    if part[3] is not None:
        return part[3]
    if part[2]:
        raise ValueError("strace cut what was written")
    return bytes.fromhex(part[1].replace("\\x", ""))


def _bytes(argument: str | bytes) -> bytes:
    return argument if isinstance(argument, bytes) else argument.encode()
