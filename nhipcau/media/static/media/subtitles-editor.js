// Subtitles beside the player: a list of lines, keys for everything, saved by themselves.

import { Line } from "./subtitles-line.js";
import { read, shown } from "./subtitles-time.js";
import { Wave } from "./subtitles-wave.js";

const data = (id) => JSON.parse(document.getElementById(id).textContent);
const place = (id) => document.getElementById(id);
const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

const tenths = (number) =>
  number.toLocaleString(document.documentElement.lang || "vi", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

const page = place("subs");
const mayChange = "mayChange" in page.dataset;
const editor = data("subs-editor");
const state = data("subs-state");
const { words } = editor;
const player = place("player");
const list = place("cues");

let cues = state.cues.map((cue) => ({ ...cue }));
let remarks = state.remarks;
let chosen = cues.length ? 0 : -1;
const past = [];
let future = [];

// ---- the list -------------------------------------------------------------------------------

const beside = (cue) =>
  editor.beside
    .filter((other) => other.end > cue.start && other.start < cue.end)
    .map((other) => other.text)
    .join("\n");

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

const timeField = (cue, number, which) => {
  const field = element("input", { value: shown(cue[which]), inputMode: "decimal", readOnly: !mayChange });
  field.setAttribute("aria-label", `${words[which]} ${number + 1}`);
  field.addEventListener("change", () => {
    const moment = read(field.value);
    const other = which === "start" ? cue.end : cue.start;
    const fits = moment !== null && (which === "start" ? moment < other : moment > other);
    field.setCustomValidity(moment === null ? words.bad_time : fits ? "" : words.order);
    if (!fits) return field.reportValidity();
    change(() => {
      cues[number][which] = moment;
    });
  });
  return field;
};

const rowOf = (cue, number) => {
  const text = element("textarea", { value: cue.text, rows: 2, readOnly: !mayChange });
  text.setAttribute("aria-label", fill(words.text, { number: number + 1 }));
  text.addEventListener("input", () => {
    // One undo for one stay in a field, not for each letter.
    if (!text.dataset.begun) {
      remember();
      text.dataset.begun = "yes";
    }
    cues[number].text = text.value;
    line.changed();
    tellOf(row, number);
  });
  text.addEventListener("blur", () => delete text.dataset.begun);
  const source = editor.beside.length
    ? [element("p", { className: "source", lang: list.dataset.besideLang, textContent: beside(cue) || "–" })]
    : [];
  const row = element(
    "li",
    { className: "subs-cue" },
    element("div", { className: "times" }, timeField(cue, number, "start"), timeField(cue, number, "end")),
    element("div", {}, ...source, text, element("p", { className: "told" })),
  );
  row.addEventListener("focusin", () => choose(number, { follow: false }));
  tellOf(row, number);
  return row;
};

const tellOf = (row, number) => {
  const cue = cues[number];
  const letters = [...cue.text.normalize("NFC").replace(/[\n\p{M}]/gu, "")].length;
  const speed = (letters * 1000) / Math.max(1, cue.end - cue.start);
  const flaws = remarks.filter(([of]) => of === number).map(([, told]) => told);
  const told = row.querySelector(".told");
  told.replaceChildren(
    `${number + 1} · ${fill(words.seconds, { seconds: tenths((cue.end - cue.start) / 1000) })} · ` +
      fill(words.speed, { speed: speed.toFixed(0) }),
  );
  if (flaws.length) told.append(element("span", { className: "flaws", textContent: ` · ${flaws.join(" · ")}` }));
};

const draw = ({ focus = false } = {}) => {
  list.replaceChildren(...cues.map(rowOf));
  place("none").hidden = cues.length > 0;
  place("none").textContent = words.none;
  place("count").textContent = cues.length ? fill(words.count, { count: cues.length }) : "";
  if (mayChange) {
    place("undo").disabled = !past.length;
    place("redo").disabled = !future.length;
  }
  mark();
  if (focus && chosen >= 0) list.children[chosen]?.querySelector("textarea").focus();
  wave.draw();
};

const mark = () => {
  const now = player.currentTime * 1000;
  [...list.children].forEach((row, number) => {
    row.classList.toggle("chosen", number === chosen);
    row.classList.toggle("heard", cues[number].start <= now && now < cues[number].end);
  });
  wave.chosen = chosen;
};

const choose = (number, { follow = true } = {}) => {
  if (number < 0 || number >= cues.length) return;
  chosen = number;
  mark();
  wave.draw();
  const row = list.children[number];
  row.scrollIntoView({ block: "nearest" });
  if (follow) {
    row.querySelector("textarea").focus();
    player.currentTime = cues[number].start / 1000 + 0.001;
  }
};

// ---- changes --------------------------------------------------------------------------------

const copy = () => cues.map((cue) => ({ ...cue }));

const remember = () => {
  past.push({ cues: copy(), chosen });
  if (past.length > 200) past.shift();
  future = [];
  if (mayChange) place("undo").disabled = false;
};

const change = (what, { focus = false } = {}) => {
  remember();
  what();
  const kept = cues[chosen];
  cues.sort((one, other) => one.start - other.start);
  if (kept) chosen = cues.indexOf(kept);
  remarks = [];
  line.changed();
  draw({ focus });
};

const stepBack = (from, to) => {
  const earlier = from.pop();
  if (!earlier) return;
  to.push({ cues: copy(), chosen });
  ({ cues, chosen } = earlier);
  remarks = [];
  line.changed();
  draw({ focus: true });
};

const now = () => Math.round(player.currentTime * 1000);
const field = () => list.children[chosen]?.querySelector("textarea");

const acts = {
  play: () => (player.paused ? player.play() : player.pause()),
  back: () => (player.currentTime = Math.max(0, player.currentTime - 1)),
  on: () => (player.currentTime += 1),
  add: () => {
    const start = now();
    const next = cues.find((cue) => cue.start > start);
    const end = Math.max(start + 300, Math.min(start + 3000, next ? next.start : Infinity));
    change(
      () => {
        const made = { start, end, text: "" };
        cues.push(made);
        chosen = cues.length - 1;
      },
      { focus: true },
    );
  },
  start: () => {
    if (chosen < 0 || now() >= cues[chosen].end) return;
    change(() => (cues[chosen].start = now()), { focus: true });
  },
  end: () => {
    if (chosen < 0 || now() <= cues[chosen].start) return;
    change(() => (cues[chosen].end = now()), { focus: true });
  },
  split: () => {
    const cue = cues[chosen];
    if (!cue || cue.end - cue.start < 400) return;
    const caret = field()?.selectionStart || Math.ceil(cue.text.length / 2);
    const inside = now() > cue.start + 100 && now() < cue.end - 100;
    const middle = inside
      ? now()
      : Math.round(cue.start + (cue.end - cue.start) * Math.min(0.9, Math.max(0.1, caret / (cue.text.length || 2))));
    change(
      () => {
        cues.push({ start: middle, end: cue.end, text: cue.text.slice(caret).trim() });
        cue.end = middle;
        cue.text = cue.text.slice(0, caret).trim();
      },
      { focus: true },
    );
  },
  merge: () => {
    const next = cues[chosen + 1];
    if (!next) return;
    change(
      () => {
        const cue = cues[chosen];
        cue.end = Math.max(cue.end, next.end);
        cue.text = [cue.text, next.text].filter(Boolean).join("\n");
        cues.splice(chosen + 1, 1);
      },
      { focus: true },
    );
  },
  remove: () => {
    if (chosen < 0) return;
    change(
      () => {
        cues.splice(chosen, 1);
        chosen = Math.min(chosen, cues.length - 1);
      },
      { focus: true },
    );
  },
  times: () =>
    change(() => {
      const taken = new Set(cues.map((cue) => cue.start));
      for (const other of editor.beside)
        if (!taken.has(other.start)) cues.push({ start: other.start, end: other.end, text: "" });
      if (chosen < 0 && cues.length) chosen = 0;
    }),
  undo: () => stepBack(past, future),
  redo: () => stepBack(future, past),
  previous: () => choose(chosen - 1),
  next: () => choose(chosen + 1),
};
const KEYS = {
  KeyP: "play", KeyJ: "back", KeyK: "on", Enter: "add", NumpadEnter: "add", Digit1: "start", Digit2: "end",
  KeyS: "split", KeyM: "merge", Delete: "remove", KeyZ: "undo", KeyY: "redo", ArrowUp: "previous",
  ArrowDown: "next",
};
const READING = new Set(["play", "back", "on", "previous", "next"]);

document.addEventListener("keydown", (event) => {
  // By the key's place: under Alt some keyboards give other letters.
  const act = event.altKey && !event.ctrlKey && !event.metaKey ? KEYS[event.code] : undefined;
  if (!act || !(mayChange || READING.has(act))) return;
  event.preventDefault();
  acts[act]();
});
page.addEventListener("click", (event) => {
  const act = event.target.closest("[data-do]")?.dataset.do;
  if (act) acts[act]();
});
if (mayChange) {
  place("undo").addEventListener("click", acts.undo);
  place("redo").addEventListener("click", acts.redo);
}

// ---- saving ---------------------------------------------------------------------------------

const saved = place("saved");
const tell = (kind, told = {}) => {
  saved.textContent = kind === "refused" ? told.sentence : fill(words[kind] ?? "", { time: told.time ?? state.time });
  saved.classList.toggle("waits", kind === "offline" || kind === "refused");
  if (kind === "saved") {
    remarks = told.remarks;
    [...list.children].forEach(tellOf);
    // The player shows what the house has kept, through the track itself.
    const track = place("track");
    track.src = `${editor.track}?${told.revision}`;
    track.track.mode = "showing";
  }
  if (kind === "conflict") {
    place("alarm").hidden = false;
    place("alarm-words").textContent = told.sentence;
    place("alarm-mine").onclick = () => settle(told, true);
    place("alarm-theirs").onclick = () => settle(told, false);
    place("alarm-mine").focus();
  }
};

const settle = (told, withMine) => {
  place("alarm").hidden = true;
  if (!withMine) {
    remember(); // what was mine can still be had back by undo
    cues = told.cues.map((cue) => ({ ...cue }));
    remarks = told.remarks;
    chosen = Math.min(chosen, cues.length - 1);
    draw();
  }
  line.goOn(told.revision, { withMine });
};

const line = new Line({
  address: editor.address,
  revision: state.revision,
  token: page.querySelector("[name=csrfmiddlewaretoken]").value,
  cues: () => cues,
  tell,
});
const wave = new Wave({
  canvas: place("wave"),
  player,
  address: editor.waveform,
  cues: () => cues,
  seconds: editor.seconds,
});

player.addEventListener("timeupdate", () => {
  mark();
  wave.draw();
});
const kept = mayChange ? line.kept() : null;
if (kept) {
  cues = kept;
  saved.textContent = words.kept;
  line.changed();
} else if (state.revision) tell("saved", { ...state });
draw();
