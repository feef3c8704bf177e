// Proofreading, beyond the panes: words chosen in the source become an item; an answered item hands
// the focus on; forms of items show the fields that are asked for.
import { isPhone } from "./page.js";

const source = () => document.querySelector("[data-source]");
const letters = (words) => [...words].length; // offsets count characters, not UTF-16 units

// A place in the source as an offset of the text: the paragraph's own, and the characters before it.
function offsetOf(node, place) {
  const paragraph = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.("[data-start]");
  if (!paragraph || !source()?.contains(paragraph)) return null;
  const before = document.createRange();
  before.selectNodeContents(paragraph);
  before.setEnd(node, place);
  return Number(paragraph.dataset.start) + letters(before.toString());
}

// Where a choice begins or ends between the cells of a table, the paragraph beside it counts.
const beginning = (paragraph) => (paragraph ? Number(paragraph.dataset.start) : null);
const ending = (paragraph) => (paragraph ? Number(paragraph.dataset.start) + letters(paragraph.textContent) : null);

// What is chosen: offsets and words. A choice that ends at the foot of a paragraph ends with its last word.
function chosen() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !source()) return null;
  const range = selection.getRangeAt(0);
  const touched = [...source().querySelectorAll("[data-start]")].filter((one) => selection.containsNode(one, true));
  const start = offsetOf(range.startContainer, range.startOffset) ?? beginning(touched[0]);
  const last = range.endOffset === 0 && touched.length > 1 ? touched.at(-2) : null;
  const end = last ? ending(last) : (offsetOf(range.endContainer, range.endOffset) ?? ending(touched.at(-1)));
  const words = selection.toString().trim();
  return start === null || end === null || !words ? null : { start, end, words };
}

let words = null;
document.addEventListener("selectionchange", () => {
  const bar = document.querySelector("[data-chosen-words]");
  if (!bar) return;
  bar.dataset.asked ??= bar.textContent;
  words = chosen() ?? (getSelection().isCollapsed ? null : words);
  const short = words && (words.words.length > 42 ? `${words.words.slice(0, 40)}…` : words.words);
  bar.textContent = short ? bar.dataset.chosenWords.replace("⟨words⟩", short.replace(/\s+/g, " ")) : bar.dataset.asked;
  bar.classList.toggle("is-chosen", Boolean(short));
});
document.addEventListener("mousedown", (event) => event.target.closest?.("[data-add]") && event.preventDefault()); // keep the choice
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-add]");
  if (!link || !words) return;
  event.preventDefault();
  const { add } = link.dataset;
  location.assign(`${link.pathname}?${new URLSearchParams({ tab: add, add, start: words.start, end: words.end })}`);
});

// An item that was answered: its words in the source look as it does, and the next item has the focus.
const goesOn = new Set(["enter", "delete"]);
let asked = null;
document.addEventListener("htmx:beforeRequest", ({ detail: { elt } }) => {
  const item = elt.closest?.(".item");
  if (item) asked = { id: item.id, next: next(item)?.id, goesOn: elt.matches("[hx-post]") && goesOn.has(elt.dataset.key), begin: elt.dataset.begin };
});
function next(item) {
  const items = [...document.querySelectorAll(".item[tabindex]")];
  return items[items.indexOf(item) + 1];
}
document.addEventListener("htmx:afterSettle", () => {
  if (!asked) return;
  const { id, next: following, goesOn: moves, begin: at } = asked;
  asked = null;
  const item = document.getElementById(id);
  for (const mark of document.querySelectorAll(`:is(mark, g)[data-span="${CSS.escape(id)}"]`)) {
    const isOpen = mark.classList.contains("is-open");
    mark.setAttribute("class", item?.dataset.mark ?? "is-dropped");
    mark.classList.toggle("is-open", isOpen);
  }
  const form = item?.querySelector("form:not([hidden]) .field");
  if (form && item.querySelector('[data-key="back"]')) return begin(item, at);
  (document.getElementById((moves && following) || id) ?? item ?? document.querySelector(".item"))?.focus();
});

function begin(item, at = "[aria-invalid=true]") {
  item.focus();
  fitForms(item);
  (item.querySelector(at) ?? item.querySelector("[data-narrow]") ?? item.querySelector("textarea, select, input:not([type=hidden])"))?.focus();
}

// Esc in an item's form goes back to the item.
document.addEventListener("keydown", (event) => {
  const back = event.key === "Escape" && event.target.closest?.(".item")?.querySelector('[data-key="back"]');
  if (!back) return;
  event.stopPropagation();
  back.click();
});

// Fields of a deadline: only those that its kind asks for.
function fitForms(within) {
  for (const kind of within.querySelectorAll("[data-due-kind]")) {
    for (const field of kind.form.querySelectorAll("[data-shown-for]")) field.hidden = !field.dataset.shownFor.split(" ").includes(kind.value);
  }
}
document.addEventListener("change", ({ target }) => target.matches?.("[data-due-kind]") && fitForms(target.form));

// A long list of choices is narrowed by a few typed words, with or without diacritics.
const fold = (typed) => typed.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/\p{M}/gu, "");
document.addEventListener("input", ({ target }) => {
  const list = target.dataset?.narrow && document.getElementById(target.dataset.narrow);
  if (!list) return;
  const typed = fold(target.value).split(/\s+/).filter(Boolean);
  for (const row of list.children) {
    const label = fold(row.textContent);
    row.hidden = !typed.every((word) => label.includes(word)) && !row.querySelector(":checked");
  }
});
document.addEventListener("keydown", (event) => event.key === "Enter" && event.target.dataset?.narrow && event.preventDefault());

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-choose-file]");
  const input = button?.form.querySelector('input[type="file"]');
  if (!input || input.files.length) return;
  event.preventDefault();
  input.click();
});

// On a phone one pane is seen at a time: a mark leads to its item, an item's number to its words.
const show = (pane) => document.querySelector(`[data-pane="${pane}"]`)?.click();
document.addEventListener("click", ({ target }) => {
  if (!isPhone()) return;
  const mark = target.closest?.(":is(mark, g)[data-span]");
  const number = target.closest?.(".item-number");
  if (mark && document.querySelector(`.item[data-span="${CSS.escape(mark.dataset.span)}"]`)) {
    show("result");
    document.getElementById(mark.dataset.span)?.scrollIntoView({ block: "center" });
  } else if (number) {
    const name = number.closest(".item").dataset.span;
    show("source");
    document.querySelector(`:is(mark, g)[data-span="${CSS.escape(name)}"]`)?.scrollIntoView({ block: "center" });
  }
});

// The open tab is seen, also where the tabs are wider than a phone.
function showTab() {
  const tab = document.querySelector("#proof-tabs [aria-current]");
  const tabs = document.getElementById("proof-tabs");
  if (tab) tabs.scrollLeft = tab.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - tab.offsetWidth) / 2;
}

function arrive() {
  if (!document.querySelector(".proof")) return;
  fitForms(document);
  showTab();
  const opened = document.querySelector(".item[data-open]");
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const question = document.querySelector(".together-ask [autofocus]");
  if (question) question.focus({ preventScroll: true });
  else if (opened) begin(opened);
  else if (!isPhone()) (named?.matches(".item") ? named : document.querySelector(".item"))?.focus({ preventScroll: !named });
}
document.addEventListener("DOMContentLoaded", arrive);
document.addEventListener("htmx:afterSettle", ({ detail: { target } }) => (target?.id === "result" ? arrive() : target?.id === "proof-tabs" && showTab()));
// An address that names an item moves its pane, not the page.
addEventListener("load", () => document.querySelector(".proof") && location.hash && !isPhone() && scrollTo(0, 0));
