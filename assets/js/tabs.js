// A row of tabs that is wider than the page shows the one that one is at.
document.addEventListener("DOMContentLoaded", () => {
  for (const one of document.querySelectorAll(".tabs [aria-current]")) {
    const row = one.closest(".tabs");
    row.scrollLeft = one.offsetLeft - row.offsetLeft - (row.clientWidth - one.offsetWidth) / 2;
  }
});
