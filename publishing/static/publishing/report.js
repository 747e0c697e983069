// What a reader selects in the text can be reported: a button beside the selection fills the form below the article.

const form = document.querySelector("#report form");
const offer = document.querySelector("[data-report-offer]");
const prose = document.querySelector(".prose");
const LONGEST = 1500;
const CONTEXT = 300;

/** The selection, if there is one and it lies in the text or a biography. */
function selected() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const within = range.commonAncestorContainer;
  const element = within.nodeType === Node.ELEMENT_NODE ? within : within.parentElement;
  const place = element?.closest(".prose, .biography, .opening");
  return place && selection.toString().trim() ? { range, place, text: selection.toString().trim() } : null;
}

/** The words before the selection: they tell which of two sentences that are alike is meant. */
function before({ range, place }) {
  const whole = document.createRange();
  whole.setStart(place, 0);
  whole.setEnd(range.startContainer, range.startOffset);
  return whole.toString().slice(-CONTEXT);
}

function show() {
  const found = selected();
  offer.hidden = !found;
  if (!found) return;
  const box = found.range.getBoundingClientRect();
  const widest = document.documentElement.clientWidth - offer.offsetWidth - 8;
  offer.style.insetBlockStart = `${window.scrollY + box.bottom + 8}px`;
  offer.style.insetInlineStart = `${Math.max(8, Math.min(box.left, widest))}px`;
}

function take() {
  const found = selected();
  if (!found) return;
  form.elements.quote.value = found.text.slice(0, LONGEST);
  form.elements.before.value = before(found);
  form.closest("details").open = true;
  offer.hidden = true;
  form.elements.remark.focus();
}

if (form && offer && prose) {
  document.addEventListener("selectionchange", show);
  offer.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
  offer.addEventListener("click", take);
  form.elements.quote.addEventListener("input", () => { form.elements.before.value = ""; });
}
