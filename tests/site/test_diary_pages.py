"""What every page of the diary keeps to: whose it is, what it may load, where it leads, when its bytes change."""

from __future__ import annotations

import datetime as dt
import posixpath
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from sgo_sheets.records.catalog import Book
from sgo_sheets.reports.company import company_of
from sgo_sheets.russian import slug
from sgo_sheets.school.model import ClassBook
from sgo_sheets.site.assets import asset_pages
from sgo_sheets.site.diary import diary_pages
from sgo_sheets.site.page import Page
from sgo_sheets.site.public import public_pages
from sgo_sheets.site.pupil_reports import pupil_report_parts
from sgo_sheets.site.render import CSP, Renderer, spoken_moment
from tests.school.small import d, school
from tests.site.diary_school import CARDS, MATHS, OLEG, PETR, VERA, class_book, journal, lesson, teacher_book
from tests.site.html_tree import read_page

AUTUMN, WINTER, THIRD, SPRING = "2026-09-01.html", "2026-11-02.html", "2027-01-11.html", "2027-03-29.html"


def lived_in(*more: Book) -> ClassBook:
    """Return the class with some of everything written."""
    return class_book(
        journal(
            columns=(("12.10", "К"), ("16.11", ""), ("20.11", "Д")),
            marks={VERA: {0: "4", 1: "5 .", 2: "н"}, PETR: {0: "3"}, OLEG: {2: "5"}},
            lessons=(lesson("12.10", "Дроби", "§ 9"), lesson("20.11", "Проценты", "§ 12 https://example.ru/video")),
            finals=({"pupil": VERA, "marks": {"1 четверть": 4}},),
        ),
        journal(MATHS, target="5Б", columns=(("12.10", ""),), marks={OLEG: {0: "4"}}),
        teacher_book(news=({"date": d("19.11"), "text": "Собрание"},)),
        *more,
    )


def pages_of(book: ClassBook, render: Renderer | None = None) -> dict[str, Page]:
    return {page.path: page for page in diary_pages(book, render or Renderer())}


@cache
def lived() -> dict[str, Page]:
    """Return the pages of the lived-in class."""
    return pages_of(lived_in())


@cache
def whole_site() -> dict[str, Page]:
    render = Renderer()
    book = lived_in()
    reports = [page for part in pupil_report_parts(book, company_of(book), render) for page in part.make()]
    families = (page for page in reports if page.path.startswith("families/"))
    return lived() | {p.path: p for p in (*public_pages(school(), render), *asset_pages(), *families)}


def test_a_pupil_has_a_front_page_and_a_page_per_period_of_his_own_audience() -> None:
    own = [p for p in lived().values() if p.audience == f"family:{VERA}"]
    assert [p.path for p in own] == [
        f"families/{slug(VERA)}/{name}" for name in ("index.html", AUTUMN, WINTER, THIRD, SPRING)
    ]


def test_no_page_names_another_child() -> None:
    names = {str(card["id"]): (str(card["surname"]), str(card["id"])) for card in CARDS}
    for page in lived().values():
        text = page.content.decode()
        mine = page.audience.removeprefix("family:")
        assert names[mine][0] in text
        others = [word for pupil, words in names.items() if pupil != mine for word in words]
        assert not [word for word in others if word in text], page.path


def test_pages_load_nothing_from_outside_and_every_link_leads_somewhere() -> None:
    site = whole_site()
    trees = {path: read_page(page.content) for path, page in site.items() if path.endswith(".html")}
    homework = 0
    for path, tree in trees.items():
        for element in tree.walk():
            for name in ("src", "href", "action", "data", "poster", "srcset"):
                address = element.attrs.get(name)
                if address is None or address == "data:," or address.startswith("data:image/svg+xml;"):
                    continue
                if element.attrs.get("rel") == "noreferrer noopener":
                    homework += 1
                    continue
                file, _, anchor = address.partition("#")
                there = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
                assert there in site, f"{path}: {address}"
                assert not anchor or trees[there].has(anchor), f"{path}: {address}"
    assert homework


def test_every_page_forbids_what_it_does_not_need() -> None:
    for path, page in whole_site().items():
        if not path.endswith(".html"):
            continue
        tree = read_page(page.content)
        metas = {m.attrs.get("http-equiv") or m.attrs.get("name"): m.attrs.get("content") for m in tree.all("meta")}
        assert metas["Content-Security-Policy"] == CSP
        assert metas["referrer"] == "no-referrer"
        assert "noindex" in str(metas["robots"])
        html = tree.all("html")[0]
        assert (html.attrs["lang"], html.attrs["translate"]) == ("ru", "no")
        for element in tree.walk():
            assert element.tag != "style"
            assert not [name for name in element.attrs if name == "style" or name.startswith("on")], element.attrs
            assert element.tag != "script" or (element.text == "" and element.attrs["src"].endswith("site.js"))


def test_the_look_asks_for_nothing_outside() -> None:
    for page in asset_pages():
        text = page.content.decode()
        assert "http" not in text
        assert "@import" not in text
        assert "url(" not in text


def test_ids_are_used_once_and_headings_go_down_by_one() -> None:
    for path, page in whole_site().items():
        if not path.endswith(".html"):
            continue
        elements = list(read_page(page.content).walk())
        ids = [e.attrs["id"] for e in elements if "id" in e.attrs]
        assert len(ids) == len(set(ids)), path
        levels = [int(e.tag[1]) for e in elements if e.tag in ("h1", "h2", "h3", "h4")]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels)), path


def test_two_builds_are_the_same_bytes() -> None:
    assert pages_of(lived_in()) == pages_of(lived_in())


def test_what_happens_later_leaves_the_page_of_a_closed_period_as_it_was() -> None:
    before = lived()
    later = lived_in(
        journal("Биология", columns=(("25.11", ""),), marks={VERA: {0: "5"}}, lessons=(lesson("25.11", "Клетка"),))
    )
    after = pages_of(replace(later, saved=dt.datetime(2026, 11, 25, 15, 0, tzinfo=dt.UTC)))
    folder = f"families/{slug(VERA)}"
    assert before[f"{folder}/{WINTER}"] != after[f"{folder}/{WINTER}"]
    assert before[f"{folder}/{AUTUMN}"] == after[f"{folder}/{AUTUMN}"]
    assert before[f"{folder}/{THIRD}"] == after[f"{folder}/{THIRD}"]


def test_the_time_is_that_of_the_newest_workbook_by_the_schools_clock_and_stands_on_the_current_page() -> None:
    book = replace(lived_in(), saved=dt.datetime(2026, 11, 23, 11, 5, tzinfo=dt.UTC))
    moscow = pages_of(book)
    folder = f"families/{slug(VERA)}"
    assert "данные на 23\u00a0ноября, 14:05" in moscow[f"{folder}/{WINTER}"].content.decode()
    assert "данные на" not in moscow[f"{folder}/{AUTUMN}"].content.decode()
    assert "данные на" not in moscow[f"{folder}/{THIRD}"].content.decode()
    other = pages_of(book, Renderer(timezone=dt.timezone(dt.timedelta(hours=10))))
    assert "данные на 23\u00a0ноября, 21:05" in other[f"{folder}/{WINTER}"].content.decode()


def test_in_holidays_the_time_stands_on_the_page_of_the_coming_period() -> None:
    book = replace(lived_in(), saved=dt.datetime(2026, 10, 28, 6, 0, tzinfo=dt.UTC))
    assert "данные на 28" in pages_of(book)[f"families/{slug(VERA)}/{WINTER}"].content.decode()


def test_a_time_without_a_zone_is_universal() -> None:
    assert spoken_moment(Renderer().moment(dt.datetime(2026, 11, 23, 5, 7))) == "23\u00a0ноября, 8:07"


def test_without_the_script_the_newest_week_with_data_stands_first_then_what_follows() -> None:
    tree = read_page(lived()[f"families/{slug(VERA)}/{WINTER}"].content)
    weeks = [week.attrs["id"] for week in tree.all("section", "week")]
    assert weeks[:3] == ["w-2026-11-16", "w-2026-11-23", "w-2026-11-30"]
    assert weeks[-1] == "w-2026-10-25", "the holidays before the period come last"
    assert weeks[-3:-1] == ["w-2026-11-09", "w-2026-11-02"]


def test_without_the_script_the_next_day_after_the_last_known_one_is_shown() -> None:
    tree = read_page(lived()[f"families/{slug(VERA)}/{WINTER}"].content)
    assert tree.id("next").text == (
        "К субботе, 21 ноября Ничего не задано. Уроки: Русский язык, География, Физическая культура"
    )


def test_homework_for_the_next_day_stands_beside_its_subject() -> None:
    book = class_book(journal(lessons=(lesson("16.11", "Дроби", "§ 12"),)))
    tree = read_page(pages_of(book)[f"families/{slug(VERA)}/{WINTER}"].content)
    assert tree.id("next").text.startswith("Ко вторнику, 17 ноября Математика § 12 Ещё в этот день: География,")


def test_after_the_last_day_of_a_period_the_holidays_are_next() -> None:
    tree = read_page(lived()[f"families/{slug(VERA)}/{AUTUMN}"].content)
    assert tree.id("next").text == "Осенние каникулы, 25 октября – 1 ноября"
    assert [a.attrs["href"] for a in tree.id("next").all("a")] == [WINTER]


def test_topics_written_in_advance_do_not_make_a_week_the_newest() -> None:
    book = class_book(journal(lessons=(lesson("16.11", "Дроби"), lesson("14.12", "+", planned="Проценты"))))
    book = replace(book, saved=dt.datetime(2026, 11, 17, 9, 0, tzinfo=dt.UTC))
    tree = read_page(pages_of(book)[f"families/{slug(VERA)}/{WINTER}"].content)
    assert tree.all("section", "week")[0].attrs["id"] == "w-2026-11-16"


def test_weeks_lead_to_their_neighbours_over_the_edge_of_a_period_in_words() -> None:
    tree = read_page(lived()[f"families/{slug(VERA)}/{WINTER}"].content)
    steps = tree.id("w-2026-11-16").all("a", "button")
    assert [(a.text, a.attrs["href"]) for a in steps] == [
        ("← Неделя раньше : 9–14 ноября", "#w-2026-11-09"),
        ("Неделя позже : 23–28 ноября →", "#w-2026-11-23"),
    ]
    first = tree.id("w-2026-10-25").all("a", "button")[0]
    assert first.attrs["href"] == f"{AUTUMN}#w-2026-10-19"


def test_the_front_page_lists_periods_the_newest_with_data_first() -> None:
    tree = read_page(lived()[f"families/{slug(VERA)}/index.html"].content)
    items = tree.all("ol", "periods")[0].all("li")
    assert [li.all("a")[0].attrs["href"] for li in items] == [WINTER, AUTUMN, THIRD, SPRING]
    assert items[0].text == "2 четверть 2 ноября – 29 декабря последние записи здесь"
    assert ["data-newest" in li.attrs for li in items] == [True, False, False, False]
    days = sorted((li.attrs["data-first"], li.attrs["data-last"]) for li in items)
    assert days == [
        ("2026-09-01", "2026-10-24"),
        ("2026-10-25", "2026-12-29"),
        ("2026-12-30", "2027-03-20"),
        ("2027-03-21", "2027-05-31"),
    ]


def test_a_page_fixed_to_a_day_tells_its_script() -> None:
    demo = pages_of(lived_in(), Renderer(fixed_day=d("23.11")))
    assert all(b'data-today="2026-11-23"' in page.content for page in demo.values())
    assert not [page for page in lived().values() if b"data-today" in page.content]


def test_a_class_whose_roll_was_not_read_has_no_pages() -> None:
    assert pages_of(replace(lived_in(), roll=None)) == {}


def test_half_years_make_two_pages() -> None:
    halves = [
        {"classes": "1-9", "type": "полугодие", "name": "1 полугодие", "start": d("01.09"), "end": d("29.12")},
        {"classes": "1-9", "type": "полугодие", "name": "2 полугодие", "start": d("11.01"), "end": d("29.05")},
    ]
    names = [path.rsplit("/", 1)[1] for path in pages_of(class_book(periods=halves)) if slug(VERA) in path]
    assert names == ["index.html", AUTUMN, THIRD]


def test_a_school_without_periods_still_has_a_diary() -> None:
    book = class_book(journal(lessons=(lesson("16.11", "Дроби"),)), periods=[])
    names = [path.rsplit("/", 1)[1] for path in pages_of(book) if slug(VERA) in path]
    assert names == ["index.html", AUTUMN]


def test_the_public_page_names_the_school_and_no_child() -> None:
    about = {"year": "2026/2027", "year_start": d("01.09"), "year_end": d("31.05"), "short_name": "Гимназия «Заря»",
             "website": "https://zarya.example.ru", "phone": "8 800 000-00-00"}  # fmt: skip
    text = next(iter(public_pages(school(organisation=about), Renderer()))).content.decode()
    tree = read_page(text.encode())
    assert tree.all("h1")[0].text == "Гимназия «Заря»"
    assert "классный руководитель" in tree.text
    assert "Осенние каникулы — 25 октября – 1 ноября" in tree.text
    assert "https://zarya.example.ru" in tree.text
    assert "Берёзкина" not in text


def test_a_school_may_put_its_own_template_and_look(tmp_path: Path) -> None:
    own = tmp_path / "site"
    (own / "assets").mkdir(parents=True)
    (own / "diary_index.html").write_text("{{ pupil }}: наш дневник", encoding="utf-8")
    (own / "assets" / "site.css").write_text("body { color: green }", encoding="utf-8")
    found = pages_of(lived_in(), Renderer(tmp_path))
    assert found[f"families/{slug(VERA)}/index.html"].content.decode() == "Берёзкина Вера: наш дневник"
    assert "data-date" in found[f"families/{slug(VERA)}/{WINTER}"].content.decode()
    assets = {page.path: page.content for page in asset_pages(tmp_path)}
    assert assets["public/assets/site.css"] == b"body { color: green }"
    assert b"data-copy" in assets["public/assets/site.js"]
