"""The answer grid under a person's hands, on a real library."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMenu

from desktop_app.domain.runs.row_filters import Attention, OneOf, RowFilters
from desktop_app.ui.runs.grid.row_order import Shown
from tests.ui.runs.grid.conftest import CONTROL, NOTHING_HELD, SHIFT, Key, Scene, ids

# Said of popups and tips by the platform without a screen.
pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)

LEFT = Qt.MouseButton.LeftButton


async def click_part(scene: Scene, key: str, number: int, held: Qt.KeyboardModifier = NOTHING_HELD) -> None:
    place = scene.view.strip.part_rect(key, number).center()
    QTest.mouseClick(scene.view.strip, LEFT, held, place)
    await scene.settled()


async def test_a_click_on_a_heading_sorts_up_then_down_then_as_the_run_is(scene: Scene) -> None:
    header = scene.view.table.header
    number = 2
    place = QPoint(header.sectionViewportPosition(number) + 20, 10)
    firsts = []
    for _ in range(3):
        QTest.mouseClick(header.viewport(), LEFT, NOTHING_HELD, place)
        await scene.settled()
        firsts.append(scene.column("bolts")[:2])
    assert firsts == [["0", "4"], ["32", "28"], ["0", "4"]]
    assert scene.column(":name")[0] == "IMG 1.jpg"


async def test_a_click_on_a_bar_filters_and_another_one_shows_all_again(scene: Scene) -> None:
    await click_part(scene, "rust", 0)
    assert scene.column("rust") == ["yes"] * 3
    assert scene.presenter.visible_ids() == tuple(ids((await scene.items())[0:9:3]))
    await click_part(scene, "rust", 0)
    assert len(scene.column("rust")) == 12


async def test_bars_of_a_histogram_join_to_a_range(scene: Scene) -> None:
    await click_part(scene, "bolts", 0)
    assert scene.column("bolts") == ["0"]
    await click_part(scene, "bolts", 2, SHIFT)
    assert set(scene.column("bolts")) == {"0", "4", "8"}


async def test_bars_are_reached_with_the_keyboard(scene: Scene) -> None:
    strip = scene.view.strip
    strip.setFocus()
    QTest.keyClick(strip, Key.Key_Right)
    assert "Rust: no" in strip.accessibleDescription()
    QTest.keyClick(strip, Key.Key_Return)
    await scene.settled()
    assert scene.column("rust") == ["no"] * 6


async def test_a_search_looks_through_names_answers_and_notes(scene: Scene) -> None:
    QTest.keyClick(scene.view.table, Key.Key_F, CONTROL)
    search = scene.view.bar.search
    QTest.keyClicks(search, "word 2024-08")
    await scene.until(lambda: len(scene.column("words")) == 1)
    assert scene.column(":name") == ["IMG 8.jpg"]
    QTest.keyClick(search, Key.Key_Down)
    await scene.settled()
    assert QApplication.focusWidget() is scene.view.table
    assert scene.chosen[-1] == ("8.jpg", False)


async def test_what_needs_attention_is_one_click_away(scene: Scene) -> None:
    marks = scene.view.bar.marks
    assert {one: marks[one].text() for one in marks if marks[one].isVisible()} == {
        Attention.FAILED: "failed 1",
        Attention.UNSURE: "unsure 1",
        Attention.PROBLEMS: "incomplete 1",
    }
    marks[Attention.UNSURE].click()
    await scene.settled()
    assert scene.column(":name") == ["IMG 3.jpg"]


async def test_a_column_is_filtered_in_its_window(scene: Scene) -> None:
    await scene.go_to(0, "bolts")
    await scene.press(Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    window = scene.view.column_filter
    low, high = window.findChildren(QLineEdit)
    QTest.keyClicks(low, "10")
    QTest.keyClicks(high, "20")
    await scene.settled()
    assert scene.column("bolts") == ["12", "16"]
    high.setText("many")
    await scene.settled()
    assert scene.column("bolts") == ["12", "16"]
    window.close()


async def test_a_filters_window_leaves_the_rows_where_they_are(scene: Scene) -> None:
    view = scene.view
    view.resize(1900, 300)
    await scene.go_to(0, "bolts")
    bar = view.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    view.open_column_filter(3)
    await scene.settled()
    assert bar.value() == bar.maximum() > 0
    view.column_filter.close()


async def test_arrows_move_the_picture_and_enter_shows_it_in_full(scene: Scene) -> None:
    await scene.go_to(0, "bolts")
    await scene.press(Key.Key_Down)
    assert scene.chosen[-1] == ("2.jpg", False)
    await scene.press(Key.Key_Right)
    await scene.press(Key.Key_Return)
    assert scene.chosen[-1] == ("2.jpg", True)


async def test_the_selection_stays_with_its_rows_and_is_asked_again(scene: Scene) -> None:
    await scene.go_to(1, "condition")
    await scene.press(Key.Key_Down, SHIFT)
    scene.presenter.sort("bolts", True)
    await scene.settled()
    wanted = {item.id for item in (await scene.items())[1:3]}
    assert set(scene.presenter.selected_ids()) == wanted
    await scene.press(Key.Key_R, CONTROL)
    assert set(scene.asked_again[0]) == wanted


async def test_everything_that_is_selected_stays_so_in_another_order(scene: Scene) -> None:
    await scene.go_to(0, "rust")
    await scene.press(Key.Key_A, CONTROL)
    scene.presenter.sort("bolts", True)
    await scene.settled()
    assert sorted(scene.presenter.selected_ids()) == ids(await scene.items())
    scene.presenter.search("2024-0")
    await scene.until(lambda: scene.view.model.rowCount() == 9)
    assert scene.presenter.selected_ids() == scene.presenter.visible_ids()


async def test_rows_that_are_too_scattered_to_stay_selected_are_not_dropped_without_a_word(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.ui.runs.grid.table.row_selection.MOST_PARTS", 2)
    wanted = [item.id for item in (await scene.items())[:6:2]]
    assert scene.view.table.select_ids(wanted[:2], wanted[0])
    scene.presenter.sort(":name", True)
    await scene.until(lambda: scene.column(":name")[0] == "IMG 12.jpg")
    assert sorted(scene.presenter.selected_ids()) == wanted[:2]
    assert scene.view.bar.note == ""
    monkeypatch.setattr("desktop_app.ui.runs.grid.table.row_selection.MOST_PARTS", 1)
    scene.presenter.sort(":name", False)
    await scene.until(lambda: scene.column(":name")[0] == "IMG 1.jpg")
    assert scene.presenter.selected_ids() == ()
    assert scene.view.bar.note == "The selected rows are too scattered in this order to stay selected."


async def test_what_is_on_screen_stays_there_when_rows_change_their_order(scene: Scene) -> None:
    view, items = scene.view, await scene.items()
    view.resize(1900, 300)
    scene.presenter.sort("bolts", True)
    await scene.until(lambda: scene.column("bolts")[0] == "32")
    await scene.go_to(5, "bolts")
    current, place = view.table.current_id(), view.table.visualRect(view.table.currentIndex())
    assert view.table.verticalScrollBar().value() > 0
    for item in items[:2]:  # to the top, above all that is on screen
        await scene.store.edit({item.id: {"bolts": 40}})
    await scene.go_on(*(item.id for item in items[:2]))
    await scene.until(lambda: scene.column("bolts")[:2] == ["40", "40"])
    assert view.table.current_id() == current
    assert view.table.visualRect(view.table.currentIndex()) == place


async def test_a_table_that_shows_its_top_goes_on_showing_it(scene: Scene) -> None:
    view, items = scene.view, await scene.items()
    view.resize(1900, 300)
    scene.presenter.sort("bolts", True)
    await scene.until(lambda: scene.column("bolts")[0] == "32")
    await scene.store.edit({items[0].id: {"bolts": 40}})
    await scene.go_on(items[0].id)
    await scene.until(lambda: scene.column("bolts")[0] == "40")
    assert view.table.verticalScrollBar().value() == 0


async def test_rows_follow_a_run_that_goes_on(scene: Scene) -> None:
    items = await scene.items()
    await scene.store.requeue(scene.run.id, [items[0].id])
    await scene.go_on(items[0].id)
    await scene.until(lambda: scene.column(":state")[0] == "not asked yet")


async def test_items_queued_again_without_being_named_are_noticed(scene: Scene) -> None:
    await scene.store.requeue(scene.run.id)
    await scene.go_on()
    await scene.until(lambda: scene.column(":state")[9] == "not asked yet")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((0,), "Ask again"),
        ((0, 9), "Ask again about 2 pictures"),
        ((10,), "Ask now"),
        ((9, 10, 11), "Ask about 3 pictures now"),
    ],
)
async def test_the_menu_says_whether_rows_were_asked_before(
    scene: Scene, rows: tuple[int, ...], words: str
) -> None:
    items, table = await scene.items(), scene.view.table
    wanted = tuple(items[row].id for row in rows)
    table.select_ids(wanted, wanted[0])
    table.menu_wanted.emit(QPoint())
    (menu,) = scene.view.findChildren(QMenu)
    (entry,) = [one for one in menu.actions() if one.text().endswith("\tCtrl+R")]
    assert entry.text().split("\t")[0] == words
    entry.trigger()
    menu.close()
    assert scene.asked_again == [wanted]


async def test_no_count_is_told_of_rows_that_are_not_read_yet(scene: Scene) -> None:
    told = [label for label in scene.view.bar.findChildren(QLabel) if label.text() == "12 pictures"]
    filters = RowFilters(search="x")
    scene.view.show_shown(Shown(filters, count=9_000, total=9_000, is_reading=True))
    assert [label.text() for label in told] == ["Reading 9,000 pictures…"]
    scene.view.show_shown(Shown(filters, count=3, total=9_000))
    assert [label.text() for label in told] == ["3 of 9,000"]
    scene.view.show_shown(Shown(count=9_000, total=9_000, is_reading=True))
    assert [label.text() for label in told] == ["9,000 pictures"]
    await scene.until(lambda: told[0].text() == "Reading 9,000 pictures…")  # it takes long


async def test_nothing_moves_when_the_rest_of_the_rows_arrives(scene: Scene) -> None:
    view = scene.view
    columns, rows = view.model.columns, await scene.store.rows(scene.run.id)
    await scene.presenter.show(None)
    QAbstractItemModelTester(view.model, QAbstractItemModelTester.FailureReportingMode.Fatal, view)
    view.resize(900, 260)
    view.show_rows(await scene.store.first_rows(scene.run.id, 8), columns)
    await scene.settled()
    bar = view.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    await scene.edit(5, "words")
    before, selected = bar.value(), view.selected_ids()
    view.show_rows(rows, columns)
    await scene.settled()
    assert view.model.rowCount() == 12
    assert bar.maximum() > before
    assert (bar.value(), view.selected_ids(), view.table.is_editing) == (before, selected, True)


async def test_a_low_grid_has_low_rows_and_keeps_what_was_on_screen(scene: Scene) -> None:
    view, table = scene.view, scene.view.table
    view.resize(1900, 300)
    await scene.settled()
    high, shown = table.rowHeight(0), len(table.visible_rows())
    table.verticalScrollBar().setValue(4 * high)
    view.resize(1900, 160)
    await scene.settled()
    assert table.rowHeight(0) < high
    assert table.visible_rows().start == 4
    last = scene.view.model.item_id(table.visible_rows().stop - 1)
    await scene.until(lambda: not view.lacks_thumbnail(last))
    view.resize(1900, 300)
    await scene.settled()
    assert (table.rowHeight(0), len(table.visible_rows())) == (high, shown)


async def test_a_run_read_once_more_stays_filtered_and_where_it_was(scene: Scene) -> None:
    scene.presenter.filter_column("rust", OneOf(frozenset((True,))))
    await scene.until(lambda: scene.view.model.rowCount() == 3)
    await scene.go_to(1, "bolts")
    reset = QSignalSpy(scene.view.model.modelReset)
    await scene.store.annotate({(await scene.items())[3].id: "seen"})
    scene.view.show_rows(await scene.store.rows(scene.run.id), scene.view.model.columns)
    await scene.settled()
    assert (scene.view.model.rowCount(), reset.count()) == (3, 0)
    assert scene.column(":note")[1] == "seen"


async def test_thumbnails_are_loaded_for_the_rows_on_screen(scene: Scene) -> None:
    first = (await scene.items())[0].id
    await scene.until(lambda: not scene.view.lacks_thumbnail(first))
    rect = scene.view.table.visualRect(scene.cell(0, ":name"))
    image = scene.view.table.viewport().grab(rect).toImage()
    colours = {image.pixelColor(x, image.height() // 2).name() for x in range(60)}
    assert "#c80000" in colours


async def test_every_control_has_an_accessible_name(scene: Scene) -> None:
    view = scene.view
    buttons, fields = view.bar.findChildren(QAbstractButton), view.bar.findChildren(QLineEdit)
    controls = [one for one in (*buttons, *fields) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [one for one in (*controls, view.table, view.strip) if not one.accessibleName()] == []


async def test_where_there_is_little_room_the_rows_get_that_of_the_summaries(scene: Scene) -> None:
    view = scene.view
    view.resize(900, 140)
    await scene.settled()
    assert view.strip.isHidden()
    assert view.table.header.height() == view.table.header.lowest
    assert view.table.viewport().height() >= view.table.rowHeight(0)
    view.resize(900, 500)
    await scene.settled()
    assert view.strip.isVisible()
    assert view.table.header.height() == view.table.header.highest
