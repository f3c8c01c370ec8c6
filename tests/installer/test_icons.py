"""The icon files: the program's sign, at every size asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tools.packaging import icons

pytestmark = pytest.mark.usefixtures("qapp")


def test_each_size_is_drawn_in_the_sign_s_colours(tmp_path: Path) -> None:
    *pictures, joined = icons.draw(tmp_path)
    for size, path in zip(icons.SIZES, pictures, strict=True):
        with Image.open(path) as picture:
            assert picture.size == (size, size)
            assert picture.getpixel((0, 0))[3] == 0, "the corners are round"
            assert len(picture.getcolors(size * size)) > 2
    with Image.open(joined) as icon:
        assert icon.info["sizes"] == {(size, size) for size in icons.SIZES}
