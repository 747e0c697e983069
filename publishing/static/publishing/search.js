// Answers a question where no server did: a copy of the site sends one search page whatever is asked.
// Words, order and page are those of publishing/matching, reports/finding.py and pages/search.py; files: decision 0042.

const place = document.querySelector("[data-index]");
const asked = new URLSearchParams(location.search);
const language = document.documentElement.lang;
const WORD = /[\p{L}\p{N}](?:[\p{L}\p{N}]|[\u0300-\u036f]|[’'ʼ](?=[\p{L}\p{N}]))*/gu;
const loaded = new Map();
let root;

async function get(path, kind = "json", options = {}) {
  const answer = await fetch(path, options);
  if (!answer.ok) throw new Error(path);
  return answer[kind]();
}

const piece = (name) => get(place.dataset.index.replace(".json", `/${name}.json`));
const all = (many, work) => Promise.all([...many].map(work));
const whole = (pattern) => new RegExp(`^(?:${pattern})$`, "du");
const words = (text) => [...text.replace(/\[\d{1,3}\]/g, (mark) => " ".repeat(mark.length)).matchAll(WORD)];
const small = (word) => word.normalize("NFC").replace(/[’ʼ]/g, "'").replaceAll("\u0301", "").toLocaleLowerCase(language);
const spelled = (key) => root.alike.reduce((text, [one, other]) => text.replaceAll(one, other), key);
const spelling = (word) => spelled(small(word));

/** What a Turkish word can be a noun's form of: publishing/languages/turkish_stems.py. */
function stems(word) {
  const { noun, vowels, back, voiceless, front, softened, shortest } = root.rules;
  const sounds = (text) => [...text].filter((each) => vowels.includes(each));
  const chains = whole(noun);
  const made = [];
  for (let at = word.length - 1; at >= shortest; at--) {
    const [stem, chain, end, first] = [word.slice(0, at), word.slice(at), word[at - 1], word[at]];
    const [found, last] = [chains.exec(chain), sounds(stem).pop()];
    if (!found || !last) continue;
    const joins = vowels.includes(end) ? !`${vowels}tç`.includes(first)
      : "dt".includes(first) ? (first === "t") === voiceless.includes(end) : !"snyk".includes(first) || chain === "ki";
    const sides = new Set(sounds(chain.slice(0, found.indices.groups.ki?.[0])).map((each) => back.includes(each)));
    const agrees = !sides.size || sides.has(back.includes(last)) || (sides.has(false) && front.includes(end));
    if (!joins || sides.size > 1 || !agrees) continue;
    made.push(stem);
    if (end in softened && vowels.includes(first)) made.push(stem.slice(0, -1) + softened[end]);
  }
  return made;
}

/** Keys that a word may have which no dictionary knows. */
function guesses(word) {
  if (language === "tr") return stems(word);
  if (language === "en") return [word.replace(/(?<=...)s$/, "")];
  const { adjective, endings, nominative } = root.rules;
  const nouns = endings.filter((each) => word.endsWith(each)).map((each) => word.slice(0, word.length - each.length));
  return [`${whole(adjective).exec(word)?.[1]}~`, ...nouns.map((stem) => `${stem}~`),
    ...nouns.filter((stem) => stem.length > 3).flatMap((stem) => nominative.map((each) => stem + each))];
}

/** The piece in which a name stands: where its keys stand, and the keys of its forms. */
async function around(name) {
  while (name && !Object.hasOwn(root.words, name)) name = name.slice(0, -1);
  if (!loaded.has(name)) {
    loaded.set(name, Object.hasOwn(root.words, name) ? piece(root.words[name]) : { keys: {}, forms: {} });
  }
  return loaded.get(name);
}

const endings = (joined) => joined.split("|").reduce((stem, ends) => ends.split(" ").map((each) => stem + each));

/** Of keys those that stand in a text: key → release → how often. */
async function standing(keys) {
  const found = await all(new Set(keys), async (key) => {
    const { keys: there } = await around(key);
    const steps = Object.hasOwn(there, key) ? there[key] : [];
    const places = new Map();
    for (let at = 0, release = 0; at < steps.length; at++) {
      release += Math.abs(steps[at]);
      places.set(release, steps[at] < 0 ? steps[++at] : 1);
    }
    return [key, places];
  });
  return found.filter(([, places]) => places.size);
}

async function known(word) {
  const base = small(word).replace(new RegExp(`'(?:${root.rules.joined})$`, "u"), "");
  const names = [spelling(word), spelled(base)];
  const listed = (await all(names, async (name) => Object.entries((await around(name)).forms)
    .filter(([, forms]) => endings(forms).includes(name)).map(([key]) => key))).flat();
  const found = await standing([...names, ...listed]);
  if (language === "tr" ? listed.some((key) => !key.endsWith("-")) : found.length) return found;
  return standing([...names, ...listed, ...guesses(base).map(spelled)]);
}

/** The words of a question that say something, each with its keys; a Turkish one also as keyboards without ı and İ have it. */
async function sought(question) {
  const found = new Map();
  for (const [text] of words(question)) {
    const typed = language === "tr" ? [text, text.replaceAll("I", "İ"), text.replaceAll("i", "ı")] : [text];
    const telling = [...new Set(typed)].filter((each) => !root.say_nothing.split(" ").includes(spelling(each)));
    if (telling.length && found.size < root.most_words && !found.has(spelling(text))) found.set(spelling(text), [text, telling]);
  }
  return all(found.values(), async ([text, telling]) => {
    const keys = new Map((await all(telling, known)).flat());
    const forms = await all(keys.keys(), async (key) => [key, ...endings((await around(key)).forms[key] ?? "|")]);
    return { text, keys, forms: new Set(forms.flat()) };
  });
}

/** The releases that have the words, best first. */
async function find(groups) {
  const [steps, values] = await piece(root.lengths);
  let release = 0;
  const lengths = new Map(steps.map((step, at) => [release += step, values[at]]));
  const having = ({ keys }) => Math.max(...[...keys.values()].map((places) => places.size));
  const rarest = groups.reduce((best, each) => (having(each) < having(best) ? each : best));
  const often = [...rarest.keys.values()].flatMap((places) => [...places]).sort((one, other) => other[1] - one[1] || other[0] - one[0]);
  const among = new Set(often.slice(0, root.most_looked_at).map(([each]) => each));
  const hits = [...among].map((id) => {
    const hit = { id, score: 0, words: 0 };
    for (const { keys } of groups) {
      const there = [...keys.values()].filter((places) => places.has(id)).map((places) => [places.get(id), places.size]);
      if (!there.length) continue;
      const [count, texts] = there.sort((one, other) => other[0] - one[0] || other[1] - one[1])[0];
      const norm = 1 - root.by_length + root.by_length * (root.average ? lengths.get(id) / root.average : 1);
      hit.score += Math.log(1 + (root.texts - texts + 0.5) / (texts + 0.5)) * (count * (root.saturation + 1) / (count + root.saturation * norm));
      hit.words += 1;
    }
    return hit;
  });
  const most = hits.filter((hit) => hit.words === groups.length);
  return (most.length ? most : hits).sort((one, other) => other.words - one.words || other.score - one.score || other.id - one.id).slice(0, root.most_found);
}

const make = (name, attributes, ...within) => {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...within);
  return made;
};

/** The text with the words marked; nothing of it is ever read as markup. */
function marked(text, groups) {
  const made = [];
  let at = 0;
  for (const { 0: word, index } of words(text)) {
    if (!groups.some(({ forms }) => forms.has(spelling(word)))) continue;
    made.push(text.slice(at, index), make("mark", {}, word));
    at = index + word.length;
  }
  return [...made, text.slice(at)];
}

/** The part of an article in which most of the words stand, as the article's own page has it. */
async function excerpt(url, groups) {
  const page = new DOMParser().parseFromString(await get(url, "text"), "text/html");
  page.querySelectorAll(".reference, .back, .meant").forEach((each) => each.remove());
  page.querySelectorAll("p, li, h2, h3, h4, h5, h6, td, th, figcaption, caption, br").forEach((each) => each.after(" "));
  const text = [".standfirst", ".prose"].map((each) => page.querySelector(each)?.textContent).join(" ").trim().replace(/\s+/g, " ");
  const there = words(text);
  const places = groups.map(({ forms }) => there.find(([word]) => forms.has(spelling(word)))?.index).filter((each) => each >= 0);
  const near = (begin) => places.filter((each) => each >= begin && each < begin + root.excerpt - root.before).length;
  const [best = 0] = places.sort((one, other) => near(other) - near(one) || one - other);
  const begin = Math.max(0, best - root.before);
  let cut = text.slice(begin, begin + root.excerpt);
  if (begin) cut = cut.replace(/^\S*\s/, "…");
  if (begin + root.excerpt < text.length) cut = cut.replace(/[ ,;:—–-]*\s\S*$/, "…");
  return marked(cut, groups);
}

async function item(hit, groups) {
  const number = Math.floor(hit.id / root.titles_each);
  if (!loaded.has(number)) loaded.set(number, piece(root.titles[number]));
  const [slug, title, day, written] = (await loaded.get(number))[hit.id];
  const href = `/${language}/${slug}/`;
  const text = make("p");
  excerpt(href, groups).then((found) => text.append(...found), () => text.remove());
  const made = make("li", {}, make("h3", {}, make("a", { href }, ...marked(title, groups))), text);
  if (day) made.append(make("p", { className: "label" }, make("time", { dateTime: day }, written)));
  return made;
}

function links(question, last, current) {
  const entry = (number) => {
    const link = make("a", { href: `?${new URLSearchParams({ q: question, page: number })}` }, `${number}`);
    if (number === current) link.setAttribute("aria-current", "page");
    return make("li", {}, link);
  };
  const made = make("nav", { className: "pages" }, make("ul", { className: "choices" }, ...Array.from({ length: last }, (_, at) => entry(at + 1))));
  made.setAttribute("aria-label", root.says.pages);
  return made;
}

function counted(number) {
  const says = number === root.most_found ? root.says.best : root.says.number;
  return says[new Intl.PluralRules(language).select(number)].replace("%(number)s", number);
}

async function answer(question) {
  root = await get(place.dataset.index, "json", { cache: "no-cache" });
  const everything = await sought(question);
  const groups = everything.filter(({ keys }) => keys.size);
  const unknown = everything.filter(({ keys }) => !keys.size).flatMap(({ text }, at) => [at ? ", " : " ", make("q", {}, text)]);
  const hits = groups.length ? await find(groups) : [];
  const last = Math.max(1, Math.ceil(hits.length / root.per_page));
  const wanted = /^\d{1,3}$/.test(asked.get("page")) ? Number(asked.get("page")) : 1;
  const number = Math.min(Math.max(1, wanted), last);
  const begin = (number - 1) * root.per_page;
  const shown = await all(hits.slice(begin, begin + root.per_page), (hit) => item(hit, groups));
  const { says } = root;
  const status = place.querySelector("[role=status]");
  status.firstElementChild.textContent = !everything.length ? says.says_nothing : hits.length ? counted(hits.length) : says.nothing;
  if (unknown.length) status.append(make("p", { className: "remark" }, says.nowhere, ...unknown));
  if (hits.length && hits[0].words < groups.length) status.append(make("p", { className: "remark" }, says.some));
  if (shown.length) place.append(make("ol", { className: "results", start: begin + 1 }, ...shown));
  if (last > 1) place.append(links(question, last, number));
  document.querySelector(".opening .remark").hidden = true;
}

async function begin(question) {
  document.querySelector("#q").value = question;
  place.hidden = false;
  try {
    await answer(question).catch(() => { // an export between two pieces: once more, with what is there now
      loaded.clear();
      return answer(question);
    });
  } catch {
    place.querySelector("#answer").textContent = place.dataset.failed;
  }
}

const question = [...asked.get("q") ?? ""].slice(0, 200).join("").replace(/[\x00-\x1f\x7f]+/g, " ").trim().split(/\s+/).join(" ");
if (place && question) begin(question);
