// The line to the server: one step after the other, each saved at once. What could not be sent is
// kept in the browser, also over a closed one, with the number of the step that it stands on.

import { draw, fill, review } from "./review-core.js";

const root = document.getElementById("review");
const byId = (id) => document.getElementById(id);
const keptKey = `review:${root.dataset.step}`;
let sending = null; // the promise of what is being sent

function kept() {
  try {
    return JSON.parse(localStorage.getItem(keptKey)) ?? [];
  } catch {
    return [];
  }
}

function keep(steps) {
  try {
    if (steps.length) localStorage.setItem(keptKey, JSON.stringify(steps));
    else localStorage.removeItem(keptKey);
  } catch {
    // A browser without storage still sends; it only cannot remember.
  }
}

let waiting = [];

export function take(kind, given = {}) {
  return new Promise((resolve) => {
    waiting.push({ kind, given, resolve });
    keep(waiting.map(plain));
    sending ??= sendAll();
  });
}

const plain = ({ kind, given, seen }) => ({ kind, given, seen });

export async function sendWhatWasKept() {
  waiting = kept().map((step) => ({ ...step, resolve: () => {} }));
  if (waiting.length) await (sending = sendAll());
}

// Whether every change has reached the server; waits for those that are under way.
export async function allSent() {
  return (await sending) ?? true;
}

async function sendAll() {
  let allWent = true;
  while (waiting.length) {
    const step = waiting[0];
    step.seen ??= review.state.seen;
    keep(waiting.map(plain));
    const went = await send(step);
    waiting.shift();
    // What was to follow a step that did not go through stands on sand.
    if (!went) waiting.splice(0).forEach((other) => other.resolve(false));
    allWent &&= went;
    keep(waiting.map(plain));
    step.resolve(went);
  }
  sending = null;
  return allWent;
}

async function send({ kind, given, seen }, attempt = 0) {
  say(review.phrases.saving);
  let answer;
  try {
    answer = await fetch(root.dataset.step, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify({ kind, seen, ...given }),
    });
  } catch {
    say(review.phrases.offline, true);
    await new Promise((resolve) => {
      const wake = setTimeout(resolve, Math.min(30000, 2000 * 2 ** attempt));
      addEventListener("online", () => (clearTimeout(wake), resolve()), { once: true });
    });
    return send({ kind, given, seen }, attempt + 1);
  }
  const told = await answer.json().catch(() => ({ sentence: review.phrases.refused }));
  if (answer.ok) {
    learn(told);
    review.editing = null;
    // A value of the document does not close the line that is being written beside it.
    if (kind !== "header") review.editingLine = null;
    draw();
    say(review.phrases.saved);
    root.dataset.taken = Number(root.dataset.taken ?? 0) + 1;
    return true;
  }
  say("");
  if (answer.status === 409) {
    // Somebody else was quicker: show the newest state, and offer the same change once more.
    review.editing = null;
    review.editingLine = null;
    await load();
    alarm(told.sentence, () => take(kind, given));
  } else {
    alarm(told.sentence ?? review.phrases.refused);
  }
  return false;
}

const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

// A step answers what it changed, not ten thousand tasks that it did not.
function learn({ changed, gone, ...rest }) {
  const { state } = review;
  Object.assign(state, rest);
  const away = new Set([...gone, ...changed.map((task) => task.key)]);
  state.tasks = [...state.tasks.filter((task) => !away.has(task.key)), ...changed].sort(
    (a, b) => a.order - b.order || a.key - b.key,
  );
}

// A thousand tasks at a time; a step of somebody else between two parts makes us begin again.
export async function load() {
  let state = await partOfState(0);
  while (state.next !== null) {
    say(fill(review.phrases.loading, { tasks: state.tasks.length }));
    const { seen, tasks, next } = await partOfState(state.next);
    if (seen === state.seen) state = { ...state, tasks: [...state.tasks, ...tasks], next };
    else state = await partOfState(0);
  }
  review.state = state;
  say("");
  draw();
}

const partOfState = async (after) => (await fetch(`${root.dataset.state}?after=${after}`)).json();

// Back from another window: perhaps somebody else has gone on meanwhile.
document.addEventListener("visibilitychange", async () => {
  if (document.hidden || sending || review.editing || !review.state) return;
  try {
    const { seen, state } = await (await fetch(root.dataset.progress)).json();
    if (state !== "review") location.reload();
    else if (seen !== review.state.seen) {
      await load();
      say(review.phrases.moved_on);
    }
  } catch {
    // The next step will say that the line is down.
  }
});

export async function findUnits(words) {
  const answer = await fetch(`${root.dataset.units}?q=${encodeURIComponent(words)}`);
  return (await answer.json()).units;
}

export async function unitForm() {
  return (await fetch(root.dataset.newUnit)).json();
}

// The new unit, or one sentence why not.
export async function makeUnit(values) {
  const answer = await fetch(root.dataset.newUnit, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    body: JSON.stringify(values),
  });
  return answer.json();
}

export function say(sentence, isTrouble = false) {
  const place = byId("saved");
  place.textContent = sentence;
  place.classList.toggle("trouble", isTrouble);
}

// A sentence that stays until it is read: what was refused, and why.
export function alarm(sentence, again = null) {
  const place = byId("alarm");
  place.hidden = false;
  byId("alarm-words").textContent = sentence;
  const button = byId("alarm-again");
  button.hidden = !again;
  button.onclick = () => {
    place.hidden = true;
    again();
  };
}
byId("alarm-close").addEventListener("click", () => (byId("alarm").hidden = true));
