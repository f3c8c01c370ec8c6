"""What a long file takes to print: the pieces of a procedure as one PDF, the follow-up file of a long diary.

Run as `python -m tools.benchmarks.busy_printing FOLDER`; answers milliseconds on the processor and memory as JSON.
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf

from caseworker_app.bootstrap.office import Office
from caseworker_app.bootstrap.renderers import put_pieces_together
from caseworker_app.features.dossier.documents.follow_up import render_material
from caseworker_app.features.handover.domain.follow_up_material import PrintMark
from caseworker_app.features.handover.domain.follow_up_sections import COMPLETE
from caseworker_app.features.handover.service.follow_up import follow_up_material
from caseworker_app.kernel.clock import today
from caseworker_app.pdf.identity import Identity
from tools.benchmarks.busy_file import PIECES, Busy, busy_file, photo, scan
from tools.benchmarks.children import resident_megabytes
from tools.benchmarks.table import p50

TIMES = 6


def main(folder: Path) -> dict[str, float]:
    """Make the file and measure."""
    with busy_file(folder) as (office, busy):
        return {**_pieces(office, busy), **_follow_up(office, busy)}


def _pieces(office: Office, busy: Busy) -> dict[str, float]:
    """Put the pieces together; the floor makes the photos small and merges the same pages, and no more."""
    ready = [_small(photo(n)) if n % 4 == 3 else scan(n) for n in range(PIECES)]
    photos = [photo(number) for number in range(PIECES) if number % 4 == 3]
    made = put_pieces_together(office.file, office.who, busy.procedure)
    ours, floor = list[float](), list[float]()
    for _ in range(TIMES):
        ours.append(_milliseconds(lambda: put_pieces_together(office.file, office.who, busy.procedure)))
        floor.append(_milliseconds(lambda: ([_small(each) for each in photos], _merged(ready))))
    return {"pieces": p50(ours), "merge": p50(floor), "piece_pages": made.pages}


def _small(content: bytes) -> bytes:
    """Return a PDF of a photo as small as a page needs it."""
    from PIL import Image

    kept = io.BytesIO()
    image = Image.open(io.BytesIO(content))
    image.thumbnail((2339, 1654))
    image.save(kept, "PDF", quality=85)
    return kept.getvalue()


def _merged(ready: list[bytes]) -> bytes:
    whole, kept = pikepdf.new(), io.BytesIO()
    opened = [pikepdf.open(io.BytesIO(each)) for each in ready]
    for each in opened:
        whole.pages.extend(each.pages)
    whole.save(kept)
    return kept.getvalue()


def _follow_up(office: Office, busy: Busy) -> dict[str, float]:
    mark = PrintMark("DOS-2026-TEST-0001", office.file.clock.now().replace(tzinfo=None), office.who.name)
    before = resident_megabytes() or 0.0
    start = time.process_time()
    with office.file.reading() as connection:
        material = follow_up_material(connection, office.who, busy.longest, mark=mark, preset=COMPLETE)
    pdf = render_material(
        material, Identity("Association d’essai", lines=(f"{today(office.file.clock).year}",))
    )
    spent = (time.process_time() - start) * 1000
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = len(document.pages)
    return {"follow_up": spent, "pages": pages, "memory": _most_megabytes(), "before": before}


def _most_megabytes() -> float:
    """Return the most memory this process ever held; 0 where the system does not tell it so."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.is_file() else []
    most = next((line for line in lines if line.startswith("VmHWM:")), "VmHWM: 0 kB")
    return int(most.split()[1]) * 1024 / 1_000_000


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
