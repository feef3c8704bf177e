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
  const shown = new Set([from.closest(".pane-body")]);
  for (const one of document.querySelectorAll(`[data-span="${CSS.escape(name)}"]`)) {
    one.classList.add("is-open");
    const body = one.closest(".pane-body");
    if (body && !shown.has(body)) {
      shown.add(body); // words over several paragraphs begin with the first
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
  if (one.matches("mark, g")) document.querySelector(`.item[data-span="${CSS.escape(one.dataset.span)}"]`)?.focus({ preventScroll: true });
});
document.addEventListener("focusin", ({ target }) => {
  const one = chosenBy(target);
  if (one && !one.classList.contains("is-open")) choose(one.dataset.span, one);
});

// Keys on an item: ↑ ↓ item, Enter its first button (or the next item), F2 edit, Delete drop; on marked
// words ↑ ↓ the marks, Enter their item; F6 the other pane.
function stepped(event, one, all) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) all[all.indexOf(one) + step]?.focus();
  return Boolean(step);
}
function onItem(event, item) {
  const items = [...document.querySelectorAll(".item[tabindex]")];
  if (stepped(event, item, items)) return true;
  const button = { Enter: "[data-key=enter]", F2: "[data-key=edit]", Delete: "[data-key=delete]" }[event.key];
  if (!button || event.ctrlKey) return false;
  const found = item.querySelector(button);
  if (found) found.click();
  else if (event.key === "Enter") items[items.indexOf(item) + 1]?.focus();
  return true;
}
function onMark(event, mark) {
  if (stepped(event, mark, [...document.querySelectorAll("mark[data-number]")])) return true;
  if (event.key !== "Enter" || event.ctrlKey) return false;
  document.querySelector(`.item[data-span="${CSS.escape(mark.dataset.span)}"]`)?.focus();
  return true;
}
document.addEventListener("keydown", (event) => {
  const one = event.target;
  const taken = (one.matches?.(".item") && onItem(event, one)) || (one.matches?.("mark[data-span]") && onMark(event, one));
  if (taken) event.preventDefault();
  if (event.key !== "F6") return;
  const panes = [...document.querySelectorAll(".pane-body")];
  if (!panes.length) return;
  const here = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(here + 1) % panes.length];
  (next.querySelector(".item.is-open, mark.is-open") ?? next.querySelector(".item[tabindex]") ?? next).focus();
  event.preventDefault();
});

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-pane]");
  if (!button) return;
  for (const pane of document.querySelectorAll(".pane")) pane.classList.toggle("is-shown", pane.id === button.dataset.pane);
  for (const one of document.querySelectorAll("[data-pane]")) one.setAttribute("aria-pressed", String(one === button));
});
document.addEventListener("DOMContentLoaded", () => {
  const panes = document.querySelector(".panes");
  if (!panes) return;
  const named = location.hash.match(/^#pane-(\w+)$/)?.[1]; // on a phone one pane is seen at a time
  if (named) document.querySelector(`[data-pane="${named}"]`)?.click();
  if (!panes.querySelector(".pane.is-shown")) panes.querySelector(".pane:last-child")?.classList.add("is-shown");
  const kept = Number(localStorage.getItem(KEPT));
  if (kept) place(panes, kept);
});
