// Answers close by their button; a lost line, an error and an ended session are said in words.
import { answer, words } from "./page.js";

document.addEventListener("click", ({ target }) => target.closest?.("[data-close-message]")?.closest(".message")?.remove());

document.addEventListener("htmx:sendError", () => answer(words("line-lost")));
document.addEventListener("htmx:responseError", ({ detail: { xhr } }) => {
  const said = new DOMParser().parseFromString(xhr.responseText, "text/html").querySelector("[data-error]");
  answer(said ? said.textContent.replace(/\s+/g, " ").trim() : words("our-fault"));
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const login = document.body.dataset.login;
  const { xhr } = event.detail;
  if (!login || !xhr.responseURL || !new URL(xhr.responseURL).pathname.startsWith(login)) return;
  event.detail.shouldSwap = false;
  location.assign(`${login}?next=${encodeURIComponent(location.pathname + location.search)}`);
});
