"""Why a file is refused: one French sentence that says what to do, and nothing else happens."""

from __future__ import annotations

from collections.abc import Callable

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.kernel.french import typeset


class UnreadableFile(CaseworkerError):
    """The file is no list that can be read; the sentence names it and says what to do."""

    def __init__(self, name: str, why: str) -> None:
        """Write « name » followed by `why`, with French typography; `name` is a file name, never a path."""
        super().__init__(typeset(f"« {shorten_name(name)} » {why}"))

    def __reduce__(self) -> tuple[Callable[[str], UnreadableFile], tuple[str]]:
        """Let the refusal come back whole from the process that read the file."""
        return _again, (self.sentence,)


def _again(sentence: str) -> UnreadableFile:
    refusal = UnreadableFile.__new__(UnreadableFile)
    CaseworkerError.__init__(refusal, sentence)
    return refusal


def shorten_name(name: str) -> str:
    """Return a file name that fits in a sentence: control characters out, 80 characters at most."""
    bare = "".join(c if c.isprintable() else "?" for c in name)
    return bare if len(bare) <= 80 else f"{bare[:60]}…{bare[-15:]}"


SAVE_AS = "ouvrez-le dans votre tableur et enregistrez-le au format Excel (.xlsx) ou CSV, puis recommencez."
ASK_AGAIN = "demandez à l'expéditeur de vous le renvoyer au format Excel (.xlsx) ou CSV."

ABSENT = "n'existe pas : vérifiez le nom et le dossier."
FOLDER = "est un dossier : choisissez le fichier qu'il contient."
NOT_A_FILE = "n'est pas un fichier ordinaire : choisissez un tableau ou un fichier CSV."
FORBIDDEN = (
    "ne peut pas être lu avec votre compte : demandez le droit de le lire, ou copiez-le dans vos documents."
)
UNREACHABLE = "ne répond pas : vérifiez que le disque ou le réseau est bien branché, puis recommencez."
EMPTY = "est vide : " + ASK_AGAIN
TOO_LARGE = "dépasse {limit} Mo : découpez la liste en plusieurs fichiers et importez-les l'un après l'autre."
TOO_MANY_CELLS = (
    "contient trop de cellules : découpez la liste en plusieurs fichiers et importez-les l'un après l'autre."
)
TOO_MANY_COLUMNS = (
    "a plus de {limit} colonnes : ce n'est pas une liste. Supprimez les colonnes vides à droite du tableau,"
    " enregistrez et recommencez."
)
TOO_SPREAD = (
    "a une feuille qui s'étend jusqu'à la cellule {cell} : copiez le tableau seul dans un classeur neuf,"
    " enregistrez et recommencez."
)
BOMB = (
    "se déplie en un volume anormal ({size} Mo) : il n'a pas été ouvert. Si la liste est authentique, "
    "copiez le tableau seul dans un classeur neuf."
)
PROTECTED = (
    "est protégé par un mot de passe : ouvrez-le dans votre tableur, enlevez la protection et recommencez."
)
DAMAGED = "est abîmé ou n'est pas un vrai classeur : " + ASK_AGAIN
UNTOLD_RECORDS = (
    "contient des données JSON : dites ce qu’elles sont avec --kind partners (annuaire) ou --kind goals (objectifs) ;"
    " une liste de personnes se demande au format Excel (.xlsx) ou CSV."
)
NOT_A_LIST = "n'est pas un tableau mais {what} : " + ASK_AGAIN
WEB_PAGE = "est une page web enregistrée sous un nom de tableur : " + SAVE_AS
OLD_XML = "est un ancien classeur XML : " + SAVE_AS
BINARY = "n'est ni un texte ni un classeur (contenu illisible) : " + ASK_AGAIN
NO_TABLE = (
    "ne contient aucun tableau reconnaissable : il faut une ligne d'en-tête"
    " et une ligne par personne ou par logement."
)
HEADER_ONLY = "ne contient que la ligne d'en-tête : il n'y a rien à importer."
