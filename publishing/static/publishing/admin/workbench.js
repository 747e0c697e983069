// The workbench with a script: keys, typed text that survives, and pages swapped in place instead of loaded anew.
// Without it every button and link works as well. No words here: they all stand in the page.

import { bind } from "./keys.js";
import { keep, forget, kept } from "./kept.js";
import { save, stop } from "./autosave.js";
import { compare, guard, insert } from "./marks.js";
import { follow, toggle } from "./preview.js";

const find = (selector, root = document) => root.querySelector(selector);
const bench = () => find("#workbench");
const field = () => find("#text");
const desk = () => find("#desk");
const same = (text) => text.replaceAll("\r\n", "\n").trim();

// --- The open segment ---------------------------------------------------------------------------

/** Makes the field as high as its text, where the browser does not do so by itself. */
function fit() {
  if (CSS.supports("field-sizing", "content")) return;
  field().style.height = "auto";
  field().style.height = `${field().scrollHeight + 2}px`;
}

/** Says which decision Ctrl+Enter takes, and why the other is closed. */
function weigh() {
  const form = desk();
  if (!form || !field()) return;
  fit();
  const text = same(field().value);
  const current = same(field().dataset.current);
  const changed = text !== current;
  const approve = find("[data-approve]", form);
  const submit = find("[data-submit]", form);
  const why = find("[data-why]", form);
  approve.disabled = changed || !form.dataset.approvable;
  submit.disabled = !text || (!changed && !form.dataset.confirmable);
  const first = !approve.disabled ? approve : !submit.disabled ? submit : null;
  for (const button of [approve, submit]) button.classList.toggle("is-next", button === first);
  find("[data-next]")?.classList.toggle("is-next", !first);
  const hint = find("[data-hint]", form);
  hint.hidden = !first;
  if (first) first.after(hint);
  why.dataset.told ??= why.textContent;
  why.textContent = changed ? (text ? why.dataset.changed : "") : form.dataset.confirmable && !submit.disabled
    ? `${why.dataset.told} ${why.dataset.confirm}` : why.dataset.told;
  compare(form, field().value);
  if (changed) {
    keep(form.dataset, field().value);
    save(form, field().value);
  } else if (find("[data-earlier]", form).hidden) {
    forget(form.dataset);
    save(form, null);
  }
}

/** Brings back what was typed here and not submitted; where the segment has changed since, beside the field. */
function restore(form) {
  const { typed: elsewhere, typedVersion } = field().dataset;
  const typed = kept(form.dataset) ?? (elsewhere ? { text: elsewhere, version: typedVersion } : null);
  const untouched = same(field().value) === same(field().dataset.current);
  if (!typed || !untouched || same(typed.text) === same(field().value)) return;
  const old = typed.version !== form.dataset.version;
  const note = find(old ? "[data-earlier]" : "[data-restored]", form);
  note.hidden = false;
  if (old) {
    find("q", note).textContent = typed.text;
    find("[data-use]", note).dataset.use = typed.text;
  } else field().value = typed.text;
}

/** Makes what is in the page work, after loading and after every swap. */
function settle() {
  const form = desk();
  bench().classList.add("is-live");
  find("[data-help]").hidden = false;
  follow(find("[data-preview]"));
  if (!form) return;
  for (const button of form.querySelectorAll(".conflict [data-use]")) button.hidden = false;
  for (const button of form.querySelectorAll(".jump")) button.disabled = false;
  for (const part of form.querySelectorAll("[data-live-only]")) part.hidden = false;
  if (field()) {
    guard(field());
    restore(form);
    weigh();
  }
  for (const place of form.querySelectorAll("[data-part]")) fill(form, place);
  const line = find(".line.is-open");
  const high = line.offsetHeight > innerHeight * 0.7 || matchMedia("(max-width: 48rem)").matches;
  line.scrollIntoView({ block: high ? "start" : "center" });
  start();
}

/** Puts the cursor at the end of the field. */
function start() {
  if (!field()) return find("#desk button:not(:disabled)")?.focus({ preventScroll: true });
  field().focus({ preventScroll: true });
  field().setSelectionRange(field().value.length, field().value.length);
}

/** Fetches what memory and the termbase have of this source, once the page stands. */
async function fill(form, place) {
  try {
    const answer = await fetch(place.dataset.part, { credentials: "same-origin" });
    if (answer.ok && form.isConnected) place.replaceChildren(...parsed(await answer.text()).body.childNodes);
    if (find("[data-asking]", place)) setTimeout(() => form.isConnected && fill(form, place), 1500);
  } catch {
    // Without them the segment can be worked on as well.
  }
}

const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

/** Selects a finding's span; the spans count code points, the field counts UTF-16 units. */
function jump(button) {
  const units = (points) => Array.from(field().dataset.current).slice(0, points).join("").length;
  field().focus();
  if (same(field().value) === same(field().dataset.current)) {
    field().setSelectionRange(units(+button.dataset.start), units(+button.dataset.end));
  }
}

/** Replaces the text so that Ctrl+Z brings the earlier one back. */
function use(text) {
  field().focus();
  field().select();
  if (!document.execCommand("insertText", false, text)) field().value = text;
  weigh();
}

// --- Going on without loading anew --------------------------------------------------------------

function tell(text) {
  const notice = document.createElement("p");
  notice.className = "notice grave";
  notice.textContent = text;
  find("#notices").replaceChildren(notice);
}

/** Fetches a page and puts its workbench in the place of this one. What was typed stays where that fails. */
async function visit(address, options = {}) {
  if (bench().classList.contains("is-busy")) return;
  bench().classList.add("is-busy");
  const left = desk()?.dataset;
  let answer, text;
  try {
    answer = await fetch(address, { credentials: "same-origin", ...options });
    text = await answer.text();
  } catch {
    text = "";
  }
  if (!text.includes('id="workbench"')) {
    bench().classList.remove("is-busy");
    const closed = answer?.redirected || answer?.status === 403;
    return tell(closed ? bench().dataset.loggedOut : bench().dataset.offline);
  }
  const page = parsed(text);
  const fresh = page.getElementById("workbench");
  if (options.body && answer.ok && left) {
    stop();
    forget(left);
  }
  bench().replaceWith(document.adoptNode(fresh));
  document.title = page.title;
  const open = bench().dataset.open;
  const url = new URL(answer.url);
  url.hash = open ? `segment-${open}` : "";
  if (open) url.searchParams.set("segment", open);
  if (url.href !== location.href) history.pushState(null, "", url);
  settle();
  if (options.body) follow(find("[data-preview]"), { renew: true });
}

function send(button, { stay = false } = {}) {
  const form = desk();
  const body = new FormData(form, button);
  if (stay) body.append("stay", "1");
  visit(form.getAttribute("action"), { method: "POST", body });
}

function decide() {
  const button = find("#desk button.is-next");
  if (button) send(button);
  else find("[data-next]")?.click();
}

// --- What people do -----------------------------------------------------------------------------

document.addEventListener("input", (event) => { if (event.target === field()) weigh(); });

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-undo]")) {
    event.preventDefault();
    const body = new FormData(event.target, event.submitter);
    visit(event.target.getAttribute("action"), { method: "POST", body });
  }
  if (event.target !== desk()) return;
  event.preventDefault();
  send(event.submitter);
});

document.addEventListener("click", (event) => {
  const by = (selector) => event.target.closest(selector);
  const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (by("[data-use]")) {
    event.preventDefault();
    by("[data-restored], [data-earlier]")?.setAttribute("hidden", "");
    use(by("[data-use]").dataset.use);
  } else if (by("[data-insert]")) insert(field(), by("[data-insert]").dataset.insert);
  else if (by(".jump")) jump(by(".jump"));
  else if (by("[data-help]")) find("#keys").showModal();
  else if (plain && by("[data-preview]") && toggle(by("[data-preview]"))) event.preventDefault();
  else if (plain && by("a[data-visit]")) {
    event.preventDefault();
    visit(by("a[data-visit]").href);
  } else if (plain && by(".line:not(.is-open)") && !by("a") && getSelection().isCollapsed) {
    visit(find("a[data-visit]", by(".line")).href);
  }
});

bind({
  decide,
  next: () => find("[data-next]")?.click(),
  before: () => find("[data-before]")?.click(),
  after: () => find("[data-after]")?.click(),
  save: () => { const button = find("[data-submit]"); if (button && !button.disabled) send(button, { stay: true }); },
  source: () => find("[data-source]")?.click(),
  match: (number) => find(`[data-match="${number}"]`)?.click(),
  letter: (number) => find(`[data-letter="${number}"]`)?.click(),
  finding: () => find("#desk .jump")?.click(),
  preview: () => find("[data-preview]")?.click(),
  help: () => { const keys = find("#keys"); keys.open ? keys.close() : keys.showModal(); },
});

// A browser that goes to the part of the page that its address names takes the focus away, after this script ran.
addEventListener("load", () => setTimeout(() => { if (document.activeElement === document.body) start(); }));

addEventListener("popstate", () => location.reload());

const wanted = location.hash.match(/^#segment-([0-9a-f]+)$/)?.[1];
if (wanted && wanted !== bench().dataset.open && find(`#segment-${wanted} a[data-visit]`)) {
  visit(find(`#segment-${wanted} a[data-visit]`).href);
} else settle();
