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

  /* Copying works from file:// too, where navigator.clipboard may be missing. */
  function copy(text) {
    if (navigator.clipboard && window.isSecureContext) {
      return navigator.clipboard.writeText(text);
    }
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
      var words = button.textContent;
      copy(button.dataset.copy).then(
        function () { button.textContent = "Скопировано"; },
        function () { button.textContent = "Не вышло"; }
      ).then(function () {
        setTimeout(function () { button.textContent = words; }, 1500);
      });
    });
  });
})();
