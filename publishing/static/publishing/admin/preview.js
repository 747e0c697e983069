// The page as readers would see it, in a frame beside the workbench; it follows the open segment.
// Where there is no room for both, the link opens it in a window of its own.

const OPEN = "dragoman.preview";
const place = () => document.querySelector("#preview");
const roomy = () => matchMedia("(min-width: 80rem)").matches;

/** Brings the link's sentence into view; `renew` loads the page again, since its text has changed. */
export function follow(link, { renew = false } = {}) {
  if (!link || localStorage.getItem(OPEN) !== "yes" || !roomy()) return;
  const aside = place();
  if (aside.hidden) show(aside, link);
  const frame = aside.firstElementChild;
  if (renew) {
    frame.addEventListener("load", () => { frame.contentWindow.location.replace(link.href); }, { once: true });
    frame.contentWindow.location.reload();
  } else frame.contentWindow.location.replace(link.href);
}

/** Opens or closes the frame; false where there is no room for it. */
export function toggle(link) {
  if (!roomy()) return false;
  const opens = place().hidden;
  localStorage.setItem(OPEN, opens ? "yes" : "no");
  if (opens) follow(link);
  else {
    place().replaceChildren();
    place().hidden = true;
    document.body.classList.remove("has-preview");
  }
  return true;
}

function show(aside, link) {
  const frame = document.createElement("iframe");
  frame.title = aside.getAttribute("aria-label");
  frame.src = link.href;
  aside.replaceChildren(frame);
  aside.hidden = false;
  document.body.classList.add("has-preview");
}
