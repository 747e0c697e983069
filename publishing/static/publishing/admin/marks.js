// Marks in the field, such as <b1>, </b1>, <br3/> and [7]: inserted from their chips, and never half deleted.

const MARK = /<\/?[a-z]{1,3}[1-9]\d{0,4}\/?>|\[\d{1,4}\]/g;

const spans = (text) => [...text.matchAll(MARK)].map((mark) => [mark.index, mark.index + mark[0].length]);

/** The range, widened to whole marks where it would cut one. */
function whole(text, start, end) {
  for (const [from, to] of spans(text)) {
    if (start > from && start < to) start = from;
    if (end > from && end < to) end = to;
  }
  return [start, end];
}

/** Before a deletion: what is selected then is deleted as a whole. */
function widen(field, event) {
  let { selectionStart: start, selectionEnd: end } = field;
  if (start === end) {
    if (event.inputType.endsWith("Backward")) start -= 1;
    else if (event.inputType.endsWith("Forward")) end += 1;
    else return;
  }
  const [from, to] = whole(field.value, Math.max(0, start), end);
  if (from !== start || to !== end) field.setSelectionRange(from, to);
}

/** Before an insertion: a caret inside of a mark steps behind it. */
function stepOut(field) {
  const { selectionStart: start, selectionEnd: end } = field;
  const [from, to] = whole(field.value, start, end);
  if (from === start && to === end) return;
  field.setSelectionRange(start === end ? to : from, to);
}

export function guard(field) {
  field.addEventListener("beforeinput", (event) => {
    if (event.inputType.startsWith("delete")) widen(field, event);
    else if (event.inputType.startsWith("insert")) stepOut(field);
  });
}

/** Shows which marks of the source the text lacks, or has too often. */
export function compare(form, text) {
  const there = new Map();
  for (const [mark] of text.matchAll(MARK)) there.set(mark, (there.get(mark) ?? 0) + 1);
  for (const chip of form.querySelectorAll(".chip")) {
    const count = there.get(chip.dataset.insert) ?? 0;
    chip.classList.toggle("is-missing", count < Number(chip.dataset.times));
    chip.classList.toggle("is-doubled", count > Number(chip.dataset.times));
  }
}

/** Writes at the caret so that Ctrl+Z takes it back. */
export function insert(field, text) {
  field.focus();
  stepOut(field);
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
