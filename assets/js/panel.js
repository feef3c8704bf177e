// <a href="…" data-panel>: the page behind the link opens beside this one, under its own address; on a
// phone it is simply the next page. The address of this page remembers what is open beside it.
import { htmx } from "./libraries.js";
import { isPhone } from "./page.js";

const SIDE = "ben";
const WIDE = matchMedia("(min-width: 1100px)"); // there is room for two
let opener = null;
let shown = null; // what stands beside
let isQuiet = false; // it comes by itself: the focus stays
const panel = () => document.getElementById("panel");

const isPlain = (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
const isOurs = (path) => /^\/(?!\/)/.test(path) && new URL(path, location.href).origin === location.origin;

/** The address of this page with what stands beside it. */
export function addressWith(path) {
  const address = new URL(location.href);
  if (path) address.searchParams.set(SIDE, path);
  else address.searchParams.delete(SIDE);
  return address;
}

const beside = () => new URL(location.href).searchParams.get(SIDE);

// The first that opens beside is a step of its own: Back closes it.
function remember(path) {
  const how = path && !beside() ? "pushState" : "replaceState";
  history[how](how === "pushState" ? null : history.state, "", addressWith(path));
}

addEventListener("popstate", () => {
  const path = beside();
  if (path && path !== shown && !isPhone()) open(path, { quietly: true });
  else if (!path) close();
});

export function open(path, { quietly = false } = {}) {
  if (!panel() || !isOurs(path)) return;
  shown = path;
  isQuiet = quietly;
  const swapped = htmx.ajax("GET", path, { source: panel(), target: "#panel", swap: "innerHTML" });
  if (!quietly) swapped.then(() => remember(path));
}

/** What stands beside, as of another day. */
export function turnTo(day) {
  if (!panel()?.firstElementChild || !shown?.match(/^\/to-chuc\/[0-9a-f-]{36}\//)) return;
  const address = new URL(shown, location.href);
  if (day === document.body.dataset.today) address.searchParams.delete("date");
  else address.searchParams.set("date", day);
  const path = address.pathname + address.search;
  if (path === shown) return;
  open(path, { quietly: true });
  if (new URL(location.href).searchParams.has(SIDE)) remember(path);
}

export function close() {
  if (!panel()?.firstElementChild) return false;
  const wasInside = panel().contains(document.activeElement);
  panel().replaceChildren();
  shown = null;
  document.body.classList.remove("panel-open");
  document.querySelectorAll(".is-open[data-opened]").forEach((one) => one.classList.remove("is-open"));
  if (beside()) remember(null);
  if (opener?.isConnected) opener.focus();
  else if (wasInside) document.getElementById("main").focus();
  opener = null;
  return true;
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-close-panel]")) {
    event.preventDefault();
    close();
    return;
  }
  const link = event.target.closest?.("a[data-panel]");
  if (!link || isPhone() || !isPlain(event) || !panel()) return;
  event.preventDefault();
  if (!panel().contains(link)) opener = link.closest("details.menu")?.querySelector("summary") ?? link;
  link.closest("details.menu")?.removeAttribute("open");
  document.querySelectorAll(".is-open[data-opened]").forEach((one) => one.classList.remove("is-open"));
  const place = link.closest("tr .cell, .rows tr")?.closest(".matrix td, .rows tr");
  if (place) {
    place.dataset.opened = "";
    place.classList.add("is-open");
  }
  const address = new URL(link.href);
  open(address.pathname + address.search);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !document.querySelector("dialog[open]") && close()) event.preventDefault();
});

// Any page can stand in the panel: of a whole page, the title, the status, the actions and the content.
function sheet(page, address) {
  const frame = document.getElementById("panel-frame").content.cloneNode(true);
  const title = page.querySelector("h1");
  const content = page.querySelector("#content");
  if (!content) return null;
  frame.querySelector("[data-panel-title]").textContent = title?.textContent.trim() ?? "";
  frame.querySelector("[data-panel-page]").href = address;
  const body = frame.querySelector(".panel-body");
  for (const part of [".title-status", ".answer", ".title-actions", "#messages"]) {
    const found = page.querySelector(part);
    if (found?.textContent.trim()) body.append(document.importNode(found, true));
  }
  body.append(...document.importNode(content, true).childNodes);
  const holder = document.createElement("div");
  holder.append(frame);
  return holder.innerHTML;
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, xhr, shouldSwap } = event.detail;
  const isRefusal = xhr.status === 400 && event.detail.requestConfig?.verb === "post"; // what was sent says what is wrong
  if (target?.id !== "panel" || !(shouldSwap || isRefusal)) return;
  if (isRefusal) Object.assign(event.detail, { shouldSwap: true, isError: false });
  const isPage = xhr.getResponseHeader("Content-Type")?.startsWith("text/html") && !xhr.getResponseHeader("Content-Disposition");
  if (!isPage) {
    event.detail.shouldSwap = false;
    return;
  }
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
  if (page.querySelector(".panel-sheet") && !page.querySelector("main")) return;
  const whole = sheet(page, xhr.responseURL);
  if (whole) event.detail.serverResponse = whole;
  else event.detail.shouldSwap = false;
});
document.addEventListener("htmx:afterSwap", ({ detail: { target } }) => {
  if (target?.id !== "panel") return;
  document.body.classList.add("panel-open");
  if (!isQuiet) (target.querySelector(".errors") ?? target.querySelector("h2"))?.focus();
  isQuiet = false;
});
// <section data-beside="/to-chuc/…/">: what stands beside where nothing was chosen and there is room.
document.addEventListener("DOMContentLoaded", () => {
  const path = new URL(location.href).searchParams.get(SIDE);
  const first = document.querySelector("[data-beside]")?.dataset.beside;
  if (path && !isPhone()) open(path);
  else if (first && WIDE.matches) {
    document.body.classList.add("panel-open");
    open(first, { quietly: true });
  }
});
