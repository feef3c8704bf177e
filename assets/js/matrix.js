// <table class="matrix" data-matrix>: one stop for Tab, arrows move between cells, Home and End in a row.
const cellsOf = (row) => [...row.querySelectorAll("td, th")].filter((cell) => cell.querySelector(".cell"));
const rowsOf = (table) => [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => cellsOf(row).length);

function focusOn(table, cell) {
  for (const link of table.querySelectorAll(".cell")) link.tabIndex = -1;
  const link = cell.querySelector(".cell");
  link.tabIndex = 0;
  link.focus();
  link.scrollIntoView({ block: "nearest", inline: "nearest" });
}

// Cells may be empty (nothing assigned): the nearest one with a link is taken.
function near(row, column) {
  return cellsOf(row).reduce((best, cell) =>
    !best || Math.abs(cell.cellIndex - column) < Math.abs(best.cellIndex - column) ? cell : best, null);
}

document.addEventListener("keydown", (event) => {
  const table = event.target.closest?.("[data-matrix]");
  const cell = event.target.closest?.("td");
  if (!table || !cell || !event.target.matches(".cell")) return;
  const rows = rowsOf(table);
  const at = rows.indexOf(cell.parentElement);
  const cells = cellsOf(cell.parentElement);
  const next = {
    ArrowRight: () => cells[cells.indexOf(cell) + 1],
    ArrowLeft: () => cells[cells.indexOf(cell) - 1],
    ArrowDown: () => rows[at + 1] && near(rows[at + 1], cell.cellIndex),
    ArrowUp: () => rows[at - 1] && near(rows[at - 1], cell.cellIndex),
    Home: () => cells[0],
    End: () => cells[cells.length - 1],
  }[event.key]?.();
  if (next) {
    focusOn(table, next);
    event.preventDefault();
  }
});

function prepare(root) {
  for (const table of root.querySelectorAll("[data-matrix]")) {
    const links = [...table.querySelectorAll("tbody .cell")];
    links.forEach((link, index) => { link.tabIndex = index === 0 ? 0 : -1; });
    sayRest(table);
  }
}

// “còn 14 cột →”: how many columns are out of sight.
function sayRest(table) {
  const frame = table.closest(".matrix-frame");
  const place = frame?.parentElement.querySelector("[data-matrix-rest]");
  if (!place) return;
  const tell = () => {
    const edge = frame.getBoundingClientRect().right;
    const hidden = [...table.querySelectorAll(".matrix-column")].filter((head) => head.getBoundingClientRect().left + 8 > edge).length;
    place.textContent = hidden ? place.dataset.matrixRest.replace("⟨n⟩", hidden) : "";
  };
  frame.addEventListener("scroll", tell, { passive: true });
  addEventListener("resize", tell);
  tell();
}
document.addEventListener("DOMContentLoaded", () => prepare(document));
document.addEventListener("htmx:afterSwap", ({ target }) => prepare(target));

// Space chooses a cell; what is chosen goes with the form around the matrix.
function choose(cell) {
  const isChosen = cell.getAttribute("aria-selected") === "true";
  cell.setAttribute("aria-selected", String(!isChosen));
  tellChosen(cell.closest("[data-cells]"));
}
function tellChosen(form) {
  const ids = [...form.querySelectorAll('td[aria-selected="true"] .cell')].map((link) => link.getAttribute("href").replace("/", ""));
  form.querySelector("[data-chosen-cells]").value = ids.join(",");
  form.querySelector("[data-chosen]").textContent = ids.length;
  form.querySelector("[data-cells-bar]").hidden = ids.length === 0;
}
document.addEventListener("keydown", (event) => {
  const link = event.target.closest?.("[data-cells] td > .cell");
  if (!link || event.key !== " " || link.matches(".cell-folded")) return;
  choose(link.parentElement);
  event.preventDefault();
});
document.addEventListener("click", ({ target }) => {
  const form = target.closest?.("[data-cells-none]")?.form;
  if (!form) return;
  for (const cell of form.querySelectorAll('td[aria-selected="true"]')) cell.setAttribute("aria-selected", "false");
  tellChosen(form);
});
