import Alpine from "@alpinejs/csp";
import htmx from "htmx.org";

document.documentElement.classList.add("js");

// Nothing is evaluated, nothing is styled inline, nothing is kept of pages that may hold personal data.
Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  defaultFocusScroll: false,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ],
});
document.addEventListener("DOMContentLoaded", () => Alpine.start());

export { Alpine, htmx };
