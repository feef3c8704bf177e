// Proofreading: two panes, a border that can be dragged or moved with ← →, and item ↔ words both ways.
const KEPT = "panes-left";

function place(panes, percent) {
  const left = Math.min(75, Math.max(25, percent));
  panes.style.setProperty("--left", `${left}%`);
  panes.querySelector(".splitter")?.setAttribute("aria-valuenow", Math.round(left));
  localStorage.setItem(KEPT, left);
}
const percentAt = (panes, x) => {
  const { left, width } = panes.getBoundingClientRect();
  return ((x - left) / width) * 100;
};
document.addEventListener("pointerdown", (event) => {
  const splitter = event.target.closest?.(".splitter");
  if (!splitter) return;
  const panes = splitter.closest(".panes");
  const move = ({ clientX }) => place(panes, percentAt(panes, clientX));
  splitter.setPointerCapture(event.pointerId);
  splitter.addEventListener("pointermove", move);
  splitter.addEventListener("pointerup", () => splitter.removeEventListener("pointermove", move), { once: true });
});
document.addEventListener("keydown", (event) => {
  const splitter = event.target.closest?.(".splitter");
  const step = splitter && { ArrowLeft: -4, ArrowRight: 4 }[event.key];
  if (!step) return;
  const panes = splitter.closest(".panes");
  place(panes, percentAt(panes, splitter.getBoundingClientRect().left) + step);
  event.preventDefault();
});

// data-span on a mark and on an item of the same name: choosing one shows the other.
function choose(name, from) {
  for (const one of document.querySelectorAll("[data-span].is-open")) one.classList.remove("is-open");
  for (const one of document.querySelectorAll(`[data-span="${CSS.escape(name)}"]`)) {
    one.classList.add("is-open");
    const body = one.closest(".pane-body");
    if (body && !body.contains(from)) {
      const { top, height } = one.getBoundingClientRect();
      const frame = body.getBoundingClientRect();
      body.scrollTop += top - frame.top - Math.max(0, (frame.height - height) / 3);
    }
  }
}
const chosenBy = (target) => target.closest?.("[data-span]");
document.addEventListener("click", ({ target }) => {
  const one = chosenBy(target);
  if (!one) return;
  choose(one.dataset.span, one);
  if (one.matches("mark")) document.querySelector(`.item[data-span="${CSS.escape(one.dataset.span)}"]`)?.focus({ preventScroll: true });
});
document.addEventListener("focusin", ({ target }) => {
  const one = chosenBy(target);
  if (one && !one.classList.contains("is-open")) choose(one.dataset.span, one);
});

// Keys on an item: ↑ ↓ item, Enter its first button, F2 edit, Delete drop; F6 the other pane.
function onItem(event, item) {
  const items = [...document.querySelectorAll(".item[tabindex]")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    items[items.indexOf(item) + step]?.focus();
    return true;
  }
  const button = { Enter: "[data-key=enter]", F2: "[data-key=edit]", Delete: "[data-key=delete]" }[event.key];
  if (!button || event.ctrlKey) return false;
  item.querySelector(button)?.click();
  return true;
}
document.addEventListener("keydown", (event) => {
  const taken = event.target.matches?.(".item") && onItem(event, event.target);
  if (taken) event.preventDefault();
  if (event.key !== "F6") return;
  const panes = [...document.querySelectorAll(".pane-body")];
  if (!panes.length) return;
  const here = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(here + 1) % panes.length];
  (next.querySelector(".item.is-open, .item[tabindex]") ?? next).focus();
  event.preventDefault();
});

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-pane]");
  if (!button) return;
  for (const pane of document.querySelectorAll(".pane")) pane.classList.toggle("is-shown", pane.id === button.dataset.pane);
  for (const one of document.querySelectorAll("[data-pane]")) one.setAttribute("aria-selected", String(one === button));
});
document.addEventListener("DOMContentLoaded", () => {
  const panes = document.querySelector(".panes");
  if (!panes) return;
  if (!panes.querySelector(".pane.is-shown")) panes.querySelector(".pane:last-child")?.classList.add("is-shown");
  const kept = Number(localStorage.getItem(KEPT));
  if (kept) place(panes, kept);
});
