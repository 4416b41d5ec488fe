"""The runs area below the others: its share, its toggle, and what is remembered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QLabel, QListView, QSplitter, QToolButton, QWidget

from desktop_app.domain.theme_choice import ThemeChoice
from desktop_app.ui.desk.main_window import MainWindow
from desktop_app.ui.theme.theme import Theme


def new_window(qapp: QApplication) -> tuple[MainWindow, list[QWidget]]:
    """The window, and its areas, which somebody must hold."""
    window = MainWindow(Theme(qapp, ThemeChoice.LIGHT))
    areas: list[QWidget] = [QListView(), QListView(), QListView(), QToolButton(), QToolButton()]
    window.fill(*areas)
    return window, areas


@pytest.fixture
def window(qapp: QApplication) -> Iterator[MainWindow]:
    made, _areas = new_window(qapp)
    made.resize(1200, 800)
    made.show()
    qapp.processEvents()
    yield made
    made.allow_closing()
    made.close()
    made.deleteLater()


@pytest.fixture
def stored(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


def test_runs_get_half_and_can_be_hidden(window: MainWindow, stored: QSettings, qapp: QApplication) -> None:
    action = window.actions_of_desk.show_runs
    action.setChecked(True)
    runs = QListView()
    window.add_runs(runs, stored)
    qapp.processEvents()
    assert runs.isVisible()
    assert 320 < runs.height() < 400
    action.setChecked(False)
    assert not runs.isVisible()
    action.setChecked(True)
    assert runs.isVisible()


def test_whether_and_how_high_runs_were_shown_is_remembered(
    window: MainWindow, stored: QSettings, qapp: QApplication
) -> None:
    assert not window.were_runs_shown(stored)
    window.actions_of_desk.show_runs.setChecked(True)
    runs = QListView()
    window.add_runs(runs, stored)
    qapp.processEvents()
    rows = runs.parentWidget()
    assert isinstance(rows, QSplitter)
    rows.setSizes([300, 400])
    height = runs.height()
    window.save_layout(stored)
    assert window.were_runs_shown(stored)
    again, _areas = new_window(qapp)
    again.restore_layout(stored)
    again.resize(1200, 800)
    again.show()
    qapp.processEvents()
    restored = QListView()
    again.add_runs(restored, stored)
    qapp.processEvents()
    assert abs(restored.height() - height) < 3
    again.allow_closing()
    again.close()
    again.deleteLater()


def test_the_status_bar_counts_the_runs_that_work(window: MainWindow) -> None:
    def words() -> list[str]:
        return [label.text() for label in window.status.findChildren(QLabel) if label.text()]

    window.status.show_working(1)
    assert words() == ["1 run working"]
    window.status.show_working(3)
    assert words() == ["3 runs working"]
    window.status.show_working(0)
    assert words() == []
