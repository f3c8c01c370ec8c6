"""The association's picture (« logo ») taken from a file: judged, made small, and of its pixels only."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from caseworker_app.kernel.errors import CaseworkerError

if TYPE_CHECKING:
    from PIL import Image

# Bytes of the file chosen, then points of its sides.
LARGEST_FILE, _MOST_SIDE, _LEAST_SIDE = 10_000_000, 12_000, 48
# 34 mm, the widest it is printed, at 300 points an inch.
KEPT_SIDE = 400
# A photo taken for a logo weighs more than its use: beyond, 256 colours are enough.
_USUAL_BYTES, _COLOURS = 120_000, 256


class LogoRefused(CaseworkerError):
    """The file chosen is not a picture that can head a letter."""


def logo_from_file(path: Path) -> bytes:
    """Return the picture of a PNG or JPEG file as `logo_png` does.

    Raises LogoRefused, also for a file that cannot be read or is over 10 MB.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise LogoRefused("Ce fichier dépasse 10\u00a0Mo\u00a0: choisissez une image plus légère.")
        return logo_png(path.read_bytes())
    except OSError as error:
        raise LogoRefused(
            "Ce fichier ne se lit pas\u00a0: copiez-le sur ce PC, puis choisissez-le de nouveau."
        ) from error


def logo_png(content: bytes) -> bytes:
    """Return a PNG or JPEG picture upright, 400 points wide or high at most, without anything but its pixels.

    The same bytes in always give the same bytes out. Raises LogoRefused for another format, a torn file, a picture
    under 48 points or over 12,000.
    """
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as picture:
            _check_size(picture.size)
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise LogoRefused(
            "Ce fichier n’est pas une image PNG ou JPEG lisible\u00a0: enregistrez le logo dans l’un de ces formats."
        ) from error
    upright.thumbnail((KEPT_SIDE, KEPT_SIDE))
    # A new picture: nothing of what the file said of itself (place, device, author) comes along.
    bare = Image.new("RGBA", upright.size)
    bare.paste(upright)
    kept = _encoded(bare)
    if len(kept) > _USUAL_BYTES:
        kept = _encoded(bare.quantize(_COLOURS, Image.Quantize.FASTOCTREE))
    return kept


def _check_size(size: tuple[int, int]) -> None:
    if max(size) > _MOST_SIDE:
        raise LogoRefused("Cette image est trop grande\u00a0: 12\u202f000\u00a0points de côté au plus.")
    if max(size) < _LEAST_SIDE:
        raise LogoRefused(
            "Cette image est trop petite pour être imprimée\u00a0: 48\u00a0points de côté au moins."
        )


def _encoded(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
