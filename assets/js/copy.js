// <button data-copy data-done="Đã sao chép">: copies the field beside it, and says so.
document.addEventListener("click", async ({ target }) => {
  const button = target.closest?.("[data-copy]");
  const field = button?.parentElement.querySelector("[data-copied]");
  if (!field) return;
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.done;
  } catch {
    document.execCommand("copy");
  }
});
