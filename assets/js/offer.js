// <input list="id" data-offer="/tim/">: what fits the letters typed so far is offered below the field.
import { htmx } from "./libraries.js";

const PAUSE = 250;
const waiting = new WeakMap();

function listOf(field) {
  const id = field.getAttribute("list");
  const known = document.getElementById(id);
  if (known) return known;
  const made = Object.assign(document.createElement("datalist"), { id });
  field.after(made);
  return made;
}

document.addEventListener("input", ({ target }) => {
  if (!target.matches?.("input[data-offer]")) return;
  const list = listOf(target);
  clearTimeout(waiting.get(target));
  if (target.value.trim().length < 2 || [...list.options].some(({ value }) => value === target.value)) return;
  waiting.set(target, setTimeout(() => {
    const asked = new URLSearchParams({ q: target.value });
    htmx.ajax("GET", `${target.dataset.offer}?${asked}`, { target: list, swap: "innerHTML" });
  }, PAUSE));
});
