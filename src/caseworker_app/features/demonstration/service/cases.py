"""Households of the demonstration written by hand."""
from __future__ import annotations
def case_names() -> list[str]:
    return []
def write_case(uow, setting, name) -> None: ...
