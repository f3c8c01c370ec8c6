"""What people ask of the file: words typed to search, households opened. The same at each run."""

from __future__ import annotations

import random
from typing import Any


def words_typed(raw: Any, count: int = 300) -> list[str]:
    """Return beginnings of names, phones, streets and words of the diary, taken from the file itself."""
    chance = random.Random(7)
    last = _largest(raw, "household_member")
    names = _some(raw, "household_member", "last_name", chance, last)
    phones = _some(raw, "contact", "value", chance, _largest(raw, "contact"), "AND kind = 'phone'")
    streets = _some(raw, "address", "street", chance, _largest(raw, "address"), "AND street <> ''")
    texts = _some(raw, "diary_entry", "observed", chance, _largest(raw, "diary_entry"), "AND observed <> ''")
    asked = [chance.choice(names)[: chance.randint(3, 6)] for _ in range(count * 2 // 5)]
    asked += [chance.choice(phones).replace("+33", "0")[: chance.randint(6, 10)] for _ in range(count // 5)]
    asked += [" ".join(chance.choice(streets).split()[-2:]) for _ in range(count // 5)]
    asked += [max(chance.choice(texts).split(), key=len) for _ in range(count // 5)]
    chance.shuffle(asked)
    return asked


def words_written(raw: Any, count: int = 300) -> list[str]:
    """Return words of the diary as people look for them: one, its beginning, or two of the same text."""
    chance = random.Random(13)
    texts = _some(raw, "diary_entry", "observed", chance, _largest(raw, "diary_entry"), "AND observed <> ''")
    asked = []
    for number in range(count):
        words = [word for word in chance.choice(texts).split() if len(word) > 3] or ["loyer"]
        one = chance.choice(words)
        asked.append((one, one[: chance.randint(3, 5)], f"{one} {chance.choice(words)}")[number % 3])
    return asked


def households_opened(raw: Any, count: int = 100) -> list[str]:
    """Return the ids of households drawn all over the file."""
    chance = random.Random(11)
    return _some(raw, "household", "id", chance, _largest(raw, "household"), count=count)


def _largest(raw: Any, table: str) -> int:
    return int(raw.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0])


def _some(
    raw: Any, table: str, column: str, chance: random.Random, largest: int, where: str = "", count: int = 400
) -> list[str]:
    """Return values of rows drawn by their number: reading a column of a large file whole would take longer."""
    query = f"SELECT {column} FROM {table} WHERE rowid >= ? {where} LIMIT 1"
    rows = (raw.execute(query, (chance.randint(1, largest),)).fetchone() for _ in range(count))
    return [row[0] for row in rows if row is not None]
