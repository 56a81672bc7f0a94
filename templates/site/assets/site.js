/* What a page does by itself: copies a path, and in the diary finds today. Without it every page is readable. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");

  function ready(run) {
    document.addEventListener("DOMContentLoaded", function () {
      try {
        run();
      } catch (error) {
        root.classList.remove("js");
        throw error;
      }
    });
  }

  /* Copying works where navigator.clipboard is missing (a page without a secure address has none) or refused, too. */
  function copy(text) {
    if (navigator.clipboard && window.isSecureContext) {
      return navigator.clipboard.writeText(text).catch(function () { return copyOldWay(text); });
    }
    return copyOldWay(text);
  }

  function copyOldWay(text) {
    return new Promise(function (resolve, reject) {
      var area = document.createElement("textarea");
      area.value = text;
      area.className = "vh";
      document.body.appendChild(area);
      area.select();
      var done = document.execCommand("copy");
      area.remove();
      (done ? resolve : reject)();
    });
  }

  ready(function () {
    document.addEventListener("click", function (event) {
      var button = event.target.closest("[data-copy]");
      if (!button) {
        return;
      }
      var words = button.dataset.words || button.textContent;
      button.dataset.words = words;
      copy(button.dataset.copy).then(
        function () { return "Скопировано"; },
        function () { return "Не вышло"; }
      ).then(function (result) {
        button.textContent = result;
        status.textContent = result;
        setTimeout(function () {
          button.textContent = words;
          status.textContent = "";
        }, 1500);
      });
    });
    var status = document.createElement("p"); // said by a screen reader
    status.className = "vh";
    status.setAttribute("role", "status");
    document.body.appendChild(status);
  });

  /* Typing two letters of a name shows what has it, without reloading: the list lies in the page. */
  ready(function () {
    Array.prototype.forEach.call(document.querySelectorAll("input[data-filter]"), function (input) {
      var list = document.getElementById(input.dataset.filter);
      var none = document.getElementById(input.dataset.filter + "-none");
      var items = Array.prototype.map.call(list.children, function (item) {
        return { item: item, words: item.textContent.toLowerCase().replace(/ё/g, "е") };
      });
      input.addEventListener("input", function () {
        var wanted = input.value.trim().toLowerCase().replace(/ё/g, "е").split(/\s+/);
        var asked = wanted.join("").length >= 2;
        var shown = 0;
        items.forEach(function (one) {
          var fits = asked && shown < 30 && wanted.every(function (word) { return one.words.indexOf(word) >= 0; });
          one.item.hidden = !fits;
          shown += fits ? 1 : 0;
        });
        list.hidden = !shown;
        none.textContent = asked && !shown ? "Ничего не найдено" : "";
      });
    });
  });

  /* --- the diary ------------------------------------------------------------------------------------------------ */

  function iso(date) {
    return date.getFullYear() + "-" + ("0" + (date.getMonth() + 1)).slice(-2) + "-" + ("0" + date.getDate()).slice(-2);
  }

  /* Today as the family's clock says; a school may fix the day (the demo school), then lessons are over. */
  function now() {
    var fixed = root.dataset.today;
    var date = new Date();
    return fixed
      ? { today: fixed, tomorrow: iso(new Date(new Date(fixed + "T12:00").getTime() + 864e5)), time: "23:59" }
      : {
          today: iso(date),
          tomorrow: iso(new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1)),
          time: ("0" + date.getHours()).slice(-2) + ":" + ("0" + date.getMinutes()).slice(-2)
        };
  }

  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }

  function covers(element, day) {
    return element.dataset.first <= day && day <= element.dataset.last;
  }

  function make(tag, kind, text) {
    var element = document.createElement(tag);
    if (kind) {
      element.className = kind;
    }
    element.textContent = text;
    return element;
  }

  function byDate(a, b) {
    return a.dataset.date < b.dataset.date ? -1 : 1;
  }

  /* The week of a date; in holidays the next one; outside the page's days the newest with data. */
  function weekOf(page, day) {
    if (!covers(page, day)) {
      return document.querySelector(".week.is-newest");
    }
    var later = all(".week").filter(function (week) { return day <= week.dataset.last; });
    later.sort(function (a, b) { return a.dataset.first < b.dataset.first ? -1 : 1; });
    return later[0] || document.querySelector(".week.is-newest");
  }

  function show(week) {
    all(".week.is-current").forEach(function (other) { other.classList.remove("is-current"); });
    if (week) {
      week.classList.add("is-current");
    }
  }

  /* #w-2026-11-16 opens a week, #d-2026-11-17 a day in its week. */
  function target() {
    var found = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    return found && found.closest(".week") ? found : null;
  }

  function follow() {
    var found = target();
    if (!found) {
      return;
    }
    show(found.closest(".week"));
    found.scrollIntoView();
    var heading = found.querySelector("h2, h3");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }

  function markDays(clock) {
    all(".day").forEach(function (day) {
      var date = day.dataset.date;
      var words = date === clock.today ? "сегодня" : date === clock.tomorrow ? "завтра" : "";
      day.classList.toggle("is-today", date === clock.today);
      all(".tag", day).forEach(function (tag) { tag.remove(); });
      if (words) {
        day.querySelector(".date").before(make("span", date === clock.today ? "tag" : "tag soon", words), " ");
      }
    });
    all("[data-until]").forEach(function (debt) {
      if (debt.dataset.until < clock.today && !debt.classList.contains("is-overdue")) {
        debt.classList.add("is-overdue");
        debt.append(", срок прошёл");
      }
    });
  }

  /* What is due next: today until the first lesson begins, then the next day with lessons. */
  function markNext(page, clock) {
    var body = document.getElementById("next-body");
    if (!body || !covers(page, clock.today)) {
      return;
    }
    var day = all(".day").sort(byDate).filter(function (one) {
      var starts = ("0" + one.dataset.starts).slice(-5);
      var open = one.dataset.date > clock.today || (one.dataset.date === clock.today && clock.time < starts);
      return open && one.querySelector(".lesson:not(.is-off)");
    })[0];
    if (!day) {
      return;
    }
    var link = make("a", "", day.dataset.to);
    link.href = "#" + day.id;
    document.getElementById("next-title").replaceChildren(link);
    var list = make("dl", "tasks", "");
    var others = [];
    all(".lesson:not(.is-off)", day).forEach(function (lesson) {
      var subject = lesson.querySelector(".subject").textContent;
      var tasks = all(".due .task", lesson);
      if (!tasks.length) {
        if (others.indexOf(subject) < 0) {
          others.push(subject);
        }
        return;
      }
      var row = make("div", "", "");
      row.append(make("dt", "", subject));
      tasks.forEach(function (task) {
        var cell = make("dd", "", "");
        cell.append.apply(cell, Array.prototype.slice.call(task.cloneNode(true).childNodes));
        row.append(cell);
      });
      list.append(row);
    });
    body.replaceChildren();
    if (list.children.length) {
      body.append(list);
    } else if (document.getElementById("marks")) {
      body.append(make("p", "", "Ничего не задано."));
    }
    if (others.length) {
      var words = (list.children.length ? "Ещё в этот день: " : "Уроки: ") + others.join(", ");
      body.append(make("p", "quiet others", words));
    }
  }

  function markNews(clock) {
    all(".news").forEach(function (news) {
      var items = all("[data-first]", news);
      items.forEach(function (item) { item.hidden = !covers(item, clock.today); });
      var shown = items.filter(function (item) { return !item.hidden; });
      news.hidden = !shown.length;
      news.querySelector(".count").textContent = shown.length;
    });
  }

  /* Subjects by name, by average (the lowest first), by the last mark (the newest first). */
  function sortable() {
    var body = document.querySelector(".subjects tbody");
    var bar = document.querySelector(".sorts");
    if (!body || !bar || body.rows.length < 3) {
      return;
    }
    bar.hidden = false;
    var orders = {
      name: function (a, b) { return a.dataset.name.localeCompare(b.dataset.name, "ru"); },
      average: function (a, b) { return (a.dataset.average || "9").localeCompare(b.dataset.average || "9"); },
      last: function (a, b) { return b.dataset.last.localeCompare(a.dataset.last); }
    };
    bar.addEventListener("click", function (event) {
      var button = event.target.closest("[data-sort]");
      if (!button) {
        return;
      }
      all("[data-sort]", bar).forEach(function (one) { one.setAttribute("aria-pressed", String(one === button)); });
      Array.prototype.slice.call(body.rows).sort(orders[button.dataset.sort]).forEach(function (row) { body.append(row); });
    });
  }

  function forward() {
    var list = document.querySelector("[data-forward]");
    if (!list) {
      return;
    }
    var periods = all("li", list);
    var today = now().today;
    var current = periods.filter(function (period) { return covers(period, today); })[0];
    location.replace((current || periods[0]).querySelector("a").href);
  }

  ready(function () {
    forward();
    var page = document.querySelector(".diary-page");
    if (!page) {
      return;
    }
    var clock = now();
    var mark = function () {
      markDays(clock);
      markNext(page, clock);
      markNews(clock);
    };
    mark();
    if (matchMedia("(min-width: 64rem)").matches) {
      all(".folds details").forEach(function (fold) { fold.open = true; });
    }
    show(weekOf(page, clock.today));
    follow();
    sortable();
    window.addEventListener("hashchange", function () {
      if (!location.hash) {
        show(weekOf(page, clock.today));
      }
      follow();
    });
    document.addEventListener("visibilitychange", function () {
      if (!document.hidden && now().today !== clock.today) {
        location.reload();
      }
    });
  });
})();
