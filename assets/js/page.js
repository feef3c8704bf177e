// What several modules ask of the page.
export const isPhone = () => matchMedia("(max-width: 767.98px)").matches;

/** A sentence of the page, kept in <template id="words"> so that it is translated with the rest. */
export function words(name, values = {}) {
  const sentence = document.getElementById("words")?.content.querySelector(`[data-name="${name}"]`)?.textContent ?? "";
  return Object.entries(values).reduce((text, [key, value]) => text.replace(`⟨${key}⟩`, value), sentence.trim());
}

/** The token that Django asks for with every change. */
export const csrf = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] ?? "";

export const clockTime = (moment = new Date()) =>
  `${String(moment.getHours()).padStart(2, "0")}:${String(moment.getMinutes()).padStart(2, "0")}`;

export const isTyping = (element) => element.matches?.("input, textarea, select, [contenteditable]");

/** Puts an answer under the title, with a link where one is given; it stays until closed. */
export function answer(text, tone = "warn", link = null) {
  const template = document.getElementById("message");
  const place = document.getElementById("messages");
  if (!template || !place || !text) return;
  const message = template.content.firstElementChild.cloneNode(true);
  message.classList.add(`tone-${tone}`);
  const said = message.querySelector(".message-text");
  said.textContent = text;
  if (link) {
    const way = Object.assign(document.createElement("a"), { href: link.url, textContent: link.words });
    said.append(" ", way);
  }
  place.append(message);
  message.scrollIntoView({ block: "nearest" });
}
