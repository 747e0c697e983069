// Typed text that was not submitted: kept in this browser, per person and segment, until it is.

const name = ({ person, key, language }) => `dragoman.typed.${person}.${language}.${key}`;

export function keep(segment, text) {
  try {
    localStorage.setItem(name(segment), JSON.stringify({ version: segment.version, text }));
  } catch {
    // The storage is full or closed: the text is still in the field.
  }
}

export function forget(segment) {
  localStorage.removeItem(name(segment));
}

/** What was typed here and at which version of the segment, or null. */
export function kept(segment) {
  try {
    return JSON.parse(localStorage.getItem(name(segment)));
  } catch {
    return null;
  }
}
