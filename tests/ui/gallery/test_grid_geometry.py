from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.ui.gallery.grid_geometry import GridGeometry

GRIDS = st.builds(
    GridGeometry,
    width=st.integers(40, 3000),
    count=st.integers(1, 100_000),
    tile=st.integers(48, 400),
    gap=st.integers(0, 16),
    caption=st.integers(0, 40),
)


@given(GRIDS, st.data())
def test_a_tile_is_found_where_it_was_put(grid: GridGeometry, data: st.DataObject) -> None:
    tile = data.draw(st.integers(0, grid.count - 1))
    x, y = grid.place(tile)
    assert x + grid.cell_width <= grid.width
    assert y + grid.cell_height <= grid.height
    assert grid.tile_at(x, y) == tile
    assert grid.tile_at(x + grid.cell_width - 1, y + grid.cell_height - 1) == tile


@given(GRIDS, st.integers(0, 10_000), st.integers(1, 2000))
def test_a_strip_holds_what_touches_it(grid: GridGeometry, top: int, height: int) -> None:
    tiles = grid.tiles_between(top, top + height)
    for tile in (tiles.start - 1, tiles.start, tiles.stop - 1, tiles.stop):
        if 0 <= tile < grid.count:
            _, y = grid.place(tile)
            touches = y < top + height and y + grid.cell_height > top
            assert touches == (tile in tiles)


@given(GRIDS, st.integers(0, 3000), st.integers(0, 5000), st.integers(0, 900), st.integers(0, 900))
def test_a_rectangle_holds_what_it_touches(grid: GridGeometry, x: int, y: int, dx: int, dy: int) -> None:
    inside = {tile for tiles in grid.tiles_in(x, y, x + dx, y + dy) for tile in tiles}
    for corner in ((x, y), (x + dx, y), (x, y + dy), (x + dx, y + dy)):
        tile = grid.tile_at(*corner)
        assert tile is None or tile in inside
    assert all(0 <= tile < grid.count for tile in inside)


@given(GRIDS, st.data(), st.integers(-200_000, 200_000))
def test_moves_stay_in_the_grid(grid: GridGeometry, data: st.DataObject, by: int) -> None:
    tile = data.draw(st.integers(0, grid.count - 1))
    assert 0 <= grid.moved(tile, columns=by) < grid.count
    assert 0 <= grid.moved(tile, rows=by) < grid.count
    down = grid.moved(tile, rows=1)
    assert down == tile or down // grid.columns == tile // grid.columns + 1
