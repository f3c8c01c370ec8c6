"""The end of a program made by a test: its windows, its file, its threads, and what watches the application."""

from __future__ import annotations

from caseworker_app.bootstrap.window import Program


def retire(program: Program) -> None:
    """Close everything without a question; nothing of it hears or watches later tests."""
    # A backup still under way would have the window ask whether to stop it, and nobody is there to answer.
    for task in program.tasks.running:
        task.matters = False
    windows = [each for each in (program.window, program.entrance) if each is not None]
    for window in windows:
        window.blockSignals(True)
        window.close()
    program.tasks.close()
    if program.office is not None:
        program.office.close()
    # Otherwise every later change of style would polish these windows again, and the vigil hear later keys.
    for part in (*windows, program.vigil):
        if part is not None:
            part.deleteLater()
