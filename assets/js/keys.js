// Keys: / search, ? this list, Alt+1…0 the pages, Ctrl+Enter the main action, Ctrl+S save, Esc close.
// No single letters: Telex and VNI turn letters and digits into tones.
import { isTyping } from "./page.js";

const OFF = "keys-off";
const isOff = () => localStorage.getItem(OFF) === "1";
const mainForm = (from) => from.closest?.("form:not([method=get])") ?? document.querySelector("form[data-main]");

function alone(event) {
  if (isTyping(event.target)) return false;
  if (event.key === "/") {
    const search = document.querySelector("[data-search]");
    search?.focus();
    return Boolean(search);
  }
  if (event.key === "?") {
    const list = document.getElementById("keys");
    if (list && !list.open) list.showModal();
    list?.querySelector("[data-back]").focus();
    return Boolean(list);
  }
  return false;
}

function withAlt(event) {
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  const link = digit && document.querySelectorAll("[data-navigation] a")[digit === "0" ? 9 : digit - 1];
  link?.click();
  return Boolean(link);
}

function withCtrl(event) {
  const form = mainForm(event.target);
  if (!form) return false;
  if (event.key === "Enter") {
    form.requestSubmit(form.querySelector(".btn-primary:not([type=button])") ?? undefined);
    return true;
  }
  if (event.key === "s" && form.dataset.autosave) {
    form.dispatchEvent(new Event("danvan:save", { bubbles: true }));
    return true;
  }
  return false;
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || isOff()) return;
  const plain = !event.altKey && !event.ctrlKey && !event.metaKey;
  const taken = plain ? alone(event) : event.altKey ? withAlt(event) : withCtrl(event);
  if (taken) event.preventDefault();
});
document.addEventListener("change", ({ target }) => target.matches?.("[data-keys-off]") && localStorage.setItem(OFF, target.checked ? "1" : "0"));
document.addEventListener("DOMContentLoaded", () => {
  const box = document.querySelector("[data-keys-off]");
  if (box) box.checked = isOff();
});

// Menus close on Esc, on a click elsewhere, and when focus leaves them.
const openMenus = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("click", ({ target }) => openMenus().forEach((menu) => menu.contains(target) || menu.removeAttribute("open")));
document.addEventListener("focusin", ({ target }) => openMenus().forEach((menu) => menu.contains(target) || menu.removeAttribute("open")));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.("details.menu[open]");
  if (!menu) return;
  event.stopImmediatePropagation();
  menu.removeAttribute("open");
  menu.querySelector("summary").focus();
});
