// Passwords can be shown, the demo's accounts filled in; forms of filters send themselves; a form with errors starts at its summary.
document.addEventListener("change", ({ target }) => {
  if (target.closest?.("form[data-auto-submit]")) target.form.requestSubmit();
});
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-show]");
  if (!button) return;
  const field = document.getElementById(button.dataset.show);
  const shown = field.type === "password";
  field.type = shown ? "text" : "password";
  button.setAttribute("aria-pressed", String(shown));
  button.textContent = shown ? button.dataset.hide : button.dataset.word;
});
document.addEventListener("click", ({ target }) => {
  const account = target.closest?.("[data-fill-login]");
  if (!account) return;
  document.getElementById("id_login").value = account.dataset.fillLogin;
  document.getElementById("id_password").value = account.dataset.fillPassword;
  document.querySelector("[data-sign-in]").focus();
});
// <div data-lines>: one more line of the same field.
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-add-line]");
  if (!button) return;
  const lines = button.closest("[data-lines]").querySelectorAll("input");
  const made = lines[lines.length - 1].cloneNode();
  made.id = `${lines[0].id}_${lines.length + 1}`;
  made.value = "";
  made.setAttribute("aria-label", `${button.dataset.addLine} ${lines.length + 1}`);
  button.before(made);
  made.focus();
});
document.addEventListener("DOMContentLoaded", () => document.querySelector(".errors")?.focus());
