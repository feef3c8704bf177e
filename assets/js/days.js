// A day is typed dd/mm/yyyy whatever the browser's language is: “5/3” and “05032024” become whole, slashes come
// by themselves, for a telephone's keys have none. The browser's own picker is a button beside the field.
import { htmx } from "./libraries.js";

const TYPED = /^\s*(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})(?:\s*[/.\-\s]\s*(\d{2}|\d{4}))?\s*$/;
const DIGITS = /^\s*(\d{2})(\d{2})(\d{4})\s*$/;

/** “5/3” → “05/03/2026”; what is no date stays as typed. */
function whole(typed, year) {
  const parts = typed.match(DIGITS) ?? typed.match(TYPED);
  if (!parts) return typed;
  const [, day, month, typedYear = String(year)] = parts;
  const full = typedYear.length === 2 ? `20${typedYear}` : typedYear;
  return `${day.padStart(2, "0")}/${month.padStart(2, "0")}/${full}`;
}

/** “05/03/2026” → “2026-03-05”, as addresses and the picker have it; "" where it is no date. */
export function isoOf(typed) {
  const [, day, month, year] = typed.match(/^\s*(\d{2})\/(\d{2})\/(\d{4})\s*$/) ?? [];
  return year ? `${year}-${month}-${day}` : "";
}

/** “2026-03-05” → “05/03/2026”. */
export const typedOf = (iso) => iso.split("-").reverse().join("/");

const thisYear = () => document.body.dataset.today?.slice(0, 4) ?? new Date().getFullYear();

document.addEventListener("input", ({ target, inputType }) => {
  if (!target.matches?.("input[data-date]") || inputType !== "insertText" || target.selectionEnd !== target.value.length) return;
  target.value = target.value.replace(/^(\d{2})(\d)$/, "$1/$2").replace(/^(\d{1,2}\/\d{2})(\d)$/, "$1/$2");
});
document.addEventListener(
  "change",
  ({ target }) => {
    if (target.matches?.("input[data-date]")) target.value = whole(target.value, thisYear());
  },
  true, // before a form of filters sends itself
);

function offer(field) {
  const piece = document.getElementById("day-pick");
  if (!piece || field.closest(".day") || field.readOnly || field.disabled || !HTMLInputElement.prototype.showPicker) return;
  const label = field.closest("label");
  const around = document.createElement("span");
  around.className = "day";
  if (label) field.setAttribute("aria-label", label.textContent.trim()); // not the button's words with it
  field.replaceWith(around);
  around.append(field, piece.content.cloneNode(true));
  const name = field.labels[0]?.textContent.trim().split("\n")[0] ?? "";
  const button = around.querySelector("button");
  button.setAttribute("aria-label", `${button.getAttribute("aria-label")}: ${field.getAttribute("aria-label") ?? name}`);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-pick-day]");
  if (!button) return;
  event.preventDefault(); // a label around it would put the focus into the field
  const [field, picker] = button.closest(".day").querySelectorAll("input");
  picker.value = isoOf(whole(field.value, thisYear()));
  picker.showPicker();
});
document.addEventListener("change", (event) => {
  const picker = event.target;
  if (!picker.matches?.(".day > input[type=date]")) return;
  event.stopImmediatePropagation(); // it is no field of the form
  const field = picker.closest(".day").querySelector("input[data-date]");
  field.value = picker.value ? typedOf(picker.value) : "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
  if (field.isConnected) field.focus();
}, true);

const all = (root) => root.querySelectorAll?.("input[data-date]").forEach(offer);
document.addEventListener("DOMContentLoaded", () => all(document));
htmx.onLoad(all);
