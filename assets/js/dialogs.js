// <a href="/hoi" data-dialog="id">: opens <dialog id> where scripts run, the page of the question where not.
// Focus goes to what does nothing: [data-back]. Esc closes; focus returns to where one was.
document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (!dialog?.showModal) return;
    event.preventDefault();
    dialog.showModal();
    dialog.querySelector("[data-back]")?.focus();
    dialog.addEventListener("close", () => opener.focus(), { once: true });
    return;
  }
  const back = event.target.closest?.("dialog [data-back]");
  if (back) {
    event.preventDefault();
    back.closest("dialog").close();
  }
});
