// Lists: ↑ ↓ move between rows, Space ticks, and ticking opens the bar of actions.
import { isTyping } from "./page.js";

document.addEventListener("keydown", (event) => {
  const row = event.target.closest?.(".rows tbody tr");
  if (!row || event.altKey || event.ctrlKey || (isTyping(event.target) && event.target.type !== "checkbox")) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    const links = [...row.closest("table").querySelectorAll("tbody .row-link")];
    const next = links[links.indexOf(row.querySelector(".row-link")) + step];
    next?.focus();
    event.preventDefault();
  }
  const box = event.key === " " && event.target.matches(".row-link") && row.querySelector('input[type="checkbox"]');
  if (box) {
    box.click();
    event.preventDefault();
  }
});

function count(form) {
  const chosen = form.querySelectorAll("[data-choose]:checked");
  const bar = form.querySelector("[data-bulk]");
  if (!bar) return;
  bar.hidden = chosen.length === 0;
  const number = bar.querySelector("[data-chosen]");
  if (number) number.textContent = chosen.length;
  for (const box of form.querySelectorAll("[data-choose]")) box.closest("tr")?.setAttribute("aria-selected", String(box.checked));
}
document.addEventListener("change", ({ target }) => {
  const form = target.closest?.("form");
  if (!form) return;
  if (target.matches("[data-choose-all]")) for (const box of form.querySelectorAll("[data-choose]")) box.checked = target.checked;
  if (target.matches("[data-choose], [data-choose-all]")) count(form);
});
document.addEventListener("DOMContentLoaded", () => {
  for (const bar of document.querySelectorAll("form [data-bulk]")) count(bar.closest("form")); // without scripts it is always there
});
document.addEventListener("click", ({ target }) => {
  const clear = target.closest?.("[data-choose-none]");
  if (!clear) return;
  const form = clear.closest("form");
  for (const box of form.querySelectorAll("[data-choose], [data-choose-all]")) box.checked = false;
  count(form);
});

// The bar stands there without scripts; with them it waits for the first tick.
document.addEventListener("DOMContentLoaded", () => {
  for (const bar of document.querySelectorAll("[data-bulk]")) {
    const form = bar.closest("form");
    if (form) count(form);
  }
});
