"""The diary in Chromium: what a parent sees on a given day, on a phone and a desktop, with the script and without."""

from __future__ import annotations

import base64
import re

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from sgo_sheets.russian import slug
from tests.browser.conftest import DESKTOP, NARROW, PHONE, Browser, Site
from tests.site.diary_school import OLEG, VERA

pytestmark = pytest.mark.browser
AUTUMN, WINTER, THIRD, SPRING = "2026-09-01.html", "2026-11-02.html", "2027-01-11.html", "2027-03-29.html"
MONDAY_EVENING = "2026-11-23T19:00"


def weeks(browser: Browser) -> list[str]:
    """Return the anchors of the weeks that are shown."""
    return [str(one.get_attribute("id")) for one in browser.all(".week")]


def test_the_current_week_is_shown_and_today_and_tomorrow_are_marked(browser: Browser, site: Site) -> None:
    browser.open(site.page(WINTER), at=MONDAY_EVENING)
    assert weeks(browser) == ["w-2026-11-23"]
    assert browser.texts(".day.is-today h3") == ["Понедельник сегодня 23 ноября"]
    assert browser.texts(".tag") == ["сегодня", "завтра"]
    assert browser.complaints() == []


def test_in_the_evening_the_next_day_is_due_and_before_the_first_lesson_today(browser: Browser, site: Site) -> None:
    browser.open(site.page(WINTER), at=MONDAY_EVENING)
    assert browser.texts("#next-title") == ["Ко вторнику, 24 ноября"]
    evening = browser.texts("#next-body dt")
    browser.open(site.page(WINTER), at="2026-11-24T07:30")
    assert browser.texts("#next-title") == ["Ко вторнику, 24 ноября"]
    assert browser.texts("#next-body dt") == evening
    browser.open(site.page(WINTER), at="2026-11-24T09:00")
    assert browser.texts("#next-title") == ["К среде, 25 ноября"]


def test_what_is_due_is_the_same_with_the_script_and_without(browser: Browser, site: Site) -> None:
    browser.open(site.page(WINTER), script=False)
    without = browser.texts("#next")
    browser.open(site.page(WINTER), at=MONDAY_EVENING)
    assert browser.texts("#next") == without
    assert without[0].startswith("Ко вторнику, 24 ноября География")


def test_a_replaced_lesson_is_due_and_a_cancelled_one_is_not(browser: Browser, site: Site) -> None:
    browser.open(site.page(WINTER), at="2026-11-25T19:00")
    assert browser.texts("#next-title") == ["К четвергу, 26 ноября"]
    assert "История" not in browser.texts("#next")[0]


def test_on_sunday_the_past_week_stands_and_monday_is_due(browser: Browser, site: Site) -> None:
    browser.open(site.page(WINTER), at="2026-11-22T12:00")
    assert weeks(browser) == ["w-2026-11-16"]
    assert browser.texts("#next-title") == ["К понедельнику, 23 ноября"]


def test_in_holidays_the_coming_period_opens_with_what_is_due_after_them(browser: Browser, site: Site) -> None:
    browser.open(site.page("index.html"), at="2026-10-28T10:00")
    assert browser.driver.current_url.endswith(WINTER)
    browser.open(site.page(WINTER), at="2026-10-28T10:00")
    assert weeks(browser) == ["w-2026-10-25"]
    assert browser.texts(".week .band") == ["Осенние каникулы 25 октября – 1 ноября"]
    assert browser.texts("#next-title") == ["К понедельнику, 2 ноября"]


@pytest.mark.parametrize(
    ("at", "page"),
    [
        ("2026-09-20T10:00", AUTUMN),
        ("2026-11-23T10:00", WINTER),
        ("2027-02-01T10:00", THIRD),
        ("2027-05-20T10:00", SPRING),
        ("2027-08-01T10:00", WINTER),  # the year is over: the newest page with data
    ],
)
def test_the_front_page_leads_to_the_period_of_the_day(browser: Browser, site: Site, at: str, page: str) -> None:
    browser.open(site.page("index.html"), at=at)
    assert browser.driver.current_url.endswith(page)


def test_a_page_of_another_period_shows_its_newest_week(browser: Browser, site: Site) -> None:
    browser.open(site.page(AUTUMN), at=MONDAY_EVENING)
    assert weeks(browser) == ["w-2026-10-19"]
    assert browser.texts("#next-title") == ["Осенние каникулы, 25 октября – 1 ноября"]


def test_one_week_back_with_the_keyboard_and_back_again_with_the_browser(browser: Browser, site: Site) -> None:
    browser.open(site.page(WINTER), at=MONDAY_EVENING)
    browser.all(".steps a")[0].send_keys(Keys.ENTER)
    assert weeks(browser) == ["w-2026-11-16"]
    assert browser.driver.switch_to.active_element.text.startswith("16–21 ноября")
    browser.driver.back()
    assert weeks(browser) == ["w-2026-11-23"]


def test_an_address_of_a_day_opens_its_week_at_that_day(browser: Browser, site: Site) -> None:
    browser.look(PHONE)
    browser.open(f"{site.page(WINTER).as_uri()}#d-2026-11-12", at=MONDAY_EVENING)
    assert weeks(browser) == ["w-2026-11-09"]
    assert 0 <= browser.ask("return document.getElementById('d-2026-11-12').getBoundingClientRect().top") < 60


def test_a_mark_of_the_summary_leads_to_its_day(browser: Browser, site: Site) -> None:
    browser.open(site.page(WINTER), at=MONDAY_EVENING)
    mark = browser.all(".subjects a.mark")[0]
    there = str(mark.get_attribute("href")).partition("#")[2]
    mark.click()
    assert len(weeks(browser)) == 1
    assert there in [day.get_attribute("id") for day in browser.all(".day")]


def test_over_the_edge_of_a_period_to_the_neighbouring_week(browser: Browser, site: Site) -> None:
    browser.open(f"{site.page(WINTER).as_uri()}#w-2026-10-25", at=MONDAY_EVENING)
    browser.all(".steps a")[0].click()
    assert browser.driver.current_url.endswith(f"{AUTUMN}#w-2026-10-19")
    assert weeks(browser) == ["w-2026-10-19"]


def test_debts_say_when_they_are_overdue(browser: Browser, site: Site) -> None:
    browser.open(site.page(WINTER), at="2026-11-20T19:00")
    assert not browser.all(".is-overdue")
    browser.open(site.page(WINTER), at="2026-11-21T08:00")
    assert "срок прошёл" in browser.texts(".debts .is-overdue")[0]


def test_only_current_announcements_are_shown(browser: Browser, site: Site) -> None:
    browser.open(site.page(WINTER), at=MONDAY_EVENING)
    assert browser.texts(".news li") == ["19 ноября Родительское собрание в четверг, 26 ноября, в 18:30."]
    browser.open(site.page(WINTER), at="2026-12-01T10:00")
    assert not browser.all(".news")


def test_subjects_are_sorted(browser: Browser, site: Site) -> None:
    browser.open(site.page(WINTER), at=MONDAY_EVENING)
    browser.driver.find_element(By.CSS_SELECTOR, "[data-sort=average]").click()
    shown = [text.split()[0] for text in browser.texts(".subjects .average") if text]
    assert len(shown) > 3
    assert shown == sorted(shown)
    browser.driver.find_element(By.CSS_SELECTOR, "[data-sort=name]").click()
    names = [row.get_attribute("data-name") for row in browser.all(".subjects tbody tr")]
    assert names == sorted(names, key=str)


def test_a_school_may_fix_the_day(browser: Browser, fixed_site: Site) -> None:
    browser.open(fixed_site.page("index.html"))
    assert browser.driver.current_url.endswith(WINTER)
    assert browser.texts(".day.is-today h3") == ["Понедельник сегодня 23 ноября"]
    assert browser.texts("#next-title") == ["Ко вторнику, 24 ноября"]


def test_without_the_script_everything_is_there_the_newest_week_first(browser: Browser, site: Site) -> None:
    browser.open(site.page(WINTER), script=False)
    assert weeks(browser)[:2] == ["w-2026-11-23", "w-2026-11-30"]
    assert len(weeks(browser)) > 8
    assert not browser.all(".script-only")
    assert not browser.all(".sorts")
    browser.open(site.page("index.html"), script=False)
    assert browser.texts(".periods li")[0] == "2 четверть 2 ноября – 29 декабря последние записи здесь"


def test_over_http_the_diary_is_the_same(browser: Browser, site: Site, served: str) -> None:
    browser.open(site.page(WINTER), at=MONDAY_EVENING)
    local = browser.texts("main")
    browser.open(f"{served}/families/{slug(VERA)}/index.html", at=MONDAY_EVENING)
    assert browser.driver.current_url == f"{served}/families/{slug(VERA)}/{WINTER}"
    assert browser.texts("main") == local
    loaded = browser.ask("return performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert {str(name).rsplit("/", 1)[1] for name in loaded} == {"site.css", "site.js"}
    assert all(str(name).startswith(served) for name in loaded)
    assert browser.complaints() == []


@pytest.mark.parametrize(("size", "dark"), [(PHONE, False), (DESKTOP, True)])
def test_axe_finds_nothing(browser: Browser, fixed_site: Site, size: tuple[int, int], *, dark: bool) -> None:
    browser.look(size, dark=dark)
    for page in (
        f"{fixed_site.page(WINTER).as_uri()}#w-2026-11-16",
        fixed_site.page(AUTUMN),
        f"{fixed_site.page(WINTER, OLEG).as_uri()}#w-2026-11-16",
        fixed_site.page(WINTER, "К-201"),
        fixed_site.root / "public" / "index.html",
    ):
        browser.open(page)
        browser.ask("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        assert browser.axe() == [], page


def test_axe_finds_nothing_without_the_script(browser: Browser, fixed_site: Site) -> None:
    for name in (WINTER, "index.html"):
        browser.open(fixed_site.page(name), script=False)
        browser.tell("Emulation.setScriptExecutionDisabled", value=False)
        assert browser.axe() == []


@pytest.mark.parametrize("size", [NARROW, PHONE, DESKTOP])
def test_nothing_sticks_out_and_everything_is_large_enough_to_read_and_touch(
    browser: Browser, fixed_site: Site, crowded: Site, size: tuple[int, int]
) -> None:
    browser.look(size)
    public = fixed_site.root / "public" / "index.html"
    for page in (fixed_site.page(WINTER), crowded.page(WINTER), fixed_site.page(WINTER, "К-201"), public):
        browser.open(page)
        assert browser.ask("return document.documentElement.scrollWidth") <= size[0]
        small = browser.ask(
            "return [...document.querySelectorAll('body *')].filter((e) => e.getClientRects().length && "
            "[...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) && "
            "parseFloat(getComputedStyle(e).fontSize) < 16).map((e) => e.outerHTML.slice(0, 80))"
        )
        assert small == []
        low = browser.ask(
            "return [...document.querySelectorAll('.tabs a, .button, summary, .subjects a.mark')].filter((e) => "
            "e.getClientRects().length && e.getBoundingClientRect().height < 44).map((e) => e.outerHTML.slice(0, 80))"
        )
        assert low == []


def test_nothing_moves(browser: Browser, fixed_site: Site) -> None:
    browser.open(fixed_site.page(WINTER))
    assert browser.ask(
        "return [...document.querySelectorAll('*')].every((e) => { const s = getComputedStyle(e); "
        "return s.transitionDuration === '0s' && s.animationName === 'none' && s.scrollBehavior === 'auto'; })"
    )


def test_the_first_stop_of_the_keyboard_leads_to_the_content_in_sight(browser: Browser, fixed_site: Site) -> None:
    browser.open(fixed_site.page(WINTER))
    browser.driver.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    first = browser.driver.switch_to.active_element
    assert first.text == "К содержанию"
    assert first.value_of_css_property("outline-style") == "solid"
    assert browser.ask("return document.activeElement.getBoundingClientRect().left") >= 0


def printed_pages(browser: Browser) -> int:
    """Return how many sheets the page takes on paper."""
    data = browser.tell("Page.printToPDF", preferCSSPageSize=True)["data"]
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", base64.b64decode(data)))


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_a_whole_week_is_one_sheet_and_the_marks_another(
    browser: Browser, fixed_site: Site, crowded: Site, size: tuple[int, int]
) -> None:
    browser.look(size)
    for page in (f"{fixed_site.page(WINTER).as_uri()}#w-2026-11-16", f"{crowded.page(WINTER).as_uri()}#w-2026-11-16"):
        browser.open(page)
        assert printed_pages(browser) == 2, page


def test_the_dark_page_is_printed_black_on_white(browser: Browser, fixed_site: Site) -> None:
    browser.look(DESKTOP, dark=True)
    browser.tell(
        "Emulation.setEmulatedMedia", media="print", features=[{"name": "prefers-color-scheme", "value": "dark"}]
    )
    browser.open(fixed_site.page(WINTER))
    colours = browser.ask("const s = getComputedStyle(document.documentElement); return [s.backgroundColor, s.color]")
    browser.tell("Emulation.setEmulatedMedia", media="")
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
