// <form data-autosave="url">: what is typed is saved a moment later and the page says when. Where the
// line is lost it is kept on this machine and sent when the line is back.
import { answer, clockTime, csrf, words } from "./page.js";

const PAUSE = 1500;
const kept = (form) => `draft:${form.dataset.autosave}`;
const owner = () => document.body.dataset.person ?? "";

function say(form, text, tone = "") {
  const place = form.querySelector("[data-saved]") ?? document.querySelector(`[data-saved="${form.id}"]`);
  if (!place) return;
  place.textContent = text;
  place.className = `saved ${tone && `tone-${tone}`}`;
}

function content(form) {
  const data = new FormData(form);
  for (const input of form.querySelectorAll('input[type="file"], input[type="password"]')) data.delete(input.name);
  data.delete("csrfmiddlewaretoken");
  return new URLSearchParams(data);
}

async function save(form) {
  const body = content(form);
  try {
    const response = await fetch(form.dataset.autosave, {
      method: "POST", body, headers: { "X-CSRFToken": csrf() }, credentials: "same-origin", redirect: "manual",
    });
    if (!response.ok) throw new Error(String(response.status));
    localStorage.removeItem(kept(form));
    say(form, words("saved", { time: clockTime() }));
    tellOfAnother(form, await response.json());
  } catch {
    localStorage.setItem(kept(form), JSON.stringify({ owner: owner(), text: body.toString() }));
    say(form, words("line-lost"), "warn");
  }
}

/** A colleague wrote meanwhile: said once for each text of theirs, with the way to compare. */
function tellOfAnother(form, { message, compare }) {
  if (!message || form.dataset.told === message) return;
  form.dataset.told = message;
  answer(message, "warn", compare && { url: compare, words: words("compare") });
}

function bringBack(form) {
  const stored = JSON.parse(localStorage.getItem(kept(form)) ?? "null");
  if (stored?.owner !== owner()) return;
  for (const [name, value] of new URLSearchParams(stored.text)) {
    const field = form.elements.namedItem(name);
    if (field && "value" in field && !["checkbox", "radio"].includes(field.type)) field.value = value;
  }
  save(form);
}

const waiting = new WeakMap();
document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (!form?.dataset.autosave) return;
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => save(form), PAUSE));
});
document.addEventListener("danvan:save", ({ target }) => target.dataset.autosave && save(target));
document.addEventListener("submit", ({ target }) => {
  if (!target.dataset.autosave) return;
  clearTimeout(waiting.get(target));
  localStorage.removeItem(kept(target));
});
const all = () => document.querySelectorAll("form[data-autosave]");
addEventListener("online", () => all().forEach((form) => localStorage.getItem(kept(form)) && save(form)));
document.addEventListener("DOMContentLoaded", () => all().forEach(bringBack));
