"""Cells read into values: dates, amounts, phones, e-mails, places; InvalidEntry is all they raise."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from string import ascii_letters

from caseworker_app.features.housing.domain.lease import MAX_MONTHLY_CENTS, OLDEST_LEASE
from caseworker_app.features.housing.domain.rent_account import MAX_ENTRY_CENTS
from caseworker_app.kernel import money, phones
from caseworker_app.kernel.dates import MONTHS
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold

LONGEST_EMAIL = 200  # characters
OLDEST_AGE = 120  # years; beyond, the date is a typing mistake or the filler of a program (01/01/1900)

NO_SUCH_DAY = "Ce jour n’existe pas\u00a0: vérifiez la date."
NOT_A_DATE = "Cette date n’est pas lisible\u00a0: écrivez-la comme 24/11/1980."
YEAR_ONLY = "Il manque le jour et le mois de cette date."
FUTURE_BIRTH = "Cette date de naissance est dans l’avenir."
TOO_OLD = "Cette date de naissance est trop ancienne\u00a0: vérifiez l’année."
TOO_FAR = "Cette date est trop lointaine\u00a0: vérifiez l’année."
NOT_MONTHLY = "Ce montant mensuel n’est pas possible (de 0 à 20\u202f000\u00a0€)\u00a0: vérifiez la virgule."
NOT_A_BALANCE = "Ce solde n’est pas possible (100\u202f000\u00a0€ au plus)\u00a0: vérifiez la virgule."
NOT_A_POSTAL_CODE = "Ce code postal n’est pas lisible\u00a0: il faut 5 chiffres."
NOT_AN_EMAIL = "Cette adresse e-mail n’est pas lisible."
NOT_A_COUNT = "Ce nombre n’est pas lisible."
NOT_AN_AREA = "Cette surface n’est pas lisible\u00a0: écrivez-la en m²."
NOT_A_TYPOLOGY = "Ce type de logement n’est pas reconnu\u00a0: écrivez T1, T2, T3…"
TRUNCATED_NUMBER = "Le tableur a tronqué ce numéro\u00a0: demandez-le à l’expéditeur."
NOT_A_YEAR = "Cette année n’est pas lisible."

# Compared without folding: this runs on every cell of a list.
_NOTHING = frozenset(
    {
        "",
        "neant",
        "néant",
        "aucun",
        "aucune",
        "sans",
        "nc",
        "n.c",
        "n/c",
        "nr",
        "n.r",
        "n/r",
        "na",
        "n.a",
        "n/a",
        "n a",
        "n c",
        "inconnu",
        "inconnue",
        "vide",
        "null",
        "none",
        "non renseigne",
        "non renseigné",
        "non renseignée",
        "non renseignee",
        "non communiqué",
        "non communique",
        "non connu",
        "sans objet",
        "so",
        "xx",
        "xxx",
        "pas de mail",
        "pas d'email",
        "pas d’email",
        "pas d'adresse mail",
        "pas d’adresse mail",
        "sans mail",
        "sans email",
        "pas de téléphone",
        "pas de telephone",
        "sans téléphone",
        "sans telephone",
        "pas de tel",
        "pas de tél",
        "pas de portable",
        "00/00/0000",
        "00-00-0000",
        "0000-00-00",
    }
)

# None of these words begins so: most cells of a list need no more looking at.
_BEGINNINGS = {word[:1] for word in _NOTHING} | {word[:1].upper() for word in _NOTHING} | {"0"}
_MORE_THAN_NOUGHT = frozenset(ascii_letters + "123456789") - _BEGINNINGS

_DAY_FIRST = re.compile(r"(\d{1,2})\s?[/.\-\s]\s?(\d{1,2})\s?[/.\-\s]\s?(\d{4}|\d{2})(?:[ T]\d{1,2}[:hH].*)?")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]\d{1,2}[:hH].*)?")
_COMPACT = re.compile(r"(\d{2})(\d{2})(\d{4})")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_WITH_MONTH = re.compile(r"(?:[a-z]+ )?(\d{1,2})(?: ?er)? ([a-z]{3,9}) (\d{4}|\d{2})")
_MONTH_NUMBERS = {
    fold(name)[:n]: i + 1 for i, name in enumerate(MONTHS) for n in range(3, 10) if len(fold(name)) >= n
}
# Three letters leave June and July alike.
_MONTH_NUMBERS["jui"] = 0
_SERIAL_START = date(1899, 12, 30)

_FRENCH_NUMBER = re.compile(
    r"(?:(?:\+|00)\s?33[\s.\-]*(?:\(0\))?|0)[\s.\-/]*[1-9](?:[\s.\-/\u00a0\u202f]*\d{2}){4}(?!\d)"
)
_PHONE_SPLIT = re.compile(r"\s*(?:[,;|\n]|\s/\s|\bou\b|\bet\b|(?<=\d{2})/(?=0\d))\s*")
_SCIENTIFIC = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)
_EMAIL = re.compile(r"[a-z0-9._%+'\-]+@[a-z0-9](?:[a-z0-9.\-]*[a-z0-9])?\.[a-z]{2,24}")
_CEDEX = re.compile(r"\s+cedex\b.*$", re.IGNORECASE)
_POSTAL_THEN_CITY = re.compile(r"(?:F-?)?(\d{2}\s?\d{3}|\d{4})[\s,\-]+(\D.*)", re.IGNORECASE | re.DOTALL)
_TYPOLOGY = re.compile(r"(?:type|t|f|p)? ?(\d{1,2}) ?(?:pieces?|p|pcs?)?(?: ?(bis|ter))?(?: .*)?")
_CREDIT = re.compile(r"(.*\d)\s*(?:€\s*)?(D|C|DB|CR|DT)\.?", re.IGNORECASE)
_AREA = re.compile(r"(\d[\d\s\u00a0\u202f]*)(?:[.,](\d+))?\s*(?:m2|m²|m)?", re.IGNORECASE)


def is_nothing(text: str) -> bool:
    """Say whether a cell says in words that there is nothing: « néant », « - », « NC », zeros."""
    if len(text) > 24 or text[:1] in _MORE_THAN_NOUGHT:
        return False
    bare = text.strip(" .-_*?/–—\u00a0").lower()
    return bare in _NOTHING or (len(text) > 1 and not bare.strip("0"))


def parse_date(text: str, today: date, *, month_first: bool = False) -> date:
    """Read a date in any usual French form, ISO, an Excel serial or eight digits.

    Two-digit years are of this century unless the day would then lie more than a year ahead. `month_first` is
    for lists written the American way. Raises InvalidEntry.
    """
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = match.groups()
        if month_first:
            day, month = month, day
        return _day(_full_year(year, month, day, today), int(month), int(day))
    if match := _YEAR_FIRST.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    return _other_date(text, today)


def parse_birth_date(text: str, today: date, *, month_first: bool = False) -> date:
    """Read a birth date: not in the future, nor before 1900 or 120 years ago. Raises InvalidEntry."""
    birth = parse_date(text, today, month_first=month_first)
    if birth > today:
        # « 12/03/49 » cannot be 2049, and was not 2-digit: an expiry or a typing mistake.
        shifted = _previous_century(text, birth)
        if shifted is None:
            raise InvalidEntry(FUTURE_BIRTH, "birth_date")
        birth = shifted
    if birth.year < 1900 or today.year - birth.year > OLDEST_AGE:
        raise InvalidEntry(TOO_OLD, "birth_date")
    return birth


def parse_past_date(text: str, today: date, *, month_first: bool = False) -> date:
    """Read the date of an entry or of a lease: from 1930 to five years ahead. Raises InvalidEntry."""
    day = parse_date(text, today, month_first=month_first)
    if not OLDEST_LEASE.year <= day.year <= today.year + 5:
        raise InvalidEntry(TOO_FAR)
    return day


def _previous_century(text: str, birth: date) -> date | None:
    if re.search(rf"(?<!\d){birth.year}(?!\d)", text) or re.fullmatch(r"\d{5,8}(?:[.,]\d+)?", text):
        return None
    return _day(birth.year - 100, birth.month, birth.day)


def _full_year(year: str, month: str, day: str, today: date) -> int:
    if len(year) == 4:
        return int(year)
    this = today.year // 100 * 100 + int(year)
    ahead = (this, int(month), int(day)) > (today.year + 1, today.month, today.day)
    return this - 100 if ahead else this


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise InvalidEntry(NO_SUCH_DAY) from error


def _other_date(text: str, today: date) -> date:
    if match := _COMPACT.fullmatch(text):
        if int(match[3][:2]) in (19, 20) or int(text[:2]) not in (19, 20):
            return _day(int(match[3]), int(match[2]), int(match[1]))
        return _day(int(text[:4]), int(text[4:6]), int(text[6:]))
    if match := _SERIAL.fullmatch(text):
        return _SERIAL_START + timedelta(days=int(match[1]))
    if re.fullmatch(r"(?:19|20)\d{2}", text):
        raise InvalidEntry(YEAR_ONLY)
    match = _WITH_MONTH.fullmatch(fold(text[:60]))
    if match and (month := _MONTH_NUMBERS.get(match[2], 0)):
        return _day(_full_year(match[3], str(month), match[1], today), month, int(match[1]))
    raise InvalidEntry(NOT_A_DATE)


@lru_cache(maxsize=65_536)
def parse_amount(text: str) -> int:
    """Read an amount into cents; a final C (« créditeur ») makes it negative. Raises InvalidEntry."""
    if match := _CREDIT.fullmatch(text):
        cents = money.parse_cents(match[1])
        return -cents if match[2][0] in "cC" else cents
    return money.parse_cents(text[:60])


def parse_monthly(text: str) -> int:
    """Read a rent or charges a month into cents, from 0 to 20,000 €. Raises InvalidEntry."""
    cents = parse_amount(text)
    if not 0 <= cents <= MAX_MONTHLY_CENTS:
        raise InvalidEntry(NOT_MONTHLY)
    return cents


def parse_benefit(text: str) -> int:
    """Read a housing benefit a month into cents, also printed as a deduction (-210). Raises InvalidEntry."""
    cents = abs(parse_amount(text))
    if cents > MAX_MONTHLY_CENTS:
        raise InvalidEntry(NOT_MONTHLY)
    return cents


def parse_balance(text: str) -> int:
    """Read the balance of a rent account into cents, positive when the tenant owes. Raises InvalidEntry."""
    cents = parse_amount(text)
    if abs(cents) > MAX_ENTRY_CENTS:
        raise InvalidEntry(NOT_A_BALANCE)
    return cents


def parse_phones(text: str) -> tuple[list[tuple[str, str | None]], list[str]]:
    """Return the numbers of a cell with what stands beside each (« fille »), and what is not readable."""
    try:
        return [(phones.parse_phone(text), None)], []
    except InvalidEntry:
        pass
    if _SCIENTIFIC.fullmatch(text):
        return [], [text]
    numbers: list[tuple[str, str | None]] = []
    wrong: list[str] = []
    for piece in filter(None, _PHONE_SPLIT.split(text[:300])):
        found, beside = _numbers_in(piece)
        numbers += [(number, beside) for number in found]
        if not found and any(c.isdigit() for c in piece):
            wrong.append(piece)
    if not numbers and not wrong and not is_nothing(text):
        wrong.append(text)
    return list(dict.fromkeys(numbers)), wrong


def _numbers_in(piece: str) -> tuple[list[str], str | None]:
    try:
        return [phones.parse_phone(piece)], None
    except InvalidEntry:
        found = [phones.parse_phone(match[0]) for match in _FRENCH_NUMBER.finditer(piece)]
        beside = _FRENCH_NUMBER.sub(" ", piece).strip(" ():.-/\t")
        return (found, beside[:60] or None) if found and not re.search(r"\d{5,}", beside) else ([], None)


def phone_problem(piece: str) -> str:
    """Return the sentence for a number that is not readable, the reason in it where it is plain."""
    if _SCIENTIFIC.fullmatch(piece.strip()):
        return TRUNCATED_NUMBER
    return "Ce numéro de téléphone n’est pas lisible\u00a0: il faut 10 chiffres, ou + et l’indicatif du pays."


def parse_emails(text: str) -> list[str]:
    """Return the addresses of a cell in lower case, none where it says « néant ». Raises InvalidEntry."""
    lowered = text.lower()
    if _EMAIL.fullmatch(lowered) and len(lowered) <= LONGEST_EMAIL:
        return [lowered]
    if is_nothing(text):
        return []
    found = [
        piece.strip("<>()") for piece in re.split(r"[\s;,/]+(?:ou\s+|et\s+)?", lowered[:500]) if "@" in piece
    ]
    if not found or not all(_EMAIL.fullmatch(piece) and len(piece) <= LONGEST_EMAIL for piece in found):
        raise InvalidEntry(NOT_AN_EMAIL, "email")
    return list(dict.fromkeys(found))


@lru_cache(maxsize=8_192)
def parse_postal_code(text: str) -> str:
    """Return five digits; the leading zero a spreadsheet ate is given back. Raises InvalidEntry."""
    digits = re.sub(r"[\s\u00a0\u202f]", "", text.upper()).removeprefix("F-")
    digits = re.sub(r"[.,]0+$", "", digits)
    if re.fullmatch(r"[1-9]\d{3}", digits):
        digits = "0" + digits
    if not re.fullmatch(r"(?:0[1-9]|[1-8]\d|9[0-8])\d{3}", digits):
        raise InvalidEntry(NOT_A_POSTAL_CODE, "postal_code")
    return digits


@lru_cache(maxsize=8_192)
def parse_city(text: str) -> str:
    """Return the name of the town without CEDEX."""
    return _CEDEX.sub("", " ".join(text.split()))[:100]


def split_postal_city(text: str) -> tuple[str | None, str]:
    """Cut « 08300 RETHEL » into code and town; None for an absent code. Raises InvalidEntry."""
    text = " ".join(text.split())
    if match := _POSTAL_THEN_CITY.fullmatch(text):
        return parse_postal_code(match[1]), parse_city(match[2])
    if re.fullmatch(r"\d[\d\s]*", text):
        return parse_postal_code(text), ""
    return None, parse_city(text)


@lru_cache(maxsize=1_024)
def parse_typology(text: str) -> str:
    """Return `T3` for « F3 » or « 3 pièces », `T1 bis`, `Studio`, `Chambre`. Raises InvalidEntry."""
    folded = re.sub(r"[.,]0+$", "", text.strip().lower())
    folded = fold(folded.replace("'", " bis").replace("’", " bis"))
    for word in ("studio", "chambre"):
        if folded.startswith(word):
            return word.capitalize()
    match = _TYPOLOGY.fullmatch(folded)
    if not match or not 1 <= int(match[1]) <= 12:
        raise InvalidEntry(NOT_A_TYPOLOGY, "typology")
    return f"T{int(match[1])}" + (f" {match[2]}" if match[2] else "")


# How a household is made, as tables write it: « 1A+2E », « 2 ad. 3 enf. », « 1 adulte et 2 enfants ».
COMPOSITION = re.compile(
    r"(?P<adults>\d{1,2})\s*a(?:d(?:ultes?)?\.?)?\s*(?:(?:[+/,&-]|et)?\s*"
    r"(?P<children>\d{1,2})\s*e(?:nf(?:ants?)?\.?)?)?",
    re.IGNORECASE,
)


@lru_cache(maxsize=1_024)
def parse_count(text: str) -> int:
    """Read a small whole number of people or rooms: « 5 », « 5.0 », « 5 pers. », « 1A+2E ». Raises InvalidEntry."""
    if made_of := COMPOSITION.fullmatch(text.strip()):
        return int(made_of["adults"]) + int(made_of["children"] or 0)
    match = re.fullmatch(r"(\d{1,4})(?:[.,]0+)?\s*(?:[^\W\d_].*)?", text)
    if not match:
        raise InvalidEntry(NOT_A_COUNT)
    return int(match[1])


@lru_cache(maxsize=8_192)
def parse_area(text: str, rooms: int | None = None) -> int:
    """Return a living area in tenths of a square metre. Raises InvalidEntry.

    Registers mix square metres and tenths in one column (« 1184.0 » for three rooms): an area no dwelling of
    that many rooms can have is read as tenths.
    """
    match = _AREA.fullmatch(text)
    if not match:
        raise InvalidEntry(NOT_AN_AREA, "living_area")
    whole = int(re.sub(r"\D", "", match[1])[:9])
    tenths = whole * 10 + int((match[2] or "0")[0])
    if whole > 150 and whole > 45 * (rooms or 5):
        tenths = whole
    if not 40 <= tenths <= 10_000:
        raise InvalidEntry(NOT_AN_AREA, "living_area")
    return tenths


def parse_year(text: str, today: date) -> int:
    """Read a year of construction. Raises InvalidEntry."""
    match = re.fullmatch(r"(1[0-9]{3}|20\d{2})(?:[.,]0+)?", text)
    if not match or int(match[1]) > today.year + 5:
        raise InvalidEntry(NOT_A_YEAR)
    return int(match[1])


def shorten(text: str) -> str:
    """Return a value as the report shows it: visible characters only, 60 at most."""
    visible = "".join(c if c.isprintable() else "\ufffd" for c in text[:61])
    return visible if len(visible) <= 60 else visible[:59] + "…"
