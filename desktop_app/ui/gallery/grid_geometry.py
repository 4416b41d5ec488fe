"""Where tiles are: rows and columns from the width alone, so that 100,000 of them cost what one costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

PICTURE_STEP = 8
"""The square for the picture grows in these steps, so that resizing rarely scales pictures anew."""


@dataclass(frozen=True, slots=True)
class GridGeometry:
    """Tiles in rows from the left, equally wide, filling the width.

    Attributes:
        width: of the viewport.
        count: number of tiles.
        tile: wanted side of the square for the picture.
        gap: space around the square.
        caption: height below the square for the name.
    """

    width: int
    count: int
    tile: int
    gap: int
    caption: int

    @property
    def columns(self) -> int:
        return max(1, round(self.width / (self.tile + 2 * self.gap)))

    @property
    def cell_width(self) -> int:
        return max(1, self.width // self.columns)

    @property
    def picture_side(self) -> int:
        inner = self.cell_width - 2 * self.gap
        return max(PICTURE_STEP, inner // PICTURE_STEP * PICTURE_STEP)

    @property
    def cell_height(self) -> int:
        return self.picture_side + 2 * self.gap + self.caption

    @property
    def rows(self) -> int:
        return -(-self.count // self.columns)

    @property
    def height(self) -> int:
        return self.rows * self.cell_height

    def place(self, tile: int) -> tuple[int, int]:
        """Left and top of a tile."""
        row, column = divmod(tile, self.columns)
        return column * self.cell_width, row * self.cell_height

    def tile_at(self, x: int, y: int) -> int | None:
        """The tile at a point of the whole grid; None beside and below the tiles."""
        column, row = x // self.cell_width, y // self.cell_height
        if not (0 <= column < self.columns and row >= 0):
            return None
        tile = row * self.columns + column
        return tile if tile < self.count else None

    def tiles_between(self, top: int, bottom: int) -> range:
        """Tiles of every row that touches the strip from `top` to just above `bottom`."""
        first = max(0, top // self.cell_height) * self.columns
        end = max(0, -(-bottom // self.cell_height)) * self.columns
        return range(min(first, self.count), min(end, self.count))

    def tiles_in(self, left: int, top: int, right: int, bottom: int) -> Iterator[range]:
        """For each row touched by a rectangle, the tiles inside it."""
        first_column = min(max(0, left // self.cell_width), self.columns - 1)
        last_column = min(max(0, right // self.cell_width), self.columns - 1)
        strip = self.tiles_between(top, bottom + 1)
        for start in range(strip.start, strip.stop, self.columns):
            tiles = range(start + first_column, min(start + last_column + 1, self.count))
            if tiles:
                yield tiles

    def moved(self, tile: int, columns: int = 0, rows: int = 0) -> int:
        """The tile some steps away; at the edges as far as it goes, and down into a short last row."""
        if columns:
            return min(max(tile + columns, 0), self.count - 1)
        row, column = divmod(tile, self.columns)
        wanted = min(max(row + rows, 0), self.rows - 1)
        return min(wanted * self.columns + column, self.count - 1)
