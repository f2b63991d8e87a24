// The tree of proposed tasks and its editors.

import { findUnits, take } from "./review-line.js";
import {
  choose,
  drawChosen,
  indent,
  mergeWithAbove,
  outdent,
  review,
  startEditing,
  stopEditing,
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

// What the plan says of a unit right behind its name: “theo chức năng, nhiệm vụ”.
const withRemark = (party) =>
  party.qualifier ? [chip(party), make("span", { class: "help" }, `(${party.qualifier}) `)] : [chip(party)];

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

function details(task) {
  const { phrases } = review;
  const lines = [];
  for (const [role, label] of Object.entries(phrases.roles)) {
    const parties = task.body.parties.filter((party) => party.role === role);
    if (parties.length) lines.push([label, make("span", {}, ...parties.flatMap(withRemark))]);
  }
  const time = timeOf(task.body.timing ?? {});
  if (time) lines.push([phrases.time_short, time]);
  if (task.body.products.length) {
    lines.push([phrases.products, task.body.products.map((product) => product.words).join("; ")]);
  }
  if (task.body.audiences.length) lines.push([phrases.audiences, task.body.audiences.join("; ")]);
  const items = task.body.items ?? [];
  if (items.length) {
    lines.push([phrases.items, make("ul", { class: "items" }, ...items.map((item) => make("li", {}, item.text)))]);
  }
  return make(
    "dl",
    { class: "task-details" },
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

const EDITORS = { edit: editor, split: splitter, add: adder };

function field(label, input) {
  return make("label", { class: "field" }, make("span", {}, label), input);
}

function area(value, rows = 3) {
  const input = make("textarea", { rows });
  input.value = value;
  return input;
}

function form(onsubmit, ...inside) {
  const { phrases } = review;
  return make(
    "form",
    {
      class: "editor",
      onsubmit: (event) => {
        event.preventDefault();
        onsubmit();
      },
    },
    ...inside,
    make(
      "div",
      { class: "task-acts" },
      make("button", { class: "nc-button small" }, phrases.save),
      make("button", { type: "button", class: "nc-button small quiet", onclick: stopEditing }, phrases.cancel),
    ),
  );
}

function splitter(task) {
  const titles = area(task.body.items.length > 1 ? task.body.items.map((item) => item.text).join("\n") : task.title, 6);
  return form(
    () => take("split", { key: task.key, titles: titles.value.split("\n") }),
    field(review.phrases.split_help, titles),
  );
}

function adder(task) {
  const title = area("", 2);
  return form(
    () => take("add", { title: title.value, after: task.key, span: null }),
    field(review.phrases.title, title),
  );
}

function editor(task) {
  const { phrases } = review;
  const timing = task.body.timing ?? {};
  const title = area(task.title, 4);
  const words = make("input", { type: "text", value: timing.words ?? "" });
  const starts = make("input", { type: "date", value: timing.starts_on ?? "" });
  const ends = make("input", { type: "date", value: timing.ends_on ?? "" });
  const often = make(
    "select",
    {},
    ...Object.entries(phrases.recurrences).map(([value, label]) =>
      make("option", { value, selected: value === (timing.recurrence ?? "") }, label),
    ),
  );
  const tentative = make("input", { type: "checkbox", checked: timing.tentative });
  const parties = make("ul", { class: "parties" }, ...task.body.parties.map(partyRow));
  const more = make(
    "button",
    {
      type: "button",
      class: "nc-button small quiet",
      onclick: () => {
        const added = partyRow({ role: "coordinating", words: "", span: null, confidence: 1, name: null });
        parties.append(added);
        added.querySelector("input").focus();
      },
    },
    phrases.add_party,
  );
  const products = area(task.body.products.map((product) => product.words).join("\n"), 3);
  const audiences = area(task.body.audiences.join("\n"), 2);
  const box = form(
    () => take("edit", { key: task.key, title: title.value, body: readEditor(task, box.fields) }),
    field(phrases.title, title),
    make("div", { class: "fields" }, field(phrases.time, words), field(phrases.starts, starts), field(phrases.ends, ends), field(phrases.often, often), make("label", { class: "check" }, tentative, ` ${phrases.tentative}`)),
    make("fieldset", {}, make("legend", {}, phrases.parties), parties, more),
    field(`${phrases.products} · ${phrases.one_a_line}`, products),
    field(`${phrases.audiences} · ${phrases.one_a_line}`, audiences),
  );
  box.fields = { words, starts, ends, often, tentative, parties, products, audiences };
  return box;
}

function partyRow(party) {
  const { phrases } = review;
  const options = make("datalist", { id: `units-${Math.random().toString(36).slice(2)}` });
  const name = make("input", { type: "text", value: party.words, list: options.id, "aria-label": phrases.parties, required: true });
  let found = [];
  name.addEventListener("input", async () => {
    if (name.value.length < 3) return;
    found = await findUnits(name.value);
    options.replaceChildren(...found.map((unit) => make("option", { value: unit.label })));
  });
  const role = make(
    "select",
    { "aria-label": phrases.parties },
    ...Object.entries(phrases.roles).map(([value, label]) =>
      make("option", { value, selected: value === party.role }, label),
    ),
  );
  const element = make(
    "li",
    {},
    role,
    name,
    options,
    make("button", { type: "button", class: "nc-button small quiet", onclick: () => element.remove() }, phrases.remove),
  );
  element.value_ = () => {
    if (name.value === party.words && party.name) return { ...party, role: role.value };
    const unit = found.find((one) => one.label === name.value);
    const known = unit
      ? { state: "chosen", unit: unit.kind === "unit" ? unit.id : null, group: unit.kind === "group" ? unit.id : null, label: unit.label }
      : { state: "unknown", unit: null, group: null, label: "" };
    return { role: role.value, words: name.value, qualifier: party.qualifier ?? "", span: null, confidence: 1, name: { why: "", candidates: [], ...known } };
  };
  return element;
}

export function readEditor(task, fields) {
  const lines = (input) => input.value.split("\n").map((line) => line.trim()).filter(Boolean);
  const kept = new Map(task.body.products.map((product) => [product.words, product]));
  const sameWords = fields.words.value === (task.body.timing?.words ?? "");
  return {
    parties: [...fields.parties.children].map((element) => element.value_()),
    timing: {
      words: fields.words.value,
      span: sameWords ? (task.body.timing?.span ?? null) : null,
      starts_on: fields.starts.value || null,
      ends_on: fields.ends.value || null,
      recurrence: fields.often.value,
      tentative: fields.tentative.checked,
    },
    products: lines(fields.products).map(
      (words) =>
        kept.get(words) ?? { words, kind: "", at_least: null, at_most: null, counted_in: "", languages: [] },
    ),
    audiences: lines(fields.audiences),
  };
}
