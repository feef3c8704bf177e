// <a href="…" data-panel>: the page behind the link opens beside this one, under its own address; on a
// phone it is simply the next page. The address of this page remembers what is open beside it.
import { htmx } from "./libraries.js";
import { isPhone } from "./page.js";

const SIDE = "ben";
let opener = null;
const panel = () => document.getElementById("panel");

const isPlain = (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
const isOurs = (path) => /^\/(?!\/)/.test(path) && new URL(path, location.href).origin === location.origin;

function remember(path) {
  const address = new URL(location.href);
  if (path) address.searchParams.set(SIDE, path);
  else address.searchParams.delete(SIDE);
  history.replaceState(history.state, "", address);
}

function open(path) {
  if (!panel() || !isOurs(path)) return;
  htmx.ajax("GET", path, { target: "#panel", swap: "innerHTML" }).then(() => remember(path));
}

function close() {
  if (!panel()?.firstElementChild) return false;
  panel().replaceChildren();
  document.body.classList.remove("panel-open");
  document.querySelectorAll(".is-open[data-opened]").forEach((one) => one.classList.remove("is-open"));
  remember(null);
  if (opener?.isConnected) opener.focus();
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
  if (!panel().contains(link)) opener = link;
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
  if (target?.id !== "panel" || !shouldSwap) return;
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
  target.querySelector("h2")?.focus();
});
document.addEventListener("DOMContentLoaded", () => {
  const path = new URL(location.href).searchParams.get(SIDE);
  if (path && !isPhone()) open(path);
});
