// A button that prints; without scripts the browser's own command does.
"use strict";
document.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) window.print(); });
const showPrint = () => document.querySelectorAll("[data-print]").forEach((button) => { button.hidden = false; });
document.addEventListener("htmx:afterSwap", showPrint);
showPrint();
