"""A real Chromium for the pages: one for all tests of a process, from file:// and over http, at any day and size."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import axe_core_python
import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from sgo_sheets.russian import slug
from sgo_sheets.site.assets import asset_pages
from sgo_sheets.site.diary import diary_pages
from sgo_sheets.site.public import public_pages
from sgo_sheets.site.render import Renderer
from tests.school.small import school
from tests.site.diary_school import VERA
from tests.site.lived_class import TODAY, crowded_class, first_graders, lived_class

PHONE, DESKTOP, NARROW = (390, 844), (1280, 900), (320, 640)
AXE = Path(axe_core_python.__file__).with_name("axe.min.js")
# The day and the hour a family's device shows, before any script of the page runs.
CLOCK = """(() => {
  const shift = new Date(%r).getTime() - Date.now();
  const Real = Date;
  window.Date = class extends Real {
    constructor(...parts) { if (parts.length) { super(...parts); } else { super(Real.now() + shift); } }
    static now() { return Real.now() + shift; }
  };
})();"""


@dataclass(slots=True)
class Browser:
    """Chromium as the tests use it."""

    driver: webdriver.Chrome

    def tell(self, command: str, **options: Any) -> Any:
        """Send a command of the DevTools protocol."""
        return self.driver.execute_cdp_cmd(command, options)

    def look(self, size: tuple[int, int], *, dark: bool = False) -> None:
        """Set the size of the window and the colours the person prefers."""
        width, height = size
        self.tell("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.tell("Emulation.setEmulatedMedia", features=[scheme])

    def open(self, address: str | Path, *, at: str = "", script: bool = True) -> None:
        """Open a page afresh; ``at`` is the device's time («2026-11-24T07:30»), else its own."""
        self.driver.get("about:blank")
        self.tell("Emulation.setScriptExecutionDisabled", value=not script)
        added = self.tell("Page.addScriptToEvaluateOnNewDocument", source=CLOCK % at) if at else None
        self.driver.get(address if isinstance(address, str) else address.as_uri())
        if added is not None:
            self.tell("Page.removeScriptToEvaluateOnNewDocument", identifier=added["identifier"])

    def all(self, selector: str) -> list[WebElement]:
        """Return the elements that are shown."""
        return [one for one in self.driver.find_elements(By.CSS_SELECTOR, selector) if one.is_displayed()]

    def texts(self, selector: str) -> list[str]:
        """Return the texts of the elements that are shown."""
        return [" ".join(one.text.replace("\u00a0", " ").split()) for one in self.all(selector)]

    def ask(self, code: str) -> Any:
        """Return what a script says about the page."""
        return self.driver.execute_script(code)

    def axe(self) -> list[str]:
        """Return what axe finds wrong with the page: rule, impact and the first elements."""
        self.ask(AXE.read_text(encoding="utf-8"))
        run = "axe.run(document, { resultTypes: ['violations'] }).then(arguments[0])"
        found = self.driver.execute_async_script(run)
        return [
            f"{v['id']} ({v['impact']}): {[node['target'] for node in v['nodes'][:3]]}" for v in found["violations"]
        ]

    def complaints(self) -> list[str]:
        """Return what the console has said since it was asked last."""
        return [entry["message"] for entry in self.driver.get_log("browser")]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return a Chromium that lives as long as the test process."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars", "--lang=ru"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver") or ""))
    driver.set_script_timeout(60)
    yield Browser(driver)
    driver.quit()


@pytest.fixture
def browser(chromium: Browser) -> Browser:
    """Return the browser in its usual state: a desktop, light, an empty console."""
    chromium.look(DESKTOP)
    chromium.complaints()
    return chromium


@dataclass(frozen=True, slots=True)
class Site:
    """A built site: its folder and where the pages of the tests lie in it."""

    root: Path

    def page(self, name: str, pupil: str = VERA) -> Path:
        """Return a page of a pupil's diary."""
        return self.root / "families" / slug(pupil) / name


def _write(root: Path, renderer: Renderer) -> Site:
    made = (
        *diary_pages(lived_class(), renderer),
        *diary_pages(first_graders(), renderer),
        *public_pages(school(), renderer),
        *asset_pages(),
    )
    for page in made:
        path = root / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.content)
    return Site(root)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a built site whose pages ask the device what day it is."""
    return _write(tmp_path_factory.mktemp("site"), Renderer())


@pytest.fixture(scope="session")
def fixed_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a built site for which the school has fixed the day: 23 November 2026."""
    return _write(tmp_path_factory.mktemp("fixed"), Renderer(fixed_day=TODAY))


@pytest.fixture(scope="session")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the diary of a pupil with as much on a page as a school can have."""
    root = tmp_path_factory.mktemp("crowded")
    for page in (*diary_pages(crowded_class(), Renderer(fixed_day=TODAY.replace(day=19))), *asset_pages()):
        path = root / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.content)
    return Site(root)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def served(site: Site) -> Iterator[str]:
    """Return the address of the site served over http."""
    handler = functools.partial(_Quiet, directory=str(site.root))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()
