"""Building: only what changed is made again, the same inputs give the same bytes, and workbooks are never touched."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from little_school import FIRST, HISTORY_5B, MATHS_5A, ON, SECOND, LittleSchool, little_school

from sgo_sheets.pipeline import Memory, TooMuchGoneError
from sgo_sheets.pipeline.judging import read_school
from sgo_sheets.project import SENTINEL, UserError
from sgo_sheets.records.people_books import MOVE
from sgo_sheets.russian import slug
from sgo_sheets.school.model import ClassBook
from sgo_sheets.site import manifest, report_pages


@pytest.fixture
def school(tmp_path: Path) -> LittleSchool:
    """Return a little school that has been built."""
    found = little_school(tmp_path / "school")
    found.build()
    return found


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def families(pages: set[str]) -> set[str]:
    return {path for path in pages if path.startswith("families/")}


def folder(*pupils: str) -> set[str]:
    return {f"families/{slug(pupil)}" for pupil in pupils}


def test_the_first_build_makes_everything_and_lists_it(tmp_path: Path) -> None:
    school = little_school(tmp_path / "school")
    result = school.build()
    assert set(result.written) == set(school.pages())
    assert set(manifest.read(school.root / "site") or {}) == set(school.pages())
    assert result.start.is_file()
    assert "Математика, тема 17" in school.page("К-501")
    for pupil in ("К-501", "К-513"):
        assert (school.root / "site/families" / slug(pupil) / f"{FIRST}.html").is_file()


def test_nothing_changed_is_nothing_done(school: LittleSchool) -> None:
    before = {path: path.stat().st_mtime_ns for path in (school.root / "site").rglob("*")}
    first = school.build()
    assert first.idle
    assert (first.written, first.removed) == ((), ())
    assert {path: path.stat().st_mtime_ns for path in (school.root / "site").rglob("*")} == before


def test_an_idle_build_still_knows_the_findings(tmp_path: Path) -> None:
    school = little_school(tmp_path / "school")
    found = school.build().verdict
    assert found.findings
    again = school.build().verdict
    assert (again.findings, again.unchecked) == (found.findings, found.unchecked)


def test_an_idle_build_is_quick_and_opens_no_writer_of_workbooks(school: LittleSchool) -> None:
    code = (
        "import sys, datetime as dt\n"
        "from pathlib import Path\n"
        "from sgo_sheets.project import load_project\n"
        "from sgo_sheets.pipeline import build\n"
        "assert build(load_project(Path(sys.argv[1])), dt.date(2026, 11, 23)).idle\n"
        "heavy = {'openpyxl', 'pandas', 'xlsxwriter', 'holidays', 'watchdog'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code, str(school.root)], check=True, timeout=60)


def test_one_journal_saved_touches_its_class_alone(school: LittleSchool) -> None:
    before = school.site()
    school.mark(MATHS_5A, "К-501", dt.date(2026, 11, 16), "2")
    result = school.build()
    assert not result.idle
    other = folder("К-511", "К-512", "К-513")
    touched = {path.rsplit("/", 1)[0] for path in families(changed(before, school.site()))}
    assert touched
    assert not touched & other
    assert {*result.written, *result.removed} == changed(before, school.pages()) - {manifest.MANIFEST}
    assert all("-week-" in path for path in result.removed), "only the letters of a week that is past go"


def test_families_do_not_notice_midnight(school: LittleSchool) -> None:
    before = school.site()
    school.build(ON + dt.timedelta(days=1))
    assert families(changed(before, school.site())) == set()


def test_a_new_day_is_judged_anew(school: LittleSchool) -> None:
    with school.opened(MATHS_5A) as book:
        sheet = book["Уроки"]
        header = next(row for row in range(1, 10) if "Тема урока" in [cell.value for cell in sheet[row]])
        column = next(cell.column for cell in sheet[header] if cell.value == "Тема урока")
        sheet.cell(sheet.max_row, column).value = None
        last = max(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, column).value)
        sheet.cell(last, column).value = None
    today = school.build().verdict.findings
    later = school.build(ON + dt.timedelta(days=20)).verdict.findings
    assert not [f for f in today if f.code == "R0801" and f.state == "overdue"]
    assert [f for f in later if f.code == "R0801" and f.state == "overdue"]


@pytest.mark.parametrize("how", ["edited", "deleted", "stray"])
def test_a_page_spoilt_by_hand_is_put_right(school: LittleSchool, how: str) -> None:
    before = school.site()
    page = school.root / "site/families" / slug("К-501") / f"{SECOND}.html"
    if how == "edited":
        page.write_bytes(page.read_bytes().replace("Математика".encode(), "Матемашика".encode()))
    elif how == "deleted":
        page.unlink()
    else:
        page.with_name("stray.html").write_text("чужое", "utf-8")
    assert not school.build().idle
    assert school.site() == before


@pytest.mark.parametrize("lost", ["list", "state", "site"])
def test_whatever_is_lost_is_made_again(school: LittleSchool, lost: str) -> None:
    before = school.site()
    if lost == "list":
        (school.root / "site" / manifest.MANIFEST).unlink()
    elif lost == "state":
        (school.root / ".sgo/build.json").write_text('{"schema": "sgo-bu', "utf-8")
    else:
        shutil.rmtree(school.root / "site")
    school.build()
    assert school.site() == before
    assert school.build().idle


def test_full_believes_nothing(school: LittleSchool) -> None:
    before = school.site()
    page = school.root / "site/families" / slug("К-501") / f"{SECOND}.html"
    state = page.stat()
    page.write_bytes(page.read_bytes().replace("Математика".encode(), "Матемашика".encode()))
    os.utime(page, ns=(state.st_atime_ns, state.st_mtime_ns))
    school.build(full=True)
    assert school.site() == before


def test_a_template_of_the_school_changes_the_pages(school: LittleSchool) -> None:
    own = school.root / "templates/site/assets"
    own.mkdir(parents=True)
    (own / "school.css").write_text("body { color: navy }", "utf-8")
    result = school.build()
    assert "public/assets/school.css" in result.written
    assert school.build().idle


def test_other_folder_other_process_count_other_environment_same_bytes(tmp_path: Path, school: LittleSchool) -> None:
    other = little_school(tmp_path / "другая папка")
    other.build(workers=2)
    assert other.site() == school.site()
    third = little_school(tmp_path / "third")
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Vladivostok", "LC_ALL": "C"}
    command = [sys.executable, "-m", "sgo_sheets", "build", "--school", str(third.root), "--on", ON.isoformat()]
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=120)
    assert third.site() == school.site()


def test_step_by_step_is_the_same_as_at_once(tmp_path: Path, school: LittleSchool) -> None:
    memory = Memory()
    school.build(memory=memory)
    school.mark(MATHS_5A, "К-502", dt.date(2026, 11, 16), "н")
    school.build(memory=memory)
    school.mark(HISTORY_5B, "К-511", dt.date(2026, 11, 17), "3")
    stepped = school.build(memory=memory)
    at_once = little_school(tmp_path / "at once")
    for path in (MATHS_5A, HISTORY_5B):
        shutil.copy(school.root / "workbooks" / path, at_once.root / "workbooks" / path)
    assert at_once.build().verdict.findings == stepped.verdict.findings
    assert at_once.site() == school.site()


def test_a_new_timetable_reaches_a_program_that_keeps_running(tmp_path: Path, school: LittleSchool) -> None:
    """What it keeps of the lessons of all classes goes with the workbook they were made of, and what is wrong in it."""
    memory = Memory()
    school.build(memory=memory)
    for row, cell in ((2, "История"), (3, "Астрономия")):  # Monday's mathematics; then a subject nobody teaches
        with school.opened("Расписание.xlsx") as book:
            book["Расписание"].cell(row, 3).value = cell
        school.build(memory=memory)
    school.mark(MATHS_5A, "К-502", dt.date(2026, 11, 16), "н")
    stepped = school.build(memory=memory)
    at_once = little_school(tmp_path / "at once")
    for path in (MATHS_5A, "Расписание.xlsx"):
        shutil.copy(school.root / "workbooks" / path, at_once.root / "workbooks" / path)
    assert any("Астрономия" in finding.message for finding in stepped.verdict.findings)
    assert at_once.build().verdict.findings == stepped.verdict.findings
    assert at_once.site() == school.site()


def test_the_card_of_one_who_moved_on_counts_for_the_class_he_has_left(school: LittleSchool) -> None:
    """His card lies in the list of the new class, his first quarter in the figures of the old one."""
    with school.opened("Контингент/5А.xlsx") as book:
        card = [cell.value for cell in book["Обучающиеся"][4]]
        book["Обучающиеся"].delete_rows(4)
    with school.opened("Контингент/5Б.xlsx") as book:
        for place, value in enumerate(card, 1):
            book["Обучающиеся"].cell(5, place).value = value
    order = {
        "Приказ №": "7", "Дата приказа": dt.date(2026, 11, 2), "Тип документа": MOVE, "Дата события": SECOND,
        "№ личного дела": card[0], "Обучающийся": "Озёрная Нина", "Из класса": "5А", "В класс": "5Б",
    }  # fmt: skip
    with school.opened("Книга движения.xlsx") as book:
        for cell in book["Приказы"][1]:
            book["Приказы"].cell(2, cell.column).value = order.get(cell.value)

    def of_5a() -> ClassBook:
        found = read_school(school.project).book("5А")
        assert found is not None
        return found

    before = of_5a()
    assert "К-503" in {pupil.id for pupil in before.roll or ()}
    assert "К-503" not in {pupil.id for pupil in before.diaries()}
    with school.opened("Контингент/5Б.xlsx") as book:
        book["Обучающиеся"]["E5"] = "ж"
    assert of_5a().fingerprint != before.fingerprint


def test_a_report_of_a_closed_period_is_made_again_only_when_its_figures_change(
    school: LittleSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[str, ...]] = []
    write = report_pages.workbook_of
    monkeypatch.setattr(
        report_pages, "workbook_of", lambda report, formed: made.append(report.about) or write(report, formed)
    )

    def of_closed() -> set[str]:
        """Return whose reports of the first quarter were made."""
        return {about[0] for about in made if about[-1].startswith("1 четверть:")}

    for text in ("н", "УП"):  # the first save lies after the quarter: from then on the report names no time
        made.clear()
        school.mark(MATHS_5A, "К-502", dt.date(2026, 11, 16), text)
        school.build()
    assert made
    assert of_closed() == set()
    with school.opened(MATHS_5A) as book:
        book["Итоги"]["C2"] = 2
    school.build()
    assert {whose for whose in of_closed() if whose.startswith("Класс")} == {"Класс 5А"}


def test_what_the_whole_school_is_told_follows_its_own_workbooks(school: LittleSchool) -> None:
    """A saved journal leaves it as it was; a saved plan does not: rules of the whole school are not asked in vain."""
    assert "R0605" not in {one.code for one in school.build(full=True).verdict.findings}
    with school.opened("Учебный план.xlsx") as book:
        book["План"]["D2"] = 3  # Математика in 5А: three hours a week, and its load has two
    assert "R0605" in {one.code for one in school.build().verdict.findings}
    school.mark(MATHS_5A, "К-502", dt.date(2026, 11, 16), "н")
    assert school.build().verdict.findings == school.build(full=True).verdict.findings


@pytest.mark.parametrize("more_saved", [False, True])
def test_reports_are_made_when_the_diary_is_out_and_nothing_more_was_saved(
    tmp_path: Path, school: LittleSchool, *, more_saved: bool
) -> None:
    memory = Memory()
    school.build(memory=memory)
    with school.opened(MATHS_5A) as book:
        book["Итоги"]["C2"] = 2
    school.mark(MATHS_5A, "К-502", dt.date(2026, 11, 16), "3")
    before = school.pages()
    then: list[dict[str, bytes]] = []

    def quiet() -> bool:
        then.append(school.pages())
        return not more_saved

    built = school.build(memory=memory, quiet=quiet)
    touched = changed(before, then[0])
    assert any(path.endswith("/index.html") and path.startswith("families/") for path in touched), "the diary is anew"
    assert not [path for path in touched if "reports" in path.rpartition("/")[2] or "/reports/" in path]
    assert built.unfinished == more_saved
    if more_saved:
        assert school.pages() == then[0]
        assert not school.build(memory=memory).unfinished
    else:
        assert {*built.written, *built.removed} == changed(before, school.pages())
        assert built.kept + len(built.written) == len(school.pages())
    assert any(path.startswith("staff/reports/5a/07") for path in changed(then[0], school.pages()))
    at_once = little_school(tmp_path / "at once")
    shutil.copy(school.root / "workbooks" / MATHS_5A, at_once.root / "workbooks" / MATHS_5A)
    at_once.build()
    assert at_once.site() == school.site()


def test_workbooks_are_never_touched(school: LittleSchool) -> None:
    books = school.root / "workbooks"
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in books.rglob("*")}
    school.build(full=True)
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in books.rglob("*")} == before


def test_a_pupil_who_left_the_books_leaves_the_site(school: LittleSchool) -> None:
    with school.opened("Контингент/5А.xlsx") as book:
        sheet = book["Обучающиеся"]
        sheet.delete_rows(next(row for row in range(1, 10) if sheet.cell(row, 1).value == "К-503"))
    result = school.build()
    assert {path.rsplit("/", 1)[0] for path in families(set(result.removed))} == folder("К-503")
    assert not (school.root / "site/families" / slug("К-503")).exists()


def test_a_folder_without_its_sentinel_is_a_lost_share(school: LittleSchool) -> None:
    before = school.site()
    (school.root / "workbooks" / SENTINEL).unlink()
    with pytest.raises(UserError, match=SENTINEL):
        school.build()
    assert school.site() == before


def test_half_the_pupils_gone_is_asked_about(school: LittleSchool) -> None:
    before = school.site()
    with school.opened("Контингент/5А.xlsx") as book:
        book["Обучающиеся"].delete_rows(2, 10)
    with pytest.raises(TooMuchGoneError, match=r"пропали 3.ученика из 6.*--accept-removals"):
        school.build()
    assert school.site() == before
    result = school.build(accept_removals=True)
    assert {path.rsplit("/", 1)[0] for path in families(set(result.removed))} == folder("К-501", "К-502", "К-503")
    assert school.build().idle


def test_many_workbooks_gone_are_asked_about(school: LittleSchool) -> None:
    before = school.site()
    for path in ("Журналы/5А/Математика.xlsx", "Журналы/5А/История.xlsx", "Журналы/5Б/История.xlsx"):
        (school.root / "workbooks" / path).unlink()
    with pytest.raises(TooMuchGoneError, match=r"3.книги из 11"):
        school.build()
    assert school.site() == before


def test_two_builds_at_once_the_second_says_who_is_first(school: LittleSchool) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom sgo_sheets.project import load_project\n"
        "from sgo_sheets.pipeline.lock import school_lock\n"
        "with school_lock(load_project(Path(sys.argv[1]))):\n print('held', flush=True)\n sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(school.root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        command = [sys.executable, "-m", "sgo_sheets", "build", "--school", str(school.root), "--on", ON.isoformat()]
        words = {**os.environ, "PYTHONIOENCODING": "utf-8"}
        second = subprocess.run(command, capture_output=True, check=False, timeout=60, env=words)
        assert second.returncode == 2
        assert f"процесс {holder.pid}" in second.stderr.decode()
        holder.kill()
    assert school.build().idle, "the lock of one that was killed is free at once"


def test_the_lock_is_a_file_held_open_not_one_that_exists(school: LittleSchool) -> None:
    assert (school.root / ".sgo/lock").exists()
    school.build(full=True)
    with FileLock(school.root / ".sgo/lock"), pytest.raises(UserError, match="другая программа"):
        school.build()
