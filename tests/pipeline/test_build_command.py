"""``sgo build`` and ``sgo serve``: what a person reads, and how the program ends."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from little_school import MATHS_5A, ON, LittleSchool, little_school

from sgo_sheets.cli import sgo
from sgo_sheets.cli.serve_command import make_server
from sgo_sheets.cli.summary import most_pressing, summary
from sgo_sheets.findings import CellRef, Finding, Kind, Role, Severity, State
from sgo_sheets.pipeline import figures
from sgo_sheets.project import SENTINEL, UserError
from sgo_sheets.rules.engine import RuleFault, Verdict
from sgo_sheets.site.manifest import start_page


def run(school: LittleSchool, *words: str) -> Result:
    command, *rest = words
    return CliRunner().invoke(sgo, [command, "--school", str(school.root), *rest])


def build(school: LittleSchool, *words: str) -> Result:
    return run(school, "build", "--on", ON.isoformat(), *words)


@pytest.fixture
def school(tmp_path: Path) -> LittleSchool:
    return little_school(tmp_path / "школа")


def test_it_says_what_was_done_and_which_page_to_open(school: LittleSchool) -> None:
    result = build(school)
    assert result.exit_code == 0, result.output
    start = start_page(school.root / "site")
    assert start is not None
    assert f"Откройте в браузере: {start}" in result.output
    assert start.as_uri() in result.output
    assert start.as_uri().isascii()
    assert f"записано {len(school.pages())}" in result.output.replace("\u00a0", " ")


def test_findings_do_not_make_it_fail(school: LittleSchool) -> None:
    result = build(school)
    lines = result.output.replace("\u00a0", " ").splitlines()
    assert lines[1].startswith("Требует внимания: ")
    assert "ничего" not in lines[1]
    place = "Контингент/5А.xlsx › Обучающиеся!E2"
    assert any(line.startswith(f"  R0503 нарушение: {place}: Берёзкина Вера: не заполнено «Пол»") for line in lines)
    assert result.exit_code == 0


def test_again_there_is_nothing_to_do_and_it_says_the_same(school: LittleSchool) -> None:
    first, again = build(school), build(school)
    assert "Ничего не изменилось" in again.output
    assert again.output.splitlines()[1:] == first.output.splitlines()[1:]


def test_no_progress_where_there_is_no_terminal(school: LittleSchool) -> None:
    result = build(school)
    assert "\r" not in result.output
    assert result.stderr == ""


def test_an_unreadable_workbook_is_named_and_does_not_make_it_fail(school: LittleSchool) -> None:
    build(school)
    place = school.root / "workbooks" / MATHS_5A
    place.write_bytes(place.read_bytes()[:2000])
    result = build(school)
    assert result.exit_code == 0
    assert f"{MATHS_5A} — с 23.11.2026" in result.output


def test_what_only_a_person_can_mend_is_said_in_words(school: LittleSchool) -> None:
    (school.root / "workbooks" / SENTINEL).unlink()
    result = build(school)
    assert isinstance(result.exception, UserError)
    assert "не подключён" in str(result.exception)


def finding(
    code: str, severity: Severity, state: State, book: str = "Журналы/5А/Алгебра.xlsx", row: int = 2
) -> Finding:
    place = CellRef(book, "Уроки", f"C{row}")
    return Finding(code, "8.4", place, f"нет темы {row}.", Role.TEACHER, severity, Kind.OBLIGATION, state=state)


def test_the_heaviest_and_latest_come_first_and_a_flood_is_one_line() -> None:
    flood = [finding("R0801", Severity.VIOLATION, State.OVERDUE, row=row) for row in range(2, 302)]
    note = finding("R0804", Severity.NOTE, State.OPEN, "Школа.xlsx")
    fresh = finding("R0802", Severity.VIOLATION, State.OPEN)
    groups = most_pressing([note, fresh, *flood])
    assert [(group[0].code, len(group)) for group in groups] == [("R0801", 300), ("R0802", 1), ("R0804", 1)]
    lines = list(summary(Verdict((note, fresh, *flood)), {}))
    assert lines[0] == "Требует внимания: 301\u00a0нарушение, 1\u00a0справка."
    assert lines[2].endswith("и ещё 299 таких в этой книге")
    assert "Всё остальное: sgo check" not in lines


def test_saves_held_back_come_before_every_flood() -> None:
    flood = [finding("R0801", Severity.VIOLATION, State.OVERDUE, row=row) for row in range(2, 302)]
    book = "Журналы/5А/История.xlsx"
    for_teacher = finding("W0110", Severity.VIOLATION, State.OPEN, book)
    for_admin = replace(for_teacher, message="сохранение задержано; sgo build --accept-changes.", role=Role.ADMIN)
    held = {book: ("a1", "2026-11-20"), "Журналы/6А/История.xlsx": ("b2", "2026-11-21")}
    lines = list(summary(Verdict((*flood, for_teacher, for_admin)), {}, held))
    assert lines[:4] == [
        "Сохранение задержано, на сайте прежняя версия:",
        f"  {book}: сохранение задержано; sgo build --accept-changes.",
        "  Журналы/6А/История.xlsx — с 21.11.2026",
        "Требует внимания: 302\u00a0нарушения.",
    ]
    assert [line for line in lines[4:] if "W0110" in line] == []


def test_what_is_not_due_yet_is_not_pressing() -> None:
    soon = finding("R0801", Severity.VIOLATION, State.SOON)
    later = finding("R0801", Severity.VIOLATION, State.EXPECTED)
    done = finding("R0801", Severity.VIOLATION, State.DONE_LATE)
    unchecked = finding("R0801", Severity.VIOLATION, State.UNCHECKED)
    assert list(summary(Verdict((soon, later, done), (unchecked,)), {})) == [
        "Требует внимания: ничего.",
        "Скоро срок: 1.",
        "Не проверено: 1.",
    ]


def test_a_rule_that_crashed_is_our_fault(school: LittleSchool, monkeypatch: pytest.MonkeyPatch) -> None:
    fault = RuleFault("R0801", "5А", "Traceback …")
    monkeypatch.setattr(figures, "judge", lambda *_, **__: Verdict(faults=(fault,)))
    result = build(school)
    assert result.exit_code == 3
    assert "Ошибка программы" in result.stderr
    assert build(school).exit_code == 3, "an idle build does not forget it"


@contextmanager
def served(site: Path) -> Iterator[int]:
    """Serve a site and give the port."""
    with make_server(site, 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def ask(port: int, path: str, host: str | None = None) -> tuple[int, str, bytes]:
    """Return status, content type and bytes of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Host": host} if host else {})
    answer = connection.getresponse()
    found = (answer.status, answer.getheader("Content-Type") or "", answer.read())
    connection.close()
    return found


def test_serve_shows_the_pages_and_nothing_else(school: LittleSchool) -> None:
    build(school)
    site = school.root / "site"
    (site.parent / "secret.txt").write_text("тайна", "utf-8")
    (site / "link.txt").symlink_to(site.parent / "secret.txt")
    with served(site) as port:
        status, kind, data = ask(port, "/public/index.html")
        assert (status, data) == (200, (site / "public/index.html").read_bytes())
        assert kind.startswith("text/html")
        assert ask(port, "/public/")[0] == 200
        for path in ("/", "/families/", "/staff/nothing.html", "/../secret.txt", "/%2e%2e/secret.txt", "/link.txt"):
            status, _, data = ask(port, path)
            assert status == 404, path
            assert "тайна".encode() not in data
        assert ask(port, "/public/index.html", host="evil.example")[0] == 421
        assert ask(port, "/public/index.html", host=f"localhost:{port}")[0] == 200


def test_a_taken_port_is_said_in_words(school: LittleSchool) -> None:
    build(school)
    with served(school.root / "site") as port, pytest.raises(UserError, match=f"--port {port + 1}"):
        make_server(school.root / "site", port)


def test_serve_before_build_says_what_to_do(school: LittleSchool) -> None:
    result = run(school, "serve", "--no-browser")
    assert "sgo build" in str(result.exception)
