// Keys of the workbench: what is pressed, and which deed it names. Each can be changed; single keys can be switched off.

const SWITCH = "dragoman.single-keys";
const CHOSEN = "dragoman.keys";

/** Deed → presses. A press is its modifiers in this order and a key, by `event.code` for letters and digits. */
const USUAL = {
  decide: ["Ctrl+Enter"],
  next: ["Ctrl+Shift+Enter"],
  before: ["Ctrl+ArrowUp", "Alt+PageUp"],
  after: ["Ctrl+ArrowDown", "Alt+PageDown"],
  save: ["Ctrl+KeyS"],
  source: ["Ctrl+KeyI"],
  finding: ["Alt+KeyF"],
  preview: ["Alt+KeyP"],
  help: ["Alt+KeyH"],
};

const writes = (target) => target.matches?.("input, textarea, select, [contenteditable]");

function chosen() {
  try {
    return { ...USUAL, ...JSON.parse(localStorage.getItem(CHOSEN) ?? "{}") };
  } catch {
    return USUAL;
  }
}

/** How a press is written; null for modifiers alone. */
function press(event) {
  if (["Control", "Alt", "Shift", "Meta"].includes(event.key)) return null;
  const key = /^(Key|Digit)/.test(event.code) ? event.code : event.key;
  const control = event.ctrlKey || event.metaKey;
  return `${control ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${event.shiftKey ? "Shift+" : ""}${key}`;
}

/** The deed of a key press and its number, or nothing. Only `?` works without Ctrl or Alt. */
function deed(event) {
  const pressed = press(event);
  const digit = pressed?.match(/^Alt\+(Shift\+)?Digit([1-9])$/);
  if (digit) return [digit[1] ? "letter" : "match", digit[2]];
  for (const [name, presses] of Object.entries(chosen())) if (presses.includes(pressed)) return [name];
  if (event.key === "?" && !writes(event.target) && localStorage.getItem(SWITCH) !== "off") return ["help"];
  return null;
}

const shown = (pressed) => pressed.replace(/Key|Digit/, "").replace("Arrow", "").split("+");

/** The help shows the keys as they are. */
function list(dialog) {
  const keys = chosen();
  for (const place of dialog.querySelectorAll("[data-deed]")) {
    place.replaceChildren(...keys[place.dataset.deed].flatMap((pressed, index) => [
      ...(index ? [", "] : []),
      ...shown(pressed).flatMap((part, at) => [
        ...(at ? [" "] : []), Object.assign(document.createElement("kbd"), { textContent: part }),
      ]),
    ]));
  }
}

/** The next press becomes the deed's only one. */
function learn(button) {
  const { change: name } = button.dataset;
  button.classList.add("is-listening");
  const listen = (event) => {
    const pressed = press(event);
    if (!pressed) return; // a modifier: the key itself is still to come
    event.preventDefault();
    event.stopPropagation();
    button.removeEventListener("keydown", listen);
    button.classList.remove("is-listening");
    if (event.key !== "Escape" && /^(Ctrl|Alt)\+/.test(pressed)) {
      const changed = { ...JSON.parse(localStorage.getItem(CHOSEN) ?? "{}"), [name]: [pressed] };
      localStorage.setItem(CHOSEN, JSON.stringify(changed));
    }
    list(button.closest("dialog"));
  };
  button.addEventListener("keydown", listen);
}

export function bind(deeds) {
  document.addEventListener("keydown", (event) => {
    const found = event.isComposing ? null : deed(event);
    if (!found || (document.querySelector("dialog[open]") && found[0] !== "help")) return;
    event.preventDefault();
    if (!event.repeat || found[0] === "before" || found[0] === "after") deeds[found[0]](found[1]);
  });
  document.addEventListener("change", (event) => {
    if (event.target.id === "single-keys") localStorage.setItem(SWITCH, event.target.checked ? "on" : "off");
  });
  document.addEventListener("click", (event) => {
    const dialog = event.target.closest("dialog");
    if (event.target.closest("[data-change]")) learn(event.target.closest("[data-change]"));
    else if (event.target.closest("[data-usual-keys]")) {
      localStorage.removeItem(CHOSEN);
      list(dialog);
    }
  });
  document.addEventListener("toggle", (event) => {
    const box = event.target.querySelector?.("#single-keys");
    if (!box) return;
    box.checked = localStorage.getItem(SWITCH) !== "off";
    list(event.target);
  }, true);
}
