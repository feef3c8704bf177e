// <ul data-tree data-branch="/nhanh/">: nested lists of units become a tree for the keyboard: → open, ← close,
// ↑ ↓ Home End move, letters find, Enter opens beside. What is open stands in the address. Without
// scripts the same links open and close by loading the page.
import { isoOf, typedOf } from "./days.js";
import { htmx } from "./libraries.js";
import { turnTo } from "./panel.js";

const line = (item) => item.querySelector(":scope > .tree-line > .tree-name");
const group = (item) => item.querySelector(":scope > ul");
const itemOf = (element) => element.closest("li[data-key]");
const isOpen = (item) => line(item).getAttribute("aria-expanded") === "true";
const canOpen = (item) => line(item).hasAttribute("aria-expanded");
const fold = (words) => words.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/đ/g, "d");
const shown = (tree) => [...tree.querySelectorAll(".tree-name")].filter((one) => !one.closest("ul[hidden]"));

function prepare(tree) {
  tree.setAttribute("role", "tree");
  for (const list of tree.querySelectorAll("ul")) list.setAttribute("role", "group");
  for (const item of tree.querySelectorAll("li[data-key]")) {
    item.setAttribute("role", "none");
    const name = line(item);
    const toggle = item.querySelector(":scope > .tree-line > a.tree-toggle");
    name.setAttribute("role", "treeitem");
    name.tabIndex = -1;
    if (!toggle) continue;
    toggle.tabIndex = -1;
    toggle.setAttribute("aria-hidden", "true");
    if (!canOpen(item)) name.setAttribute("aria-expanded", String(Boolean(group(item))));
    if (group(item)) {
      group(item).id ||= `branch-${item.dataset.key.replace("~", "-ended")}`;
      name.setAttribute("aria-owns", group(item).id);
    }
  }
  const names = shown(tree);
  (names.find((one) => one === document.activeElement) ?? names[0])?.setAttribute("tabindex", "0");
}

function focusOn(tree, name) {
  if (!name) return;
  for (const one of tree.querySelectorAll('.tree-name[tabindex="0"]')) one.tabIndex = -1;
  name.tabIndex = 0;
  name.focus();
}

function remember(tree) {
  const open = [...tree.querySelectorAll("li[data-key]")].filter((item) => canOpen(item) && isOpen(item));
  const keys = open.map((item) => item.dataset.key).sort().join(",");
  const address = new URL(location.href);
  address.searchParams.delete("open");
  const rest = address.searchParams.toString();
  history.replaceState(history.state, "", `${address.pathname}?${rest ? `${rest}&` : ""}open=${keys}`);
  const kept = document.querySelector('form[data-time] input[name="open"]');
  if (kept) Object.assign(kept, { value: keys, disabled: false });
}

async function open(tree, item) {
  if (!group(item)) {
    const asked = new URLSearchParams({ key: item.dataset.key, date: tree.dataset.day });
    await htmx.ajax("GET", `${tree.dataset.branch}?${asked}`, { source: item, target: item, swap: "beforeend" });
    if (!group(item)) return;
    prepare(tree);
  }
  group(item).hidden = false;
  line(item).setAttribute("aria-expanded", "true");
  remember(tree);
}
function close(tree, item) {
  if (group(item)) group(item).hidden = true;
  line(item).setAttribute("aria-expanded", "false");
  remember(tree);
}

let typed = "";
let typing;
function find(tree, name, letter) {
  clearTimeout(typing);
  typing = setTimeout(() => { typed = ""; }, 900);
  typed += fold(letter);
  const names = shown(tree);
  const from = names.indexOf(name) + (typed.length > 1 ? 0 : 1);
  const turned = [...names.slice(from), ...names.slice(0, from)];
  const begins = (one) => fold(one.textContent.trim()).startsWith(typed) || fold(one.textContent).includes(` ${typed}`);
  focusOn(tree, turned.find(begins));
}

const KEYS = {
  ArrowDown: (tree, name, names) => focusOn(tree, names[names.indexOf(name) + 1]),
  ArrowUp: (tree, name, names) => focusOn(tree, names[names.indexOf(name) - 1]),
  Home: (tree, name, names) => focusOn(tree, names[0]),
  End: (tree, name, names) => focusOn(tree, names.at(-1)),
  ArrowRight: (tree, name) => {
    const item = itemOf(name);
    if (!canOpen(item)) return;
    if (!isOpen(item)) open(tree, item);
    else focusOn(tree, group(item).querySelector(".tree-name"));
  },
  ArrowLeft: (tree, name) => {
    const item = itemOf(name);
    if (canOpen(item) && isOpen(item)) close(tree, item);
    else focusOn(tree, item.parentElement.closest("li[data-key]")?.querySelector(".tree-name"));
  },
};
document.addEventListener("keydown", (event) => {
  const name = event.target.closest?.(".tree-name");
  const tree = name?.closest("[data-tree]");
  if (!tree || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const known = KEYS[event.key];
  if (known) typed = "";
  if (known) known(tree, name, shown(tree));
  else if (/^[\p{L}\d]$/u.test(event.key) || (event.key === " " && typed)) find(tree, name, event.key);
  else return;
  event.preventDefault();
});
document.addEventListener("click", (event) => {
  const toggle = event.target.closest?.("a.tree-toggle, .tree-fold");
  const tree = toggle?.closest("[data-tree]");
  if (!tree || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const item = itemOf(toggle);
  if (isOpen(item)) close(tree, item);
  else open(tree, item);
});
document.addEventListener("focusin", ({ target }) => {
  const tree = target.matches?.(".tree-name") && target.closest("[data-tree]");
  if (!tree) return;
  for (const one of tree.querySelectorAll('.tree-name[tabindex="0"]')) one.tabIndex = -1;
  target.tabIndex = 0;
});

// The track: moving along it says the day, letting go shows it; the days before and after are links.
const form = () => document.querySelector("form[data-time]");
function show(day) {
  form().elements.namedItem("date").value = typedOf(day);
  form().requestSubmit();
}
const dayAt = (track) => track.list.options[track.value];
document.addEventListener("input", ({ target }) => {
  if (!target.matches?.("input[data-track]")) return;
  const { label, dataset } = dayAt(target);
  target.setAttribute("aria-valuetext", label);
  form().elements.namedItem("date").value = typedOf(dataset.day);
  document.querySelector("[data-track-day]").textContent = label;
});
document.addEventListener("change", (event) => {
  if (!event.target.matches?.("input[data-track]")) return;
  show(dayAt(event.target).dataset.day);
});
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-day]");
  if (!link || !form() || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link.dataset.day);
});
document.addEventListener("htmx:configRequest", ({ target, detail }) => {
  if (!target.matches?.("form[data-time]")) return;
  const beside = new URL(location.href).searchParams.get("ben");
  if (beside) detail.parameters.ben = beside;
  if (!detail.parameters.q) delete detail.parameters.q;
  detail.parameters.date = isoOf(detail.parameters.date) || detail.parameters.date; // as links to a day write it
});

const all = (root) => root.querySelectorAll("[data-tree]").forEach(prepare);
document.addEventListener("DOMContentLoaded", () => all(document));
document.addEventListener("htmx:afterSettle", ({ target }) => {
  all(document);
  if (form() && target.id !== "panel" && !target.closest?.("#panel")) turnTo(isoOf(form().elements.namedItem("date").value));
});
