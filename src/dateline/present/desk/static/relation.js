// The relation screen: a bar opens its sentences in place, and the day asked about can be dragged over the river.
"use strict";
(() => {
  const DAY = 86400000;
  const NARROW = window.matchMedia("(max-width: 37.5rem)");
  const words = new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  let asking;

  const number = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
  const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);
  const stage = () => document.getElementById("stage");
  const handle = () => document.getElementById("handle");
  const drawing = () => document.querySelector("#stage > svg");

  // --- days and places: periods are all as wide, the days of a period share its width
  function measures() {
    const svg = drawing();
    if (!svg || !svg.dataset.first) return null;
    const { unit, first } = svg.dataset;
    const [count, left, right, top, bottom] = ["count", "left", "right", "top", "bottom"].map((name) => Number(svg.dataset[name]));
    return { unit, first, count, left, right, top, bottom, width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height };
  }
  function starts(m, at) {
    if (m.unit === "week") return number(m.first) + 7 * at;
    const [year, month] = m.first.split("-").map(Number);
    return Math.round(Date.UTC(year, month - 1 + at, 1) / DAY);
  }
  function placeOf(m, day) {
    let at = 0;
    if (m.unit === "week") at = Math.floor((day - number(m.first)) / 7);
    else {
      const [year, month] = m.first.split("-").map(Number);
      const told = new Date(day * DAY);
      at = (told.getUTCFullYear() - year) * 12 + told.getUTCMonth() + 1 - month;
    }
    const begin = starts(m, at);
    return m.left + ((at + (day - begin) / (starts(m, at + 1) - begin)) * (m.right - m.left)) / m.count;
  }
  function dayAt(m, x) {
    const place = ((x - m.left) / (m.right - m.left)) * m.count;
    const at = Math.min(m.count - 1, Math.max(0, Math.floor(place)));
    const begin = starts(m, at);
    return begin + Math.round((place - at) * (starts(m, at + 1) - begin));
  }
  function ends(m) {
    return [Math.max(starts(m, 0), number(stage().dataset.first)), Math.min(starts(m, m.count) - 1, number(stage().dataset.last))];
  }

  // --- the handle
  function move(day) {
    const m = measures();
    if (!m) return;
    const [first, last] = ends(m);
    const kept = Math.min(last, Math.max(first, day));
    const x = placeOf(m, kept);
    const grip = handle();
    grip.style.left = `${(x / m.width) * 100}%`;
    grip.style.top = `${(m.top / m.height) * 100}%`;
    grip.style.height = `${((m.bottom - m.top) / m.height) * 100}%`;
    grip.classList.toggle("late", x > m.width * 0.75);
    grip.setAttribute("aria-valuemin", first);
    grip.setAttribute("aria-valuemax", last);
    grip.setAttribute("aria-valuenow", kept);
    grip.setAttribute("aria-valuetext", words.format(new Date(kept * DAY)));
    grip.dataset.day = iso(kept);
    grip.firstElementChild.textContent = words.format(new Date(kept * DAY));
  }
  function ask(day) {
    clearTimeout(asking);
    const field = document.getElementById("q-around");
    if (field) field.value = day;
    keep(day);
    const address = new URL(stage().dataset.answer, location.href);
    address.searchParams.set("around", day);
    address.searchParams.set("push", "1");
    htmx.ajax("GET", address.pathname + address.search, { target: "#answer", swap: "outerHTML" });
  }
  function keep(day) {
    document.querySelectorAll("a[data-keeps]").forEach((link) => {
      const to = new URL(link.href);
      to.searchParams.set("around", day);
      link.href = to.pathname + to.search;
    });
  }
  function askSoon(day) {
    clearTimeout(asking);
    asking = setTimeout(() => ask(day), 500);
  }

  function dragged(event) {
    const m = measures();
    const box = drawing().getBoundingClientRect();
    move(dayAt(m, ((event.clientX - box.left) / box.width) * m.width));
  }
  function ready() {
    const grip = handle();
    if (!grip || !measures()) return;
    if (!grip.firstElementChild) {
      grip.append(Object.assign(document.createElement("span"), { className: "day" }));
      grip.addEventListener("pointerdown", (event) => {
        if (event.button) return;
        event.preventDefault();
        grip.focus();
        grip.setPointerCapture(event.pointerId);
        const from = grip.dataset.day;
        const end = () => {
          grip.removeEventListener("pointermove", dragged);
          if (grip.dataset.day !== from) ask(grip.dataset.day);
        };
        grip.addEventListener("pointermove", dragged);
        grip.addEventListener("pointerup", end, { once: true });
        grip.addEventListener("pointercancel", () => { grip.removeEventListener("pointermove", dragged); grip.removeEventListener("pointerup", end); move(number(from)); }, { once: true });
      });
      grip.addEventListener("keydown", keyed);
    }
    grip.hidden = false;
    stage().classList.add("moved");
    const svg = drawing();
    const asked = document.getElementById("answer")?.dataset.around ?? grip.dataset.day;
    const [first, last] = ends(measures());
    move(asked ? number(asked) : Math.round((first + last) / 2));
    mark(svg);
    oneStop(svg);
  }
  function keyed(event) {
    const day = number(handle().dataset.day);
    const [first, last] = ends(measures());
    const far = event.shiftKey ? 7 : 1;
    const to = { ArrowLeft: day - far, ArrowDown: day - far, ArrowRight: day + far, ArrowUp: day + far,
      PageDown: day - 30, PageUp: day + 30, Home: first, End: last }[event.key];
    if (event.key === "Enter") ask(handle().dataset.day);
    if (to === undefined) return;
    event.preventDefault();
    move(to);
    askSoon(handle().dataset.day);
  }

  // --- days that stand out, over the river too
  function mark() {
    const m = measures();
    document.querySelectorAll("#stage .turn").forEach((one) => one.remove());
    document.querySelectorAll("#turns li[data-day]").forEach((item) => {
      const x = placeOf(m, number(item.dataset.day));
      if (x < m.left || x > m.right) return;
      const link = item.querySelector("a").cloneNode(false);
      link.className = "turn";
      link.tabIndex = -1;
      link.setAttribute("aria-hidden", "true");
      link.title = item.textContent.trim().replace(/\s+/g, " ");
      link.textContent = "◆";
      link.style.left = `${(x / m.width) * 100}%`;
      link.style.top = `${((m.top - 4) / m.height) * 100}%`;
      stage().append(link);
    });
  }

  // --- bars: one stop of the Tab key for all, arrow keys from one to the next
  function oneStop(svg) {
    if (svg.dataset.stop) return;
    svg.dataset.stop = "1";
    const bars = [...svg.querySelectorAll("a")];
    bars.forEach((bar, at) => bar.setAttribute("tabindex", at ? "-1" : "0"));
    svg.addEventListener("keydown", (event) => {
      const at = bars.indexOf(event.target.closest("a"));
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: bars.length - 1 }[event.key];
      if (at < 0 || to === undefined || !bars[to]) return;
      event.preventDefault();
      bars[at].setAttribute("tabindex", "-1");
      bars[to].setAttribute("tabindex", "0");
      bars[to].focus();
    });
  }
  const plain = (event) => event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  document.addEventListener("click", (event) => {
    const asked = event.target.closest?.("a[data-ask]");
    if (asked && plain(event) && stage()) {
      event.preventDefault();
      ask(asked.dataset.ask);
      return;
    }
    const bar = event.target.closest?.("#stage svg a, .numbers a");
    if (!bar || !plain(event)) return;
    const to = new URL(bar.getAttribute("href"), location.href);
    if (to.pathname !== "/relation/cell" || !document.getElementById("cell")) return;
    event.preventDefault();
    const day = new URL(location.href).searchParams.get("around");
    if (day) to.searchParams.set("around", day);
    document.querySelectorAll("#stage a.chosen").forEach((one) => one.classList.remove("chosen"));
    if (bar.closest("#stage")) bar.classList.add("chosen");
    htmx.ajax("GET", to.pathname + to.search, { target: "#cell", swap: "innerHTML" });
  });

  // --- a narrow screen has a narrow river
  function fit() {
    const svg = drawing();
    if (!svg || (svg.viewBox.baseVal.width < 600) === NARROW.matches) return;
    const address = new URL(stage().dataset.river, location.href);
    address.searchParams.set("width", NARROW.matches ? "360" : "1200");
    htmx.ajax("GET", address.pathname + address.search, { target: "#stage > svg", swap: "outerHTML" });
  }
  NARROW.addEventListener("change", fit);
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "cell") {
      const head = event.target.querySelector("[data-focus]");
      head?.focus({ preventScroll: true });
      event.target.scrollIntoView({ block: "nearest" });
    }
    ready();
    fit(); // the screen may have turned while the picture was fetched
  });
  document.addEventListener("htmx:historyRestore", () => { fit(); ready(); });
  document.addEventListener("DOMContentLoaded", () => {
    // not "style": the policy of the page forbids to carry it over from what is replaced
    htmx.config.attributesToSettle = ["class", "width", "height"];
    ready();
    fit();
  });
})();
