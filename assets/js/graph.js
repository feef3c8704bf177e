// <svg data-graph>: arrows walk from box to box, left and right along the columns; Enter is the link's own.
const nodesOf = (svg) => [...svg.querySelectorAll(".graph-node")];
const middleOf = (node) => {
  const box = node.querySelector("rect").getBBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

// The nearest box on that side: what lies beside counts before what lies far above or below.
function next(svg, from, key) {
  const here = middleOf(from);
  const across = key === "ArrowLeft" || key === "ArrowRight";
  const sign = key === "ArrowLeft" || key === "ArrowUp" ? -1 : 1;
  let best = null;
  for (const node of nodesOf(svg)) {
    const there = middleOf(node);
    const along = sign * (across ? there.x - here.x : there.y - here.y);
    const beside = Math.abs(across ? there.y - here.y : there.x - here.x);
    if (along < 4 || (!across && beside > 40)) continue;
    const far = along * (across ? 3 : 1) + beside;
    if (!best || far < best.far) best = { node, far };
  }
  return best?.node;
}

document.addEventListener("keydown", (event) => {
  const node = event.target.closest?.("[data-graph] .graph-node");
  if (!node || !event.key.startsWith("Arrow")) return;
  const found = next(node.closest("[data-graph]"), node, event.key);
  if (!found) return;
  found.focus();
  found.scrollIntoView({ block: "nearest", inline: "nearest" });
  event.preventDefault();
});
