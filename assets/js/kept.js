// What was being written when the session ended comes back after signing in again, in the same tab.
const KEPT = "written";
const person = () => document.body.dataset.person ?? "";

document.addEventListener("submit", ({ target }) => {
  if (!target.matches("form[data-main]")) return;
  const pairs = [...new FormData(target)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
  sessionStorage.setItem(KEPT, JSON.stringify({ path: location.pathname, person: person(), pairs }));
});

function bringBack(pairs) {
  const form = document.querySelector("form[data-main]");
  for (const [name, value] of pairs) {
    const fields = [...(form?.querySelectorAll(`[name="${CSS.escape(name)}"]`) ?? [])];
    const choice = fields.find((field) => ["checkbox", "radio"].includes(field.type) && field.value === value);
    if (choice) choice.checked = true;
    else if (fields[0] && !["checkbox", "radio", "hidden"].includes(fields[0].type)) fields[0].value = value;
  }
}

document.addEventListener("DOMContentLoaded", () => {
  const written = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  if (!written) return;
  if (document.querySelector("[data-session-ended]")) {
    sessionStorage.setItem(KEPT, JSON.stringify({ ...written, ended: true }));
    const link = document.querySelector("[data-back-here]");
    if (link) link.search = `?next=${encodeURIComponent(written.path)}`;
    return;
  }
  if (document.querySelector(".signin")) return;
  if (written.ended && written.path === location.pathname && written.person === person()) bringBack(written.pairs);
  sessionStorage.removeItem(KEPT);
});
