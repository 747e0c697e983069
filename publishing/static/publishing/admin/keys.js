// Keys of the workbench: what is pressed, and which deed it names.

const SWITCH = "dragoman.single-keys";

const writes = (target) => target.matches?.("input, textarea, select, [contenteditable]");

/** The deed of a key press, or nothing. Only “?” works without Ctrl or Alt, and it can be switched off. */
function deed(event) {
  const control = event.ctrlKey || event.metaKey;
  if (control && !event.altKey) {
    if (event.key === "Enter") return event.shiftKey ? "next" : "decide";
    if (event.shiftKey) return null;
    if (event.key === "ArrowUp") return "before";
    if (event.key === "ArrowDown") return "after";
    if (event.code === "KeyS") return "save";
  } else if (event.altKey && !control) {
    if (event.key === "PageUp") return "before";
    if (event.key === "PageDown") return "after";
    if (event.code === "KeyH") return "help";
  } else if (event.key === "?" && !writes(event.target) && localStorage.getItem(SWITCH) !== "off") return "help";
  return null;
}

export function bind(deeds) {
  document.addEventListener("keydown", (event) => {
    const name = event.isComposing ? null : deed(event);
    if (!name || (document.querySelector("dialog[open]") && name !== "help")) return;
    event.preventDefault();
    if (!event.repeat || name === "before" || name === "after") deeds[name]();
  });
  document.addEventListener("change", (event) => {
    if (event.target.id === "single-keys") localStorage.setItem(SWITCH, event.target.checked ? "on" : "off");
  });
  document.addEventListener("toggle", (event) => {
    const box = event.target.querySelector?.("#single-keys");
    if (box) box.checked = localStorage.getItem(SWITCH) !== "off";
  }, true);
}
