"""How a cell that was refused may be meant: typing mistakes of the field put right, one rule a kind of value.

Every rule proposes; whoever asks reads the proposal again before it is shown (`fixes`).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date

Proposal = tuple[str, str]  # the value, and why
Repair = Callable[[str, date], Iterator[Proposal]]

_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8"})
_BETWEEN = r"\s?[/.,\-_\s]\s?"
_DAY = re.compile(rf"(?<!\w)(\d{{1,2}}){_BETWEEN}(\d{{1,2}}){_BETWEEN}(\d{{4}}|\d{{2}})(?!\w)")
_DOMAINS = {
    "gmail": "com", "orange": "fr", "wanadoo": "fr", "free": "fr", "sfr": "fr", "laposte": "net", "hotmail": "fr",
    "outlook": "fr", "yahoo": "fr", "live": "fr",
}  # fmt: skip

# First names whose letters encodings lose; others are looked for in the list itself.
ACCENTED_NAMES = (
    "Adélaïde",
    "Agnès",
    "Aimé",
    "Aïcha",
    "Amélie",
    "Anaïs",
    "André",
    "Andrée",
    "Aurélie",
    "Béatrice",
    "Benoît",
    "Cécile",
    "Célia",
    "Céline",
    "Chloé",
    "Clément",
    "Clémence",
    "Désiré",
    "Édith",
    "Édouard",
    "Éléonore",
    "Élisabeth",
    "Élise",
    "Élodie",
    "Éloïse",
    "Émile",
    "Émilie",
    "Éric",
    "Ésther",
    "Étienne",
    "Ève",
    "Félix",
    "Françoise",
    "François",
    "Frédéric",
    "Frédérique",
    "Gaël",
    "Gaëlle",
    "Geneviève",
    "Gérald",
    "Gérard",
    "Gérôme",
    "Gisèle",
    "Grégory",
    "Hélène",
    "Héloïse",
    "Hervé",
    "Inès",
    "Irène",
    "Jérémie",
    "Jérémy",
    "Jérôme",
    "Joël",
    "Joëlle",
    "Joséphine",
    "José",
    "Laëtitia",
    "Léa",
    "Léo",
    "Léon",
    "Léonie",
    "Loïc",
    "Maël",
    "Maëlle",
    "Maëlys",
    "Marlène",
    "Mélanie",
    "Mélissa",
    "Michaël",
    "Michèle",
    "Mickaël",
    "Myriam",
    "Noé",
    "Noémie",
    "Noël",
    "Noëlle",
    "Océane",
    "Raphaël",
    "Raphaëlle",
    "Rémi",
    "Rémy",
    "René",
    "Renée",
    "Saïd",
    "Sébastien",
    "Séverine",
    "Solène",
    "Stéphane",
    "Stéphanie",
    "Théo",
    "Théodore",
    "Thérèse",
    "Timothée",
    "Valérie",
    "Véronique",
    "Yaël",
    "Zoé",
)

LAST_DAY = "Ce jour n’existe pas\u00a0: dernier jour du mois"
SWAPPED = "Jour et mois inversés"
LETTERS = "Lettres tapées pour des chiffres"
CENTURY = "Siècle\u00a0: une naissance ne peut pas être à venir"
INSIDE = "Date écrite dans la cellule"
EMPTIED = "Date de remplissage\u00a0: cellule vidée"
COMMA = "Virgule oubliée ou décimales collées"
POSITIVE = "Montant sans son signe"
DIGITS_ONLY = "Chiffres seuls du numéro"
ZERO = "Zéro du début rendu"
AT_SIGN = "Adresse remise en forme"
UNREADABLE_LEFT_OUT = "Caractères illisibles retirés"
WITHOUT_SIGN = "Texte sans le signe qui en fait une formule"
FORMULA_EMPTIED = "Formule\u00a0: cellule vidée"
DIGITS_OF_CODE = "Chiffres du code"


def dates(text: str, today: date) -> Iterator[Proposal]:
    """Propose days for a date that was refused."""
    cleaned = text.translate(_LOOKALIKES) if any(c.isdigit() for c in text) else text
    for candidate, why in ((text, ""), (cleaned, LETTERS)):
        match = _DAY.search(candidate)
        if match is None:
            continue
        day, month, year = int(match[1]), int(match[2]), match[3]
        if year in ("1900", "0000") or (year == "1901" and day == month == 1):
            yield "", EMPTIED
        full = _full(year, today)
        if 1 <= month <= 12 and full:
            last = monthrange(full, month)[1]
            if 1 <= day <= last:
                yield f"{day:02d}/{month:02d}/{full:04d}", why or INSIDE
                if date(full, month, day) > today:
                    yield f"{day:02d}/{month:02d}/{full - 100:04d}", CENTURY
            elif day <= 31:
                yield f"{last:02d}/{month:02d}/{full:04d}", LAST_DAY
        elif 1 <= day <= 12 < month <= 31 and full and month <= monthrange(full, day)[1]:
            yield f"{month:02d}/{day:02d}/{full:04d}", SWAPPED
    yield from _run_together(text, today)


def _run_together(text: str, today: date) -> Iterator[Proposal]:
    digits = re.sub(r"\D", "", text)
    if len(digits) == 8 and digits != text:
        day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:])
        if 1 <= month <= 12 and 1900 <= year <= today.year + 5 and 1 <= day <= monthrange(year, month)[1]:
            yield f"{day:02d}/{month:02d}/{year:04d}", INSIDE


def _full(year: str, today: date) -> int:
    if len(year) == 4:
        return int(year) if int(year) >= 1 else 0
    full = today.year // 100 * 100 + int(year)
    return full - 100 if full > today.year + 1 else full


def amounts(text: str, _today: date) -> Iterator[Proposal]:
    """Propose amounts for one that was refused."""
    cleaned = text.translate(_LOOKALIKES)
    if cleaned != text and any(c.isdigit() for c in text):
        yield cleaned, LETTERS
    match = re.search(r"\d[\d\s\u00a0\u202f.,']*", cleaned)
    if match is None:
        return
    inner = match[0].strip(" .,'")
    yield inner, DIGITS_ONLY
    if "-" in text or "(" in text:
        yield inner, POSITIVE
    digits = re.sub(r"\D", "", inner)
    if len(digits) > 3:
        yield f"{int(digits[:-2])},{digits[-2:]}", COMMA


def phones(text: str, _today: date) -> Iterator[Proposal]:
    """Propose numbers for a phone that was refused."""
    digits = re.sub(r"\D", "", text.translate(_LOOKALIKES))
    why = LETTERS if any(c.isalpha() for c in text) else DIGITS_ONLY
    if digits.startswith("0033") or (digits.startswith("33") and len(digits) >= 11):
        digits = "0" + digits.removeprefix("00").removeprefix("33").removeprefix("0")
    if len(digits) == 10 and digits.startswith("0"):
        yield _in_pairs(digits), why
    if len(digits) == 9 and digits[0] in "1234567":
        yield _in_pairs("0" + digits), ZERO


def _in_pairs(digits: str) -> str:
    return " ".join(digits[i : i + 2] for i in range(0, len(digits), 2))


def emails(text: str, _today: date) -> Iterator[Proposal]:
    """Propose addresses for an e-mail that was refused."""
    bare = re.sub(r"\s*(?:\(at\)|\[at\]|\bat\b|\barobase\b|(?<=\w)\*(?=\w))\s*", "@", text.strip().lower())
    bare = re.sub(r"\s+", "", bare).replace(",", ".").replace("..", ".").replace("@@", "@").strip(".;:<>()")
    bare = bare.replace("@.", "@").replace("mailto:", "")
    if "@" in bare:
        name, _, host = bare.rpartition("@")
        host = host.split("@")[-1]
        if host in _DOMAINS:
            host = f"{host}.{_DOMAINS[host]}"
        yield f"{name}@{host}", AT_SIGN


def postal_codes(text: str, _today: date) -> Iterator[Proposal]:
    """Propose a code for a postal code that was refused."""
    cleaned = text.translate(_LOOKALIKES)
    if match := re.search(r"(?<!\d)(\d{2})\s?(\d{3})(?!\d)", cleaned):
        yield match[1] + match[2], LETTERS if cleaned != text else DIGITS_OF_CODE


def typologies(text: str, _today: date) -> Iterator[Proposal]:
    """Propose a type of dwelling for one that was refused."""
    if match := re.search(r"[TtFf]\s*(\d)|(\d)\s*(?:p|ch)", text):
        yield f"T{match[1] or match[2]}", DIGITS_OF_CODE


def counts(text: str, _today: date) -> Iterator[Proposal]:
    """Propose a number for a count that was refused: « 2 adultes + 3 enfants » is five people."""
    numbers = [int(n) for n in re.findall(r"(?<!\d)\d{1,2}(?!\d)", text)]
    if numbers:
        yield str(sum(numbers)), "Total des nombres de la cellule" if len(numbers) > 1 else DIGITS_ONLY


def plain_text(text: str, _today: date) -> Iterator[Proposal]:
    """Propose the text without what no text holds: control characters, the sign of a formula."""
    visible = " ".join("".join(c for c in text if c.isprintable() or c in "\n\t\u00a0").split())
    if visible != text and any(c.isalnum() for c in visible):
        yield visible, UNREADABLE_LEFT_OUT
    bare = visible.lstrip("=@+- ").strip('"')
    if visible[:1] in "=@+-" and bare and not re.match(r"[A-Z.]{2,}\s*\(|\$?[A-Z]{1,3}\$?\d", bare):
        yield bare, WITHOUT_SIGN
    elif visible[:1] in "=@+-":
        yield "", FORMULA_EMPTIED
