// A part of a page that changes by itself while work is under way: fetched again every few seconds, without a jump.

const PAUSE = 2000;

async function renew() {
  const part = document.querySelector("[data-live]");
  if (!part || document.hidden) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
  // Whoever is about to press a button there is not disturbed.
  if (fresh && !part.contains(document.activeElement)) part.replaceWith(document.adoptNode(fresh));
}

if (document.querySelector("[data-live]")) {
  setInterval(() => renew().catch(() => {}), PAUSE);
}
