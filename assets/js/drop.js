// <form data-drop data-limit="52428800"> with one file input: a file may be dropped anywhere on the
// page. Too big is said before sending; the upload shows how far it is.
import { answer, words } from "./page.js";

const zone = () => document.querySelector("form[data-drop]");
const megabytes = (bytes) => `${Math.ceil(bytes / 1024 / 1024)}\u00a0MB`;

function refused(form, files) {
  const limit = Number(form.dataset.limit || 50 * 1024 * 1024);
  const big = [...files].find((file) => file.size > limit);
  if (big) answer(words("too-big", { size: megabytes(big.size), limit: megabytes(limit) }));
  return Boolean(big);
}

function send(form) {
  const request = new XMLHttpRequest();
  const state = form.querySelector("[data-drop-state]");
  const bar = state?.querySelector("progress");
  if (state) state.hidden = false;
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    if (bar && total) bar.value = (100 * loaded) / total;
  });
  request.addEventListener("load", () => show(request, form));
  request.addEventListener("error", () => {
    if (state) state.hidden = true;
    delete form.dataset.sending;
    answer(words("upload-lost"));
  });
  request.open("POST", form.action);
  request.send(new FormData(form));
}

// The reply is a page: follow where it led, or show the refusal that it carries.
function show(request, form) {
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const here = new URL(form.action, location.href).pathname;
  const there = new URL(request.responseURL, location.href);
  if (request.status < 400 && there.pathname !== here) return location.assign(there);
  const said = page.querySelector("#content, [data-error]");
  delete form.dataset.sending;
  form.querySelector("[data-drop-state]")?.setAttribute("hidden", "");
  form.reset();
  const errors = page.querySelectorAll("[data-error], .errors li, .error, .message-text");
  if (errors.length) return answer([...new Set([...errors].map((one) => one.textContent.replace(/\s+/g, " ").trim()))].join(" "));
  return said ? location.assign(there) : answer(words("our-fault"));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-drop]")) return;
  const input = form.querySelector('input[type="file"]');
  if (!input?.files.length) return;
  event.preventDefault();
  if (form.dataset.sending || refused(form, input.files)) return;
  form.dataset.sending = "1";
  send(form);
});
document.addEventListener("change", ({ target }) => {
  const form = target.closest?.("form[data-drop]");
  if (form && target.type === "file" && target.files.length && !refused(form, target.files) && form.dataset.drop !== "wait") form.requestSubmit();
});

let depth = 0;
const hasFiles = (event) => zone() && event.dataTransfer?.types.includes("Files");
const done = () => { depth = 0; document.body.classList.remove("is-dropping"); };
document.addEventListener("dragenter", (event) => {
  if (!hasFiles(event)) return;
  depth += 1;
  document.body.dataset.dropWords = zone().dataset.words ?? words("drop-here");
  document.body.classList.add("is-dropping");
});
document.addEventListener("dragleave", () => { depth -= 1; if (depth <= 0) done(); });
document.addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
document.addEventListener("drop", (event) => {
  done();
  if (!hasFiles(event)) return;
  event.preventDefault();
  const form = zone();
  const input = form.querySelector('input[type="file"]');
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});
