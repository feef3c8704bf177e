// A second press while the first is under way does nothing; the button looks and answers as before.
const inFlight = new WeakSet();
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "get" || form.closest("[hx-post], [data-drop]")) return;
  if (inFlight.has(form)) {
    event.preventDefault();
    return;
  }
  inFlight.add(form);
  event.submitter?.setAttribute("aria-busy", "true");
});
// Back to a page kept by the browser: its forms may be sent again.
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
