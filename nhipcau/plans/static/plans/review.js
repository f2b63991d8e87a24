// The review of a plan: the document on one side, the proposed tasks on the other.
// State lives on the server; every step is saved at once. This module only draws and asks.

import { drawTasks, focusTask } from "./review-tasks.js";
import { drawPaper, mark, offsetAt, selectedSpan } from "./review-paper.js";
import { drawHeader, drawNames, drawWarnings } from "./review-panes.js";

const root = document.getElementById("review");
const phrases = JSON.parse(document.getElementById("phrases").textContent);
const byId = (id) => document.getElementById(id);
const csrf = document.querySelector("[name=csrfmiddlewaretoken]").value;
const keptKey = `review:${root.dataset.step}`;

export const review = {
  phrases,
  state: null,
  current: null,
  chosen: new Set(),
  editing: null,
  showRejected: false,
  words: "",
};

// --- talking to the server ----------------------------------------------------------------------

let queue = Promise.resolve();

export function take(kind, given = {}) {
  // One step after the other: each must know the number of the one before.
  queue = queue.then(() => send(kind, given));
  return queue;
}

async function send(kind, given, attempt = 0) {
  say(phrases.saving);
  let answer;
  try {
    answer = await fetch(root.dataset.step, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
      body: JSON.stringify({ kind, seen: review.state.seen, ...given }),
    });
  } catch {
    // The line is down: keep the step, also over a closed browser, and try again.
    sessionStorage.setItem(keptKey, JSON.stringify({ kind, given }));
    say(phrases.offline, true);
    await new Promise((resolve) => setTimeout(resolve, Math.min(30000, 2000 * 2 ** attempt)));
    return send(kind, given, attempt + 1);
  }
  sessionStorage.removeItem(keptKey);
  const told = await answer.json().catch(() => ({ sentence: phrases.offline }));
  if (answer.status === 409) {
    await load();
    say(told.sentence, true);
    return false;
  }
  if (!answer.ok) {
    say(told.sentence, true);
    return false;
  }
  Object.assign(review.state, told);
  review.editing = null;
  draw();
  say(phrases.saved);
  return true;
}

export async function findUnits(words) {
  const answer = await fetch(`${root.dataset.units}?q=${encodeURIComponent(words)}`);
  return (await answer.json()).units;
}

async function load() {
  const answer = await fetch(root.dataset.state);
  review.state = await answer.json();
  draw();
}

function say(sentence, isTrouble = false) {
  const place = byId("saved");
  place.textContent = sentence;
  place.classList.toggle("trouble", isTrouble);
}

// --- drawing ------------------------------------------------------------------------------------

export function visibleTasks() {
  const words = review.words.toLowerCase();
  return review.state.tasks.filter(
    (task) =>
      (task.kept || review.showRejected) &&
      (!words || `${task.path} ${task.title}`.toLowerCase().includes(words)),
  );
}

export function draw() {
  const { state } = review;
  const kept = state.tasks.filter((task) => task.kept);
  const undecided = new Set(kept.flatMap((task) => task.undecided));
  byId("plan-title").textContent = state.header.title || "";
  byId("counts").textContent = phrases.tasks.replace("%(count)s", kept.length);
  byId("n-tasks").textContent = kept.length;
  byId("n-names").textContent = undecided.size || "";
  byId("n-warnings").textContent = state.warnings.length || "";
  byId("undo").disabled = !state.canUndo;
  byId("redo").disabled = !state.canRedo;
  drawTasks(byId("tasks"));
  drawNames(byId("pane-names"));
  drawWarnings(byId("pane-warnings"));
  drawHeader(byId("header-fields"));
  byId("merge-chosen").hidden = review.chosen.size < 2;
  byId("reject-chosen").hidden = review.chosen.size < 1;
  markCurrent();
}

export function taskOf(key) {
  return review.state.tasks.find((task) => task.key === key);
}

export function choose(key, { scroll = true, focus = false } = {}) {
  review.current = key;
  markCurrent(scroll);
  focusTask(key, focus);
}

function markCurrent(scroll = false) {
  const task = taskOf(review.current);
  mark(task, scroll);
}

export function showTab(name) {
  for (const tab of document.querySelectorAll(".review-tabs [role=tab]")) {
    const isIt = tab.id === `tab-${name}`;
    tab.setAttribute("aria-selected", isIt);
    tab.tabIndex = isIt ? 0 : -1;
    if (tab.id !== "tab-text") byId(tab.getAttribute("aria-controls")).hidden = !isIt;
  }
  root.classList.toggle("shows-text", name === "text");
  history.replaceState(null, "", `#${name}`);
}

export function goTo(start) {
  const inside = review.state.tasks.filter(
    (task) => task.span && task.span[0] <= start && start < task.span[1],
  );
  // The smallest span is the deepest task.
  inside.sort((a, b) => a.span[1] - a.span[0] - (b.span[1] - b.span[0]));
  if (inside.length) {
    if (!inside[0].kept) review.showRejected = byId("show-rejected").checked = true;
    showTab("tasks");
    draw();
    choose(inside[0].key, { scroll: false, focus: true });
  }
}

// --- keys and clicks ----------------------------------------------------------------------------

function step(direction, wanted = () => true) {
  const tasks = visibleTasks();
  let place = tasks.findIndex((task) => task.key === review.current);
  do place += direction;
  while (tasks[place] && !wanted(tasks[place]));
  if (tasks[place]) choose(tasks[place].key, { focus: true });
}

export function mergeWithAbove(task) {
  const tasks = visibleTasks().filter((other) => other.kept);
  const place = tasks.findIndex((other) => other.key === task.key);
  if (place > 0) take("merge", { keys: [tasks[place - 1].key, task.key] });
}

export function indent(task) {
  const siblings = review.state.tasks.filter((other) => other.parent === task.parent && other.kept);
  const place = siblings.findIndex((other) => other.key === task.key);
  if (place > 0) take("move", { key: task.key, parent: siblings[place - 1].key, after: before(task) });
}

export function outdent(task) {
  const parent = taskOf(task.parent);
  if (parent) take("move", { key: task.key, parent: parent.parent, after: before(task) });
}

function before(task) {
  const place = review.state.tasks.findIndex((other) => other.key === task.key);
  return place > 0 ? review.state.tasks[place - 1].key : null;
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  d: () => step(1, (task) => task.doubtful || task.undecided.length),
  u: () => take("undo"),
  r: () => take("redo"),
  "/": () => (showTab("tasks"), byId("task-search").focus()),
  "?": () => byId("keys").showModal(),
};
const TASK_KEYS = {
  Enter: (task) => ((review.editing = { key: task.key, how: "edit" }), draw()),
  x: (task) => take("decide", { keys: [task.key], keep: !task.kept }),
  m: mergeWithAbove,
  s: (task) => ((review.editing = { key: task.key, how: "split" }), draw()),
  a: (task) => ((review.editing = { key: task.key, how: "add" }), draw()),
  "]": indent,
  "[": outdent,
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, dialog, [contenteditable]");
  if (event.key === "Escape" && review.editing) {
    review.editing = null;
    draw();
    focusTask(review.current, true);
    return;
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  // A button keeps its own Enter.
  if (event.key === "Enter" && event.target.closest("button, a")) return;
  const task = taskOf(review.current);
  const act = KEYS[event.key] || (task && TASK_KEYS[event.key] && (() => TASK_KEYS[event.key](task)));
  if (act) {
    event.preventDefault();
    act();
  }
});

for (const tab of document.querySelectorAll(".review-tabs [role=tab]")) {
  tab.addEventListener("click", () => showTab(tab.id.replace("tab-", "")));
  tab.addEventListener("keydown", (event) => {
    const tabs = [...document.querySelectorAll(".review-tabs [role=tab]")].filter((t) => t.offsetParent);
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!move) return;
    event.stopPropagation();
    const next = tabs[(tabs.indexOf(tab) + move + tabs.length) % tabs.length];
    next.focus();
    next.click();
  });
}

byId("undo").addEventListener("click", () => take("undo"));
byId("redo").addEventListener("click", () => take("redo"));
byId("help-button").addEventListener("click", () => byId("keys").showModal());
byId("task-search").addEventListener("input", (event) => {
  review.words = event.target.value;
  drawTasks(byId("tasks"));
});
byId("show-rejected").addEventListener("change", (event) => {
  review.showRejected = event.target.checked;
  draw();
});
byId("merge-chosen").addEventListener("click", () => {
  const keys = visibleTasks().map((task) => task.key).filter((key) => review.chosen.has(key));
  review.chosen.clear();
  take("merge", { keys });
});
byId("reject-chosen").addEventListener("click", () => {
  const keys = [...review.chosen];
  review.chosen.clear();
  take("decide", { keys, keep: false });
});
byId("paper").addEventListener("click", (event) => {
  if (window.getSelection().isCollapsed) goTo(offsetAt(event));
});
document.addEventListener("selectionchange", () => {
  byId("from-words").hidden = selectedSpan() === null;
});
byId("from-words").addEventListener("click", () => {
  const span = selectedSpan();
  if (!span) return;
  const title = review.state.text.slice(...span).replace(/\s+/g, " ").trim();
  const above = review.state.tasks.filter((task) => task.span && task.span[0] <= span[0]).at(-1);
  window.getSelection().removeAllRanges();
  showTab("tasks");
  take("add", { title, after: above ? above.key : null, span });
});

await load();
drawPaper(byId("paper"), review.state.text);
const asked = location.hash.slice(1);
const first = review.state.warnings.length ? "warnings" : "tasks";
showTab(byId(`tab-${asked}`) ? asked : first);
const interrupted = sessionStorage.getItem(keptKey);
if (interrupted) {
  const { kind, given } = JSON.parse(interrupted);
  take(kind, given);
}
root.dataset.ready = "yes";
