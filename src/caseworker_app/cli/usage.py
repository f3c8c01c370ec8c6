"""The complaint about a command badly written."""

from __future__ import annotations


class Usage(Exception):
    """The command is badly written; `sentence` says how to write it."""

    def __init__(self, sentence: str) -> None:
        """Keep the sentence."""
        super().__init__(sentence)
        self.sentence = sentence
