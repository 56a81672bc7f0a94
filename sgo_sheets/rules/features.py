"""What the program does beside rules and reports, named once: each with its command or the page where it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature: its name for people, and where it is.

    ``command`` – of ``sgo``; ``page`` – of the site, as a pattern of paths; ``workbook`` and ``sheet`` – where the
    school writes it down. At least one is named.
    """

    name: str
    command: str = ""
    page: str = ""
    workbook: str = ""
    sheet: str = ""

    @property
    def where(self) -> str:
        """Return where it is, in words."""
        sheet = f" › {self.sheet}" if self.sheet else ""
        places = (self.command and f"sgo {self.command}", self.page, self.workbook and f"{self.workbook}{sheet}")
        return ", ".join(place for place in places if place)


DIARY = Feature("дневник", page="families/*/*.html")
CONTROL = Feature("контрольная страница завуча", page="staff/index.html")
CLASS_PAGE = Feature("«Мой класс»: чего не хватает по предметам", page="staff/classes/*.html")
TEACHER_PAGE = Feature("страница сотрудника: что за мной и к какому сроку", page="staff/teachers/*.html")
REPORT_PAGES = Feature("страницы отчётов", page="staff/reports/*.html")
RULES = Feature("правила с объяснением", command="rules", page="staff/rules/*.html")
CHECK = Feature("проверка книг по регламенту", command="check")
ONE_BASE = Feature("книги школы из одной папки", command="build")
FORMS = Feature("книги на новый учебный год", command="init")
JOURNALS = Feature("журналы классов, заполненные из плана", command="forms")
PUBLISH = Feature("публикация в папку с правами", command="publish")
PUBLIC = Feature("страница школы: сведения и каникулы", page="public/index.html")
TERMS = Feature("сроки, ответственные и важность правил", workbook="Регламент.xlsx", sheet="Сроки")
PEOPLE = Feature("ответственные по приказу", workbook="Школа.xlsx", sheet="Ответственные")
ROLLS = Feature("карточки обучающихся", workbook="Контингент/5А.xlsx", sheet="Обучающиеся")
HISTORY = Feature("история сохранений и изменений", command="history")
CHANGES = Feature("что изменилось в отметках ребёнка: «Изменения» в дневнике", command="history")
COUNCIL = Feature("справка к педагогическому совету", page="staff/council.html")
ADMIN_PAGE = Feature("страница администратора", page="staff/admin.html")
CALENDAR = Feature("календарь сроков", page="staff/calendar/*.ics")

FEATURES: frozenset[Feature] = frozenset(
    {
        DIARY, CONTROL, CLASS_PAGE, TEACHER_PAGE, REPORT_PAGES, RULES, CHECK, ONE_BASE, FORMS, JOURNALS,
        PUBLISH, PUBLIC, TERMS, PEOPLE, ROLLS, CALENDAR, HISTORY, CHANGES, COUNCIL, ADMIN_PAGE,
    }
)  # fmt: skip
"""Every named feature."""
