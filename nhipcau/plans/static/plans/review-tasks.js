// The tree of proposed tasks and its editors.

import { EDITORS } from "./review-editor.js";
import { take } from "./review-line.js";
import { placeOf } from "./review-paper.js";
import {
  choose,
  drawChosen,
  fill,
  indent,
  mergeWithAbove,
  outdent,
  review,
  seeWords,
  startEditing,
  taskOf,
  visibleTasks,
} from "./review-core.js";

const SHOWN_AT_ONCE = 200;
let shown = SHOWN_AT_ONCE;
let grows = null;

export function make(tag, attributes = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...inside.filter((part) => part !== null && part !== undefined));
  return element;
}

export function drawTasks(place) {
  const tasks = visibleTasks();
  const depths = depthsOf(review.state.tasks);
  const wanted = tasks.findIndex((task) => task.key === review.current);
  shown = Math.max(shown, wanted + 20);
  place.replaceChildren(...tasks.slice(0, shown).map((task) => row(task, depths.get(task.key) ?? 0)));
  grows?.disconnect();
  if (tasks.length > shown) {
    const end = make("li", { class: "more", "aria-hidden": "true" });
    place.append(end);
    grows = new IntersectionObserver(([seen]) => {
      if (!seen.isIntersecting) return;
      shown += SHOWN_AT_ONCE;
      drawTasks(place);
    });
    grows.observe(end);
  }
}

function depthsOf(tasks) {
  const parents = new Map(tasks.map((task) => [task.key, task.parent]));
  const depths = new Map();
  const depth = (key) => {
    if (!depths.has(key)) {
      const parent = parents.get(key);
      depths.set(key, parents.has(parent) ? depth(parent) + 1 : 0);
    }
    return depths.get(key);
  };
  tasks.forEach((task) => depth(task.key));
  return depths;
}

// Open one row, with what is known of it and what can be done, and close the others.
export function openTask(key, { focus = false } = {}) {
  const list = document.getElementById("tasks");
  let element = list.querySelector(`.task[data-key="${key}"]`);
  if (!element && taskOf(key)) {
    drawTasks(list); // it stands below what has been drawn so far
    element = list.querySelector(`.task[data-key="${key}"]`);
  }
  for (const other of list.querySelectorAll(".task.current")) if (other !== element) close(other);
  if (!element) return;
  close(element);
  open(element, taskOf(key));
  if (focus) element.querySelector(".task-head").focus({ preventScroll: true });
  if (!document.getElementById("pane-tasks").hidden) {
    element.scrollIntoView({ block: review.editing ? "start" : "nearest" });
  }
}

function open(element, task) {
  element.classList.add("current");
  element.querySelector(".task-head").setAttribute("aria-expanded", "true");
  if (review.editing?.key === task.key) element.append(EDITORS[review.editing.how](task));
  else element.append(details(task), acts(task));
}

function close(element) {
  element.classList.remove("current");
  element.querySelector(".task-head").setAttribute("aria-expanded", "false");
  element.querySelectorAll(".task-details, .task-acts, .editor").forEach((part) => part.remove());
}

function row(task, depth) {
  const { phrases } = review;
  const lead = task.body.parties.filter((party) => party.role === "lead" || party.role === "implementing");
  const box = make("input", {
    type: "checkbox",
    "aria-label": `${task.path} ${task.title.slice(0, 80)}`,
    onchange: (event) => {
      if (event.target.checked) review.chosen.add(task.key);
      else review.chosen.delete(task.key);
      drawChosen();
    },
  });
  box.checked = review.chosen.has(task.key);
  const head = make(
    "div",
    {
      class: "task-head",
      role: "button",
      tabindex: 0,
      "aria-expanded": false,
      onclick: () => choose(task.key),
      ondblclick: () => startEditing(task, "edit"),
      onfocus: () => review.current !== task.key && choose(task.key),
    },
    make("span", { class: "path" }, task.path),
    make("span", { class: "title" }, task.title),
    make(
      "span",
      { class: "chips" },
      ...lead.map((party) => chip(party)),
      task.body.timing?.words ? make("span", { class: "chip time" }, task.body.timing.words) : null,
      task.doubtful ? make("span", { class: "chip doubt" }, phrases.doubtful_short) : null,
      task.kept ? null : make("span", { class: "chip no" }, phrases.rejected),
    ),
  );
  const element = make(
    "li",
    {
      class: `task${task.kept ? "" : " not-kept"}`,
      "data-key": task.key,
    },
    box,
    head,
  );
  element.style.setProperty("--depth", depth);
  if (task.key === review.current) open(element, task);
  return element;
}

function chip(party) {
  const undecided = party.name.state === "unknown" || party.name.state === "ambiguous";
  const why = { unknown: review.phrases.undecided, ambiguous: review.phrases.ambiguous }[party.name.state];
  return make(
    "span",
    { class: `chip party${undecided ? " undecided" : ""}`, title: why ?? party.name.label },
    party.words,
  );
}

// A unit as its details show it: its words, what the plan says right behind them (“theo chức năng,
// nhiệm vụ”), and which unit of the register is meant.
const withRemark = (party) => [
  party.span ? make("button", { type: "button", class: "value", onclick: () => seeWords(party.span) }, chip(party)) : chip(party),
  party.qualifier ? make("span", { class: "help" }, `(${party.qualifier}) `) : null,
  party.name.label && party.name.label !== party.words ? make("span", { class: "help" }, `= ${party.name.label} `) : null,
];

export const day = (iso) => (iso ? iso.split("-").reverse().join("/") : "");

function timeOf(timing) {
  const from = day(timing.starts_on);
  const to = day(timing.ends_on);
  return [
    timing.words,
    from && to ? `${from} – ${to}` : from || to,
    timing.recurrence ? review.phrases.recurrences[timing.recurrence] : "",
    timing.tentative ? review.phrases.tentative : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

// Where the words of a task stand: inside its own words, as the reader said or as they are found.
export function placesOf(task) {
  const places = { task: task?.span ? [task.span] : [] };
  if (!task) return places;
  const found = (words) => task.span && placeOf(words, task.span);
  for (const party of task.body.parties) (places[party.role] ??= []).push(party.span);
  places.time = [task.body.timing?.span];
  places.product = task.body.products.map((product) => found(product.words));
  places.audience = task.body.audiences.map(found);
  return places;
}

// A value that leads to its words; plain words where they are not found in the plan.
export function value(words, span, ...more) {
  return span
    ? make("button", { type: "button", class: "value", title: review.phrases.see_words, onclick: () => seeWords(span) }, words, ...more)
    : make("span", {}, words, ...more);
}

export function nameOfLanguage(tag) {
  const { phrases } = review;
  if (phrases.languages[tag]) return phrases.languages[tag];
  try {
    return new Intl.DisplayNames([document.documentElement.lang], { type: "language" }).of(tag);
  } catch {
    return tag;
  }
}

const languageChips = (tags) => tags.map((tag) => make("span", { class: "chip" }, nameOfLanguage(tag)));

// “2”, “from 2 to 5”, “at least 2”, each with what is counted.
function quantityOf({ at_least: least, at_most: most, counted_in: counted }) {
  const { phrases } = review;
  if (least === null && most === null) return "";
  const number =
    least === most
      ? `${least}`
      : fill(least === null ? phrases.no_more_than : most === null ? phrases.at_least_so_many : phrases.from_to, { least, most });
  return `${number} ${counted ?? ""}`.trim();
}

function productLine(product, span) {
  const kind = review.phrases.product_kinds[product.kind];
  const quantity = quantityOf(product);
  return make(
    "li",
    {},
    value(product.words, span),
    " ",
    kind ? make("span", { class: "chip" }, kind) : null,
    quantity ? make("span", { class: "chip" }, quantity) : null,
    ...languageChips(product.languages ?? []),
  );
}

function details(task) {
  const { phrases } = review;
  const lines = [];
  for (const [role, label] of Object.entries(phrases.roles)) {
    const parties = task.body.parties.filter((party) => party.role === role);
    if (parties.length) lines.push([label, make("span", {}, ...parties.flatMap(withRemark).filter(Boolean))]);
  }
  const time = timeOf(task.body.timing ?? {});
  if (time) lines.push([phrases.time_short, value(time, task.body.timing.span)]);
  const found = (words) => task.span && placeOf(words, task.span);
  const listed = (rows) => make("ul", { class: "items" }, ...rows);
  const { products, audiences, targets = [], languages = [], items = [] } = task.body;
  if (products.length) lines.push([phrases.products, listed(products.map((each) => productLine(each, found(each.words))))]);
  for (const [label, values] of [[phrases.targets, targets], [phrases.audiences, audiences]]) {
    if (values.length) lines.push([label, listed(values.map((words) => make("li", {}, value(words, found(words)))))]);
  }
  if (languages.length) lines.push([phrases.languages_label, make("span", {}, ...languageChips(languages))]);
  if (items.length) {
    const rows = items.map((item) =>
      make("li", {}, value(item.text, found(item.text)), " ", ...item.actors.map((words) => make("span", { class: "chip party" }, words))),
    );
    lines.push([phrases.items, listed(rows)]);
  }
  return make(
    "dl",
    { class: "task-details" },
    task.span ? make("dd", { class: "only-narrow whole" }, value(phrases.see_words, task.span)) : null,
    task.doubtful ? make("dd", { class: "doubt-line" }, phrases.doubtful) : null,
    ...lines.flatMap(([label, value]) => [make("dt", {}, label), make("dd", {}, value)]),
  );
}

function acts(task) {
  const { phrases } = review;
  const button = (label, act, more = "quiet") =>
    make("button", { type: "button", class: `nc-button small ${more}`, onclick: act }, label);
  return make(
    "div",
    { class: "task-acts" },
    button(phrases.edit, () => startEditing(task, "edit"), ""),
    task.kept
      ? button(phrases.reject, () => take("decide", { keys: [task.key], keep: false }))
      : button(phrases.take_back, () => take("decide", { keys: [task.key], keep: true })),
    button(phrases.merge, () => mergeWithAbove(task)),
    button(phrases.split, () => startEditing(task, "split")),
    button(phrases.indent, () => indent(task)),
    button(phrases.outdent, () => outdent(task)),
    button(phrases.add_below, () => startEditing(task, "add")),
  );
}
