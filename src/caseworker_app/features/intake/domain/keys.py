"""Keys that open somebody else's file, found in a list: they are never kept, shown, nor written anywhere.

Programs of the field encrypt what they hold, and people keep the key beside the export: in a column, a title, a
remark. Taking it over would put the other file at risk for nothing.
"""

from __future__ import annotations

import re

REMOVED = "[clé retirée]"
KEY_REMOVED = "Une clé de chiffrement a été retirée de cette cellule\u00a0: elle n’est jamais gardée."

_NAMED = (
    r"(?:cl[ée]s?|phrase|code|key)\s+(?:secr[èe]te\s+)?(?:de\s+|d['’]\s*|du\s+)?(?:l['’]\s*)?"
    r"(?:d[ée]?chiffrement|chiffrement|cryptage|d[ée]cryptage|organisation|secr[èe]te|priv[ée]e)"
    r"|mots?\s+de\s+passe|password|passphrase|(?:org\w*|organisation)?\s*(?:en|de)cryption\s*key"
)
_LABELLED = re.compile(rf"({_NAMED})([^:=\n]{{0,40}}[:=]\s*)(\S[^\n;|]*)", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w+/=-])(?:(?=[\w+/-]*\d)(?=[\w+/-]*[a-z])(?=[\w+/-]*[A-Z])[A-Za-z0-9+/_-]{43}=|[0-9a-fA-F]{64})(?![\w+/=-])"
)
_BLOCK = re.compile(r"-----BEGIN [A-Z ]*(?:KEY|PGP)[\s\S]*?(?:-----END [A-Z ]*-----|\Z)")


def without_keys(text: str) -> str:
    """Return the text, every key in it (or what is called one) replaced by a mark."""
    # Nearly no text has any of these marks: looking for them is much quicker than the patterns.
    if len(text) < 8:
        return text
    if len(text) >= 43:
        text = _BARE.sub(REMOVED, _BLOCK.sub(REMOVED, text))
    if ":" in text or "=" in text:
        text = _LABELLED.sub(lambda match: f"{match[1]}{match[2]}{REMOVED}", text)
    return text
