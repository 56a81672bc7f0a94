"""The button that puts the path of a workbook on the clipboard: over http, from file://, with the clipboard refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from sgo_sheets.findings import CellRef
from sgo_sheets.site.assets import asset_pages
from sgo_sheets.site.render import Renderer
from tests.browser.conftest import Browser

pytestmark = pytest.mark.browser
PATH = "Журналы/5А/Алгебра.xlsx"
TEMPLATE = """{% extends "base.html" %}{% import "parts.html" as parts %}
{% block main %}{{ parts.cell(ref) }}<textarea aria-label="сюда"></textarea>{% endblock %}"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Return a page with one cell of a workbook."""
    (tmp_path / "own" / "site").mkdir(parents=True)
    (tmp_path / "own" / "site" / "cell.html").write_text(TEMPLATE, encoding="utf-8")
    content = Renderer(tmp_path / "own").page("cell.html", path="staff/cell.html", ref=CellRef(PATH, "Уроки", "C12"))
    for asset in asset_pages():
        target = tmp_path / asset.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(asset.content)
    (tmp_path / "staff").mkdir()
    (tmp_path / "staff" / "cell.html").write_bytes(content)
    return tmp_path / "staff" / "cell.html"


@pytest.mark.parametrize("permission", ["granted", "denied"])
def test_the_path_lands_on_the_clipboard(browser: Browser, page: Path, permission: str) -> None:
    browser.tell("Browser.setPermission", permission={"name": "clipboard-write"}, setting=permission)
    browser.open(page)
    assert browser.texts(".cell") == [f"{PATH} › Уроки!C12 Копировать"]
    browser.all(".copy")[0].click()
    WebDriverWait(browser.driver, 5).until(lambda _: browser.texts(".copy") == ["Скопировано"])
    field = browser.driver.find_element(By.TAG_NAME, "textarea")
    field.send_keys(Keys.CONTROL, "v")
    assert field.get_attribute("value") == PATH


def test_without_the_script_the_path_is_there_and_the_button_is_not(browser: Browser, page: Path) -> None:
    browser.open(page, script=False)
    assert browser.texts(".cell") == [f"{PATH} › Уроки!C12"]
    assert not browser.all(".copy")
