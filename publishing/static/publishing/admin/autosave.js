// What is typed goes to the site by itself, a moment after the last key, so that another browser has it, too.
// The copy in this browser (kept.js) is there sooner, and stays where the network is away.

const PAUSE = 800;

let waiting = null;

async function post(form, text) {
  const field = form.querySelector("#text");
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
  if (text !== null) {
    body.append("text", text);
    body.append("version", form.dataset.version);
  }
  try {
    const answer = await fetch(field.dataset.autosave, {
      method: "POST", body, credentials: "same-origin", keepalive: text === null || text.length < 15_000,
    });
    if (!answer.ok || !form.isConnected) return;
    const { held_by: heldBy } = await answer.json();
    const note = form.querySelector("[data-held]");
    note.hidden = !heldBy;
    note.querySelector("b").textContent = heldBy;
    form.dataset.saved = text ?? "";
  } catch {
    // The network is away: this browser keeps the text, and the next key tries again.
  }
}

function flush() {
  if (!waiting) return;
  clearTimeout(waiting.timer);
  post(waiting.form, waiting.text);
  waiting = null;
}

/** Keeps this text soon; null says that nothing is typed that would differ from what is stored. */
export function save(form, text) {
  if (waiting && waiting.form !== form) flush();
  if (!waiting && (form.dataset.saved ?? form.querySelector("#text").dataset.typed ?? "") === (text ?? "")) return;
  clearTimeout(waiting?.timer);
  waiting = { form, text, timer: setTimeout(flush, PAUSE) };
}

/** The text was submitted: nothing of it is to be kept. */
export function stop() {
  clearTimeout(waiting?.timer);
  waiting = null;
}

addEventListener("pagehide", flush);
document.addEventListener("visibilitychange", () => { if (document.hidden) flush(); });
