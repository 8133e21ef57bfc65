// A report with the keyboard: j k go from entry to entry, y n e u decide. Each key presses a button or link of the page.
"use strict";
{
  const report = () => document.getElementById("report");
  const items = () => [...document.querySelectorAll(".item[data-key]")];
  const lit = () => document.querySelector(".item.lit");
  const calm = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");
  const name = (key) => CSS.escape(key);

  // Light one entry: its words, its sentence, its card; the address says so too.
  const light = (item) => {
    document.querySelectorAll("#report .lit, #report .on").forEach((one) => { one.classList.remove("lit", "on"); one.removeAttribute("aria-current"); });
    item.classList.add("lit");
    item.setAttribute("aria-current", "true");
    document.querySelectorAll(`[data-m~="${name(item.dataset.key)}"]`).forEach((one) => {
      one.classList.add("on");
      one.closest(".sentence")?.classList.add("lit");
    });
    const sentence = document.getElementById(item.dataset.at);
    sentence?.classList.add("lit");
    item.focus({ preventScroll: true });
    const beside = getComputedStyle(document.querySelector(".found")).overflowY === "auto";
    if (beside) {
      const found = document.querySelector(".found");
      found.scrollTo({ top: item.offsetTop - found.clientHeight / 3, behavior: calm() });
      sentence?.scrollIntoView({ block: "center", behavior: calm() });
    } else {
      item.scrollIntoView({ block: "center", behavior: calm() });
    }
    const address = new URL(location.href);
    address.searchParams.set("lit", item.dataset.key);
    address.searchParams.delete("edit");
    address.hash = item.dataset.at;
    history.replaceState(history.state, "", address);
  };

  const step = (by) => {
    const all = items();
    if (!all.length) return;
    const at = all.indexOf(lit());
    if (at < 0) light(all[by > 0 ? 0 : all.length - 1]);
    else if (all[at + by]) light(all[at + by]);
    else {
      const beyond = document.querySelector(by > 0 ? ".reading a[rel=next]" : ".reading a[rel=prev]") ? " of this part" : "";
      Desk.tell(`This is the ${by > 0 ? "last" : "first"} entry${beyond}.`);
    }
  };

  const press = (key) => {
    const button = lit()?.querySelector(`[data-key-for="${key}"]`);
    if (button) button.click();
    else Desk.tell(lit() ? "This desk is read-only." : "Go to an entry first, with j or k.");
  };

  const undo = () => {
    const button = document.getElementById("undo-last");
    if (button && !button.disabled) button.click();
    else Desk.tell("There is nothing of yours to undo here.");
  };

  const help = () => {
    const keys = document.getElementById("keys");
    if (!keys) return;
    keys.open = !keys.open;
    if (keys.open) { keys.scrollIntoView({ block: "center" }); keys.querySelector("summary").focus({ preventScroll: true }); }
  };

  const doing = { j: () => step(1), k: () => step(-1), y: () => press("y"), n: () => press("n"), e: () => press("e"), u: undo, "?": help };
  const typing = (target) => target.closest?.("input, select, textarea, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat && !"jk".includes(event.key)) return;
    if (!report() || typing(event.target) || !Object.hasOwn(doing, event.key)) return;
    event.preventDefault();
    doing[event.key]();
  });

  // a bracket in the text and a name beside it lead to each other without leaving the page
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-go]");
    const item = link && document.querySelector(`.item[data-key="${name(link.dataset.go)}"]`);
    if (!item || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    light(item);
  });

  // a date in the text and its line in the table
  document.addEventListener("mouseover", (event) => {
    const id = event.target.closest?.("[data-t]")?.dataset.t;
    document.querySelectorAll("tr[data-t]").forEach((row) => row.classList.toggle("lit", row.dataset.t === id));
  });

  // what the desk answers: the form's first field, or the decision, is where the reader is now
  let asked = "";
  let pressed = null;  // the buttons of an entry stand outside their form, where htmx does not look for them
  document.addEventListener("submit", (event) => { pressed = event.submitter; }, true);
  document.addEventListener("htmx:configRequest", (event) => {
    if (pressed?.name && pressed.form === event.detail.elt) event.detail.parameters[pressed.name] = pressed.value;
    pressed = null;
  });
  document.addEventListener("htmx:beforeRequest", (event) => { asked = event.detail.elt.dataset.keyFor ?? ""; });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.xhr.getResponseHeader("HX-Reswap") === "none") return;
    const form = document.querySelector(".edit");
    if (asked === "e" && form) {
      const item = form.closest(".item");
      if (!item.classList.contains("lit")) light(item);
      form.querySelector("select, input:not([type=hidden])").focus();
    } else if (event.detail.target.id === "report") {
      const item = lit();
      const told = item?.querySelector(".decision")?.textContent.trim();
      Desk.tell(told ?? "Done.");
      if (item) light(item);
    }
  });

  document.addEventListener("told", (event) => { Desk.tell(event.detail.value); });

  const scrolled = () => {
    const item = lit();
    const found = document.querySelector(".found");
    if (item && found && getComputedStyle(found).overflowY === "auto") found.scrollTop = item.offsetTop - found.clientHeight / 3;
    const words = document.querySelector(".sentence.lit");
    if (words && !location.hash.startsWith("#card-")) words.scrollIntoView({ block: "center", behavior: "auto" });
  };
  if (document.readyState === "complete") scrolled();
  else addEventListener("load", scrolled);
}
