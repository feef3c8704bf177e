// <form data-panel-form>: a deed asked for beside the page is done from there. What is wrong is said in its
// place; what is done is shown by the page anew, with what stood beside. Without scripts it is a page.
import { htmx } from "./libraries.js";
import { addressWith, close, open } from "./panel.js";

const panel = () => document.getElementById("panel");

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("form[data-panel-form]") || !panel()?.contains(form)) return;
  event.preventDefault();
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  const { name, value } = event.submitter ?? {};
  const path = new URL(form.action).pathname;
  htmx
    .ajax("POST", path, { source: form, target: "#panel", swap: "innerHTML", values: name ? { [name]: value } : {} })
    .finally(() => form.isConnected && form.removeAttribute("aria-busy"));
});

// Done: where it was opened from a list, the thing itself stands beside it again.
document.addEventListener("danvan:done", ({ detail }) => {
  const path = detail.value;
  const address = addressWith(path === location.pathname ? null : path);
  address.hash = "";
  location.assign(address);
});

// [Quay lại] closes the question; where the thing itself stood beside, it stands there again.
document.addEventListener("click", (event) => {
  const back = event.target.closest?.("#panel a[data-back]");
  if (!back) return;
  event.preventDefault();
  const path = new URL(back.href).pathname;
  if (path === location.pathname) close();
  else open(path);
});
