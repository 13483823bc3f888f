// Comfort on top of pages that work without it: colours, text size, keys, and where one was in a story.
"use strict";

const root = document.documentElement;
const THEMES = ["auto", "light", "sepia", "dark"];
const SIZES = { "-3": 79, "-2": 84, "-1": 89, 0: 100, 1: 111, 2: 121, 3: 137, 4: 158, 5: 189 };

const store = {
  get(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch {
      // Full or switched off: then it is not remembered.
    }
  },
};

// How pages look

function setTheme(theme) {
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  store.set("theme", theme === "auto" ? null : theme);
  showLook();
}

function setSize(size) {
  size = Math.max(-3, Math.min(5, size));
  if (size) root.dataset.size = size;
  else delete root.dataset.size;
  store.set("size", size ? String(size) : null);
  showLook();
}

const theme = () => root.dataset.theme || "auto";
const size = () => Number(root.dataset.size || 0);

function showLook() {
  const panel = document.querySelector(".look");
  panel.querySelector(`[value="${theme()}"]`).checked = true;
  panel.querySelector("output").textContent = `${SIZES[size()]} %`;
}

function addLook() {
  const bar = document.querySelector(".top-inner");
  const panel = document.getElementById("look").content.firstElementChild.cloneNode(true);
  const open = document.createElement("button");
  open.type = "button";
  open.className = "look-open";
  open.setAttribute("aria-expanded", "false");
  open.setAttribute("aria-controls", "look-panel");
  open.setAttribute("aria-label", "Colours and text size");
  open.innerHTML = '<span class="small-a" aria-hidden="true">A</span><span class="large-a" aria-hidden="true">A</span>';
  panel.id = "look-panel";
  panel.hidden = true;
  open.addEventListener("click", () => {
    panel.hidden = !panel.hidden;
    open.setAttribute("aria-expanded", String(!panel.hidden));
  });
  panel.addEventListener("change", (event) => setTheme(event.target.value));
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("[data-size]");
    if (button) setSize(size() + Number(button.dataset.size));
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    panel.hidden = true;
    open.setAttribute("aria-expanded", "false");
    open.focus();
  });
  bar.append(open, panel);
  showLook();
}

// Keys

let help;

function showHelp() {
  if (!help) {
    help = document.getElementById("help").content.firstElementChild.cloneNode(true);
    const box = help.querySelector("input");
    box.checked = store.get("keys") !== "off";
    box.addEventListener("change", () => store.set("keys", box.checked ? null : "off"));
    document.body.append(help);
  }
  help.showModal();
}

function follow(selector) {
  const link = document.querySelector(selector);
  if (link) location.assign(link.href);
}

function press(thing) {
  if (thing.matches("input[type=text]")) thing.focus();
  else thing.click();
}

function step(selector, forward) {
  const places = [...document.querySelectorAll(selector)];
  const tops = places.map((place) => place.getBoundingClientRect().top);
  const at = forward ? tops.findIndex((top) => top > 100) : tops.findLastIndex((top) => top < -2);
  if (places[at]) places[at].scrollIntoView({ block: "start" });
  else if (!forward) window.scrollTo({ top: 0 });
}

const inStory = document.querySelector(".pairs") ? ".pair.repaired, .pair:has(mark)" : ".story section";

const KEYS = {
  "/": () => document.getElementById("q").select(),
  "?": showHelp,
  t: () => setTheme(THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length]),
  "+": () => setSize(size() + 1),
  "=": () => setSize(size() + 1),
  "-": () => setSize(size() - 1),
  j: () => step(inStory, true),
  k: () => step(inStory, false),
  u: () => follow('a[rel="up"]'),
  ArrowRight: () => follow(root.dir === "rtl" ? 'a[rel="prev"]' : 'a[rel="next"]'),
  ArrowLeft: () => follow(root.dir === "rtl" ? 'a[rel="next"]' : 'a[rel="prev"]'),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest("input, select, textarea, dialog, pre, [contenteditable]")) return;
  if (store.get("keys") === "off" && event.key !== "?") return;
  const own = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`); // what this page has a key for
  const act = own ? () => press(own) : KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// Where one was in a story: the block on top of the window, so that it holds at every text size

const placeOf = (work) => {
  try {
    return JSON.parse(store.get(`place-${work}`));
  } catch {
    return null;
  }
};

function keepPlace(chapter) {
  const work = chapter.dataset.work;
  const position = Number(chapter.dataset.chapter);
  const blocks = [...chapter.querySelectorAll(".story > section > *, .story > p")];
  const bar = document.createElement("progress");
  bar.className = "far";
  bar.max = 1;
  bar.setAttribute("aria-hidden", "true");
  document.body.append(bar);
  const story = chapter.querySelector(".story");

  const far = () => {
    const box = story.getBoundingClientRect();
    return Math.min(1, Math.max(0, -box.top / Math.max(1, box.height - window.innerHeight)));
  };
  const top = parseFloat(getComputedStyle(root).scrollPaddingTop) || 0; // where a block comes to stand that is gone to
  const remember = () => {
    const block = blocks.findIndex((one) => one.getBoundingClientRect().bottom > top);
    const read = far();
    bar.value = read;
    if (block < 1 && placeOf(work)?.chapter === position) return; // merely opened again
    store.set(
      `place-${work}`,
      JSON.stringify({ chapter: position, chapters: Number(chapter.dataset.chapters), block, read, label: chapter.dataset.label }),
    );
  };
  const go = (place) => blocks[place.block]?.scrollIntoView({ block: "start", behavior: "instant" });

  const was = placeOf(work);
  if (was?.chapter === position && was.block > 0) {
    if (location.hash === "#here") go(was);
    else if (!location.hash && was.read > 0.02 && window.scrollY < 10) {
      const line = document.createElement("p");
      line.className = "resume";
      const link = document.createElement("a");
      link.href = "#here";
      link.textContent = `Go on where you were (${Math.round(was.read * 100)} %)`;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        go(was);
        line.remove();
      });
      line.append(link);
      story.before(line);
    }
  }

  let waiting = 0;
  addEventListener(
    "scroll",
    () => {
      bar.value = far();
      clearTimeout(waiting);
      waiting = setTimeout(remember, 250);
    },
    { passive: true },
  );
  addEventListener("pagehide", () => window.scrollY > 10 && remember());
  if (window.scrollY < 10 && was?.chapter !== position) remember();
}

function offerPlace(article) {
  const was = placeOf(article.dataset.work);
  const link = article.querySelector(".go-on");
  if (!was || !link) return;
  link.href = `/works/${Number(article.dataset.work)}/chapters/${Number(was.chapter)}#here`;
  const where = was.chapters > 1 ? `${was.label || `chapter ${was.chapter}`}, ` : "";
  link.textContent = `Go on reading (${where}${Math.round(was.read * 100)} %)`;
  link.hidden = false;
  link.closest(".actions").classList.add("going-on");
}

addLook();
const chapter = document.querySelector(".chapter[data-chapter]");
if (chapter) keepPlace(chapter);
const work = document.querySelector(".about [data-work]");
if (work) offerPlace(work);
// A choice of order takes effect at once; without scripts there is the button.
for (const form of document.querySelectorAll(".sort")) {
  form.querySelector("button").hidden = true;
  form.querySelector("select").addEventListener("change", () => form.submit());
}
