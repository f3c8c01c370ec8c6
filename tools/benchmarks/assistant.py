"""A list opened in the assistant, the processes that read it included; run as a process of its own.

`python -m tools.benchmarks.assistant FOLDER LIST` prints, in milliseconds, how long one waits for the columns, then,
once the verification is asked for, for the first step told and for the rows to correct.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from caseworker_app.bootstrap.apart import on_file
from caseworker_app.bootstrap.office import open_office
from caseworker_app.features.intake.domain.choices import NO_CHOICES
from caseworker_app.features.intake.domain.recognition import understand_apart
from caseworker_app.features.intake.service.checking import check_list
from caseworker_app.kernel.clock import today
from caseworker_app.ui_kit.processes import Processes
from caseworker_app.ui_kit.work import Progress, Step
from tools.benchmarks.subject import PASSPHRASE
from tools.benchmarks.table import milliseconds


def main() -> None:
    """Open the list as the window does, and print how long it took."""
    folder, path = Path(sys.argv[1]), Path(sys.argv[2])
    steps: list[float] = []

    def told(_step: Step) -> None:
        steps.append(time.perf_counter())

    progress, processes = Progress(told, lambda: False), Processes()
    try:
        with open_office(folder, PASSPHRASE) as office:
            of_columns = (path, today(office.file.clock), (), None, None)
            of_rows = (office.file.access, check_list, (office.who, path, NO_CHOICES), {})
            columns = milliseconds(lambda: processes.call(understand_apart, of_columns, progress))
            steps.clear()
            begun = time.perf_counter()
            rows = milliseconds(lambda: processes.call(on_file, of_rows, progress))
    finally:
        processes.close()
    print(json.dumps({"columns": columns, "first_step": (steps[0] - begun) * 1000, "rows": rows}))


if __name__ == "__main__":
    main()
