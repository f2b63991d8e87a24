// The review of a plan: the document on one side, the proposed tasks on the other.
// State lives on the server; every step is saved at once. This module only draws and asks.

import { allSent, load, sendWhatWasKept, take } from "./review-line.js";
import { LINE_KEYS, drawHeader, placesOfDocument, startAdding, stopEditingLine } from "./review-document.js";
import { drawPaper, mark, offsetAt, point, selectedSpan } from "./review-paper.js";
import { PAPER_KEYS, enterPaper } from "./review-paper-keys.js";
import { drawNames, drawToLookAt } from "./review-panes.js";
import { drawTasks, openTask, placesOf } from "./review-tasks.js";

const root = document.getElementById("review");
const phrases = JSON.parse(document.getElementById("phrases").textContent);
const byId = (id) => document.getElementById(id);

export const review = {
  phrases,
  state: null,
  current: null,
  chosen: new Set(),
  editing: null, // {key, how}
  line: null, // {part, place} of the document
  editingLine: null, // the same, with {line} for a new one
  showRejected: false,
  words: "",
};

// --- drawing ------------------------------------------------------------------------------------

export const fill = (sentence, values) =>
  sentence.replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");

export function visibleTasks() {
  const words = review.words.toLowerCase();
  return review.state.tasks.filter(
    (task) =>
      (task.kept || review.showRejected) &&
      (!words || `${task.path} ${task.title}`.toLowerCase().includes(words)),
  );
}

export function undecidedNames() {
  const names = new Map();
  for (const task of review.state.tasks.filter((one) => one.kept)) {
    for (const party of task.body.parties) {
      if (!task.undecided.includes(party.words)) continue;
      const known = names.get(party.words) ?? { party, tasks: [] };
      known.tasks.push(task);
      names.set(party.words, known);
    }
  }
  return names;
}

let placeOfCurrent = 0;

export function draw() {
  const { state } = review;
  const inTasks = byId("pane-tasks").contains(document.activeElement);
  const tasks = visibleTasks();
  const place = tasks.findIndex((task) => task.key === review.current);
  if (place >= 0) placeOfCurrent = place;
  // What was chosen is no task any more: the one that took its place is next.
  else if (review.current !== null) review.current = tasks[Math.min(placeOfCurrent, tasks.length - 1)]?.key ?? null;
  for (const key of review.chosen) if (!taskOf(key)) review.chosen.delete(key);
  const kept = state.tasks.filter((task) => task.kept);
  const names = undecidedNames();
  const doubtful = kept.filter((task) => task.doubtful).length;
  byId("plan-title").textContent = state.header.title || phrases.no_title;
  byId("n-tasks").textContent = kept.length;
  byId("n-names").textContent = names.size || "";
  byId("n-look").textContent = state.warnings.length + names.size + doubtful || "";
  byId("undo").disabled = !state.canUndo;
  byId("redo").disabled = !state.canRedo;
  byId("accept-seen").value = state.seen;
  byId("counts").textContent = fill(phrases.counts, {
    tasks: kept.length,
    open: state.warnings.length + names.size + doubtful,
  });
  drawTasks(byId("tasks"));
  drawNames(byId("pane-names"), names);
  drawToLookAt(byId("look"), names);
  drawHeader(byId("header-fields"));
  drawChosen();
  if (!review.line) mark(placesOf(taskOf(review.current)), false);
  if (inTasks && !review.editing) openTask(review.current, { focus: true });
}

export function drawChosen() {
  byId("merge-chosen").hidden = review.chosen.size < 2;
  byId("reject-chosen").hidden = review.chosen.size < 1;
}

export function taskOf(key) {
  return review.state.tasks.find((task) => task.key === key);
}

export function choose(key, { scroll = true, focus = false } = {}) {
  review.current = key;
  review.line = null;
  placeOfCurrent = visibleTasks().findIndex((task) => task.key === key);
  if (review.editing && review.editing.key !== key) review.editing = null;
  openTask(key, { focus });
  mark(placesOf(taskOf(key)), scroll);
}

export function showTab(name) {
  for (const tab of document.querySelectorAll(".review-tabs [role=tab]")) {
    const isIt = tab.id === `tab-${name}`;
    tab.setAttribute("aria-selected", isIt);
    tab.tabIndex = isIt ? 0 : -1;
    if (tab.id !== "tab-text") byId(tab.getAttribute("aria-controls")).hidden = !isIt;
    if (isIt) tab.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  root.classList.toggle("shows-text", name === "text");
  history.replaceState(null, "", `#${name}`);
}

export function showTask(key) {
  const task = taskOf(key);
  if (!task.kept) review.showRejected = byId("show-rejected").checked = true;
  review.words = byId("task-search").value = "";
  review.current = key;
  showTab("tasks");
  draw();
  choose(key, { focus: true });
}

// What stands at a place of the text, a task or a line of the document: that of the smallest span.
export function goTo(start) {
  const tasks = review.state.tasks.map((task) => ({ span: task.span, show: () => showTask(task.key) }));
  const places = [...tasks, ...placesOfDocument()].filter(({ span }) => span);
  places.sort((a, b) => a.span[1] - a.span[0] - (b.span[1] - b.span[0]));
  // Whoever points behind a line's last word, or at its full stop, means the line.
  const at = (behind) => places.find(({ span }) => span[0] <= start && start < span[1] + behind);
  (at(0) ?? at(2))?.show();
}

// To the words themselves; on a phone they are a tab of their own.
export function seeWords(span) {
  if (byId("tab-text").offsetParent) showTab("text");
  point(span);
}

// --- keys and clicks ----------------------------------------------------------------------------

function step(direction, wanted = () => true) {
  const tasks = visibleTasks();
  let place = tasks.findIndex((task) => task.key === review.current);
  if (place < 0 && direction < 0) place = tasks.length;
  do place += direction;
  while (tasks[place] && !wanted(tasks[place]));
  if (!tasks[place]) return;
  if (byId("pane-tasks").hidden) showTab("tasks");
  choose(tasks[place].key, { focus: true });
}

export function startEditing(task, how) {
  review.editing = { key: task.key, how };
  review.current = task.key;
  openTask(task.key);
  document.querySelector(".editor textarea, .editor input")?.focus();
}

export function stopEditing() {
  review.editing = null;
  openTask(review.current, { focus: true });
}

export function mergeWithAbove(task) {
  const tasks = visibleTasks().filter((other) => other.kept);
  const place = tasks.findIndex((other) => other.key === task.key);
  if (place <= 0) return;
  review.current = tasks[place - 1].key;
  take("merge", { keys: [tasks[place - 1].key, task.key] });
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
  u: () => review.state.canUndo && take("undo"),
  r: () => review.state.canRedo && take("redo"),
  1: () => showTab("look"),
  2: () => showTab("tasks"),
  3: () => showTab("names"),
  4: () => showTab("header"),
  p: enterPaper,
  "/": () => (showTab("tasks"), byId("task-search").focus()),
  "?": () => byId("keys").showModal(),
};
const TASK_KEYS = {
  Enter: (task) => startEditing(task, "edit"),
  x: (task) => take("decide", { keys: [task.key], keep: !task.kept }),
  m: mergeWithAbove,
  s: (task) => startEditing(task, "split"),
  a: (task) => startEditing(task, "add"),
  "]": indent,
  "[": outdent,
};

// Wagtail's sidebar listens to "[" as well: here the key belongs to the task.
document.addEventListener("keydown", onKey, { capture: true });

function onKey(event) {
  if (!review.state) return;
  if (event.key === "Escape" && review.editingLine && !byId("pane-header").hidden) return stopEditingLine();
  if (event.key === "Escape" && review.editing) return stopEditing();
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select, dialog, .sidebar");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  // A button keeps its own Enter, a row of tabs its own arrows.
  if (event.key === "Enter" && event.target.closest("button, a")) return;
  if (event.key.startsWith("Arrow") && !event.target.closest("#pane-tasks, #document-lines, #paper, body:not(:focus-within)")) return;
  const task = taskOf(review.current);
  const act =
    (event.target.closest("#paper") && PAPER_KEYS[event.key]) ||
    (event.key === "a" && selectedSpan() && taskFromWords) ||
    (!byId("pane-header").hidden && LINE_KEYS[event.key]) ||
    KEYS[event.key] ||
    (task && !byId("pane-tasks").hidden && TASK_KEYS[event.key] && (() => TASK_KEYS[event.key](task)));
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act(event);
}

for (const tab of document.querySelectorAll(".review-tabs [role=tab]")) {
  tab.addEventListener("click", () => showTab(tab.id.replace("tab-", "")));
  tab.addEventListener("keydown", (event) => {
    const tabs = [...document.querySelectorAll(".review-tabs [role=tab]")].filter((t) => t.offsetParent);
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!move) return;
    const next = tabs[(tabs.indexOf(tab) + move + tabs.length) % tabs.length];
    next.focus();
    next.click();
  });
}

// Nothing is accepted over the head of a change that is still on its way.
byId("accept-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (await allSent()) event.target.submit();
});
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
  review.current = keys[0];
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
for (const button of byId("from-words").querySelectorAll("button")) {
  // A press would take the marking away before the click comes.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    const span = selectedSpan();
    if (!span || !button.dataset.part) return taskFromWords();
    window.getSelection().removeAllRanges();
    startAdding(button.dataset.part, span);
  });
}

async function taskFromWords() {
  const span = selectedSpan();
  if (!span) return;
  const title = review.state.text.slice(...span).replace(/\s+/g, " ").trim();
  const above = review.state.tasks.filter((task) => task.span && task.span[0] <= span[0]).at(-1);
  window.getSelection().removeAllRanges();
  const known = new Set(review.state.tasks.map((task) => task.key));
  showTab("tasks");
  if (await take("add", { title, after: above ? above.key : null, span })) {
    const added = review.state.tasks.find((task) => !known.has(task.key));
    if (added) showTask(added.key);
  }
}

addEventListener("hashchange", () => {
  const name = location.hash.slice(1);
  if (byId(`tab-${name}`)) showTab(name);
});

await load();
drawPaper(byId("paper"), review.state.text);
const asked = location.hash.slice(1);
showTab(byId(`tab-${asked}`) ? asked : "look");
await sendWhatWasKept();
root.dataset.ready = "yes";
