// What a page does beyond its links and forms. Everything works without it; nothing here is needed to read.
"use strict";
const Desk = {
  csrf: () => document.querySelector("meta[name=csrf]")?.content ?? "",
  tell(words) {
    const told = document.getElementById("told");
    told.textContent = words;
    clearTimeout(Desk.telling);
    Desk.telling = setTimeout(() => { told.textContent = ""; }, 6000);
  },
};
document.addEventListener("htmx:configRequest", (event) => { event.detail.headers["X-CSRF-Token"] = Desk.csrf(); });
document.addEventListener("htmx:responseError", (event) => { Desk.tell(`Not done: ${event.detail.xhr.responseText.slice(0, 200)}`); });
document.addEventListener("htmx:sendError", () => { Desk.tell("The desk does not answer. Is it still running?"); });
// days and numbers as the reader writes them
document.querySelectorAll("time[datetime]").forEach((time) => {
  const day = /^(\d{4})-(\d\d)-(\d\d)$/.exec(time.dateTime);
  if (day && Number(day[1]) > 99) {
    const at = new Date(Date.UTC(Number(day[1]), Number(day[2]) - 1, Number(day[3])));
    time.title = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeZone: "UTC" }).format(at);
  }
});
