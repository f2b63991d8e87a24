// The document: its values, and line by line what it rests on, costs, lays upon whom and is owed.

import { take } from "./review-line.js";
import { mark, placeOf } from "./review-paper.js";
import { review, seeWords, showTab } from "./review-core.js";
import { area, choice, field, form, linesOf, unitInput } from "./review-editor.js";
import { day, make } from "./review-tasks.js";

const PARTS = ["legal_bases", "funding_sources", "duties", "reports", "recipients"];
const EMPTY = {
  legal_bases: { type: "", number: "", date: null, name: "", issuer: null },
  funding_sources: { words: "" },
  duties: { words: "", unit: "", name: null },
  reports: { words: "", unit: "", name: null, to: [], recurrence: "", deadline: "" },
  recipients: { words: "" },
};
const byId = (id) => document.getElementById(id);

// The reader's "2024-05-01", "2024-05" or "2024" as people write it, and back.
const written = (key, value) => (key === "date" ? day(value ?? "") : (value ?? ""));
const meant = (key, value) => (key === "date" ? value.trim().split("/").reverse().join("-") : value) || null;

// --- values -------------------------------------------------------------------------------------

export function drawHeader(place) {
  const fields = place.querySelector(".header-values");
  if (!fields) {
    place.replaceChildren(make("div", { class: "fields header-values" }, ...values()), make("div", { id: "document-lines" }));
  }
  for (const input of place.querySelectorAll("[data-header]")) {
    // Whoever is typing into a field keeps it; the others show the newest values.
    if (input !== document.activeElement) fillIn(input);
  }
  drawLines();
}

function fillIn(input) {
  const { header, period } = review.state;
  const key = input.dataset.header;
  if (key === "is_draft") input.checked = Boolean(header.is_draft);
  else if (key === "starts_on" || key === "ends_on") input.value = period[key === "starts_on" ? 0 : 1] ?? "";
  else input.value = written(key, header[key]);
}

function values() {
  const { phrases } = review;
  const mend = (given) => take("header", { values: given });
  const watched = (key, input, change) => {
    input.dataset.header = key;
    input.addEventListener("change", change);
    input.addEventListener("focus", () => {
      const span = review.state.header.places?.[key];
      if (span) mark({ task: [span] }, true);
    });
    return input;
  };
  const fields = Object.entries(phrases.header).map(([key, label]) => {
    const input =
      key === "title" ? make("textarea", { rows: 4 }) : key === "doc_type" ? choice(phrases.types) : make("input", { type: "text" });
    const change = () => {
      const value = meant(key, input.value);
      if (value !== (review.state.header[key] ?? null)) mend({ [key]: value });
    };
    return field(label, watched(key, input, change));
  });
  const starts = make("input", { type: "date" });
  const ends = make("input", { type: "date" });
  // Both or none: without them the days are those that the title names.
  const days = () => {
    const [from, to] = [starts.value, ends.value];
    if (Boolean(from) === Boolean(to)) mend({ starts_on: from || null, ends_on: to || null });
  };
  const draft = make("input", { type: "checkbox" });
  fields.push(
    field(phrases.covers_from, watched("starts_on", starts, days)),
    field(phrases.covers_to, watched("ends_on", ends, days)),
    make("label", { class: "check" }, watched("is_draft", draft, () => mend({ is_draft: draft.checked })), ` ${phrases.is_draft}`),
  );
  return fields;
}

// --- lines --------------------------------------------------------------------------------------

const same = (one, other) => one && other && one.part === other.part && one.place === other.place;
const lineOf = ({ part, place }) => review.state.header[part]?.[place];
const everyLine = () =>
  PARTS.flatMap((part) => (review.state.header[part] ?? []).map((_, place) => ({ part, place })));

// Where a line stands: as the reader said, else where its words are found.
function spanOf(part, line) {
  if (line.span) return line.span;
  return placeOf(part === "legal_bases" ? (line.number ?? line.name) : line.words);
}

function placesOf(part, line) {
  const span = spanOf(part, line);
  if (!span) return { task: [] };
  const near = [Math.max(0, span[0] - 1500), span[1]];
  return {
    task: [span],
    lead: line.unit ? [placeOf(line.unit, near)] : [],
    coordinating: (line.to ?? []).map((words) => placeOf(words, near)),
    time: line.deadline ? [placeOf(line.deadline, near)] : [],
  };
}

// What stands where in the text, for whoever points at it: {span, show}.
export function placesOfDocument() {
  const header = Object.entries(review.state.header.places ?? {})
    .filter(([key]) => key in review.phrases.header)
    .map(([key, span]) => ({ span, show: () => (showTab("header"), byId("header-fields").querySelector(`[data-header=${key}]`).focus()) }));
  const lines = everyLine().map((at) => ({ span: spanOf(at.part, lineOf(at)), show: () => showLine(at) }));
  return [...header, ...lines];
}

export function showLine(at) {
  showTab("header");
  chooseLine(at, { focus: true });
}

export function chooseLine(at, { focus = false, scroll = true } = {}) {
  if (!same(review.editingLine, at)) review.editingLine = null;
  review.line = at;
  drawAnew();
  const row = rowOf(at);
  if (!row) return;
  mark(placesOf(at.part, lineOf(at)), scroll);
  if (focus) row.querySelector(".line-head").focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

const rowOf = ({ part, place }) => byId("document-lines").querySelector(`li[data-part="${part}"][data-place="${place}"]`);

function drawLines() {
  if (review.editingLine && document.querySelector("#document-lines .editor")) return;
  const inside = byId("document-lines").contains(document.activeElement);
  drawAnew();
  const row = inside && review.line && rowOf(review.line);
  if (row) row.querySelector(".line-head").focus({ preventScroll: true });
}

function drawPart(part) {
  const { phrases, state } = review;
  const lines = state.header[part] ?? [];
  const add = make("button", { type: "button", class: "nc-button small quiet", onclick: () => startAdding(part) }, phrases.parts[part].add);
  const isNew = review.editingLine?.part === part && review.editingLine.place === null;
  return [
    make("h2", {}, `${phrases.parts[part].title} `, make("span", { class: "badge" }, String(lines.filter((line) => line.kept).length))),
    make("ul", { class: "document-lines" }, ...lines.map((line, place) => lineRow(part, line, place))),
    isNew ? editorOf(review.editingLine, review.editingLine.line) : add,
  ];
}

function lineRow(part, line, place) {
  const { phrases } = review;
  const at = { part, place };
  const isIt = same(review.line, at);
  const span = spanOf(part, line);
  const head = make(
    "div",
    {
      class: "line-head",
      role: "button",
      tabindex: 0,
      "aria-expanded": isIt,
      onclick: () => chooseLine(at, { focus: true }),
      ondblclick: () => startEditing(at),
      // By keyboard alone: between press and click nothing may be drawn anew.
      onfocus: (event) => event.target.matches(":focus-visible") && !same(review.line, at) && chooseLine(at, { focus: true }),
    },
    ...(part in HEADS ? HEADS[part](line) : [make("span", { class: "line-words" }, line.words)]),
    line.kept ? null : make("span", { class: "chip no" }, phrases.not_taken),
  );
  const row = make("li", { class: `line${isIt ? " current" : ""}${line.kept ? "" : " not-kept"}`, "data-part": part, "data-place": place }, head);
  if (isIt && same(review.editingLine, at)) row.append(editorOf(at, line));
  else if (isIt) row.append(actsOf(at, line, span));
  return row;
}

const HEADS = {
  legal_bases: (line) => [
    make("span", { class: "line-words" }, [line.type, line.number ?? line.name].filter(Boolean).join(" ")),
    make("span", { class: "help" }, [line.number ? line.name : null, day(line.date), line.issuer].filter(Boolean).join(" · ")),
  ],
  duties: (line) => [who(line), make("span", { class: "line-words" }, line.words)],
  reports: (line) => [
    who(line),
    make("span", { class: "line-words" }, line.words),
    make(
      "span",
      {},
      ...line.to.map((words) => make("span", { class: "chip" }, `→ ${words}`)),
      line.recurrence ? make("span", { class: "chip" }, review.phrases.recurrences[line.recurrence]) : null,
      line.deadline ? make("span", { class: "chip time" }, line.deadline) : null,
    ),
  ],
};

// Who owes it: the words of the plan, and the unit of the register where one is meant.
function who(line) {
  const { phrases } = review;
  if (!line.unit) return make("span", { class: "help" }, phrases.nobody_named);
  const label = line.name?.label;
  const said = !line.name ? phrases.unit_later : !line.name.unit ? phrases.only_words : label === line.unit ? phrases.on_record : `= ${label}`;
  return make("span", {}, make("span", { class: "chip party" }, line.unit), make("span", { class: "help" }, said));
}

function actsOf(at, line, span) {
  const { phrases } = review;
  const button = (label, act, more = "quiet") => make("button", { type: "button", class: `nc-button small ${more}`, onclick: act }, label);
  return make(
    "div",
    { class: "task-acts" },
    button(phrases.edit, () => startEditing(at), ""),
    line.kept ? button(phrases.not_taken, () => decide(at)) : button(phrases.take_back, () => decide(at)),
    span ? button(phrases.see_words, () => seeWords(span)) : null,
  );
}

const decide = (at) => take("line", { ...at, line: { ...lineOf(at), kept: !lineOf(at).kept } });

function startEditing(at) {
  review.editingLine = at;
  chooseLine(at);
  document.querySelector("#document-lines .editor :is(input, textarea)")?.focus();
}

// A new line of a part; with a span it is made of the words that are marked.
export function startAdding(part, span = null) {
  const words = span ? review.state.text.slice(...span).replace(/\s+/g, " ").trim() : "";
  const line = { ...EMPTY[part], span, kept: true, [part === "legal_bases" ? "name" : "words"]: words };
  showTab("header");
  review.line = null;
  review.editingLine = { part, place: null, line };
  drawAnew();
  const editor = document.querySelector("#document-lines .editor");
  editor.scrollIntoView({ block: "center" });
  editor.querySelector("input, textarea").focus();
}

function drawAnew() {
  byId("document-lines").replaceChildren(...PARTS.flatMap(drawPart));
}

export function stopEditingLine() {
  review.editingLine = null;
  drawAnew();
  const row = review.line && rowOf(review.line);
  row?.querySelector(".line-head").focus({ preventScroll: true });
}

function editorOf({ part, place }, line) {
  const [inputs, read] = (EDITORS[part] ?? editorOfWords)(line);
  const save = () => {
    const told = read();
    if (told) take("line", { part, place, line: { ...told, span: line.span, kept: true } });
  };
  return form(save, stopEditingLine, ...inputs);
}

const textOf = (value, attributes = {}) => make("input", { type: "text", value: value ?? "", ...attributes });

function words(line, rows = 3) {
  const input = area(line.words, rows);
  input.required = true;
  return input;
}

function editorOfWords(line) {
  const input = words(line);
  return [[field(review.phrases.words, input)], () => ({ words: input.value.trim() })];
}

const EDITORS = {
  legal_bases: (line) => {
    const { basis } = review.phrases;
    const type = textOf(line.type, { maxlength: 60 });
    const number = textOf(line.number, { maxlength: 100 });
    const date = textOf(written("date", line.date), { maxlength: 10 });
    const issuer = textOf(line.issuer, { maxlength: 300 });
    const name = area(line.name ?? "", 2);
    const read = () => ({
      type: type.value.trim(),
      number: number.value.trim() || null,
      date: meant("date", date.value),
      name: name.value.trim() || null,
      issuer: issuer.value.trim() || null,
    });
    const fields = make("div", { class: "fields" }, field(basis.type, type), field(basis.number, number), field(basis.date, date), field(basis.issuer, issuer));
    return [[fields, field(basis.name, name)], read];
  },
  duties: owing,
  reports: (line) => {
    const { phrases } = review;
    const [inputs, owed] = owing(line);
    const to = area(line.to.join("\n"), 2);
    const often = choice(phrases.recurrences, line.recurrence);
    const deadline = textOf(line.deadline, { maxlength: 300 });
    const read = () => {
      const told = owed();
      return told && { ...told, to: linesOf(to), recurrence: often.value, deadline: deadline.value.trim() };
    };
    const fields = make("div", { class: "fields" }, field(phrases.often, often), field(phrases.report_deadline, deadline));
    return [[...inputs, field(`${phrases.report_to} · ${phrases.one_a_line}`, to), fields], read];
  },
};

// Who owes what: the words as printed, and the unit that they mean. Without a unit the words alone
// are kept; for other words than before, the register is asked.
function owing(line) {
  const { phrases } = review;
  const unit = textOf(line.unit, { maxlength: 500 });
  const label = line.name?.unit ? line.name.label : "";
  const [which, options] = unitInput({ value: label, placeholder: phrases.search_unit }, { unitsOnly: true });
  which.addEventListener("input", () => which.setCustomValidity(""));
  const duty = words(line, 4);
  let offered = null;
  const offers = (line.name?.unit ? [] : (line.name?.candidates ?? [])).map((candidate) =>
    make("button", { type: "button", class: "nc-button small quiet", onclick: () => ((offered = candidate), (which.value = candidate.label)) }, candidate.label),
  );
  const read = () => {
    const told = { words: duty.value.trim(), unit: unit.value.trim() };
    const chosen = which.found_() ?? (offered?.label === which.value ? offered : null);
    const name = (state, id, label) => ({ state, unit: id, group: null, label, why: "", candidates: line.name?.candidates ?? [] });
    if (chosen) return { ...told, name: name("chosen", chosen.id, chosen.label) };
    if (which.value === label) return { ...told, name: told.unit === line.unit ? line.name : null };
    if (!which.value.trim()) return { ...told, name: name("as_written", null, "") };
    which.setCustomValidity(phrases.choose_from_list);
    which.reportValidity();
    return null;
  };
  return [
    [
      make("div", { class: "fields wide" }, field(phrases.unit_words, unit), field(phrases.candidates, which)),
      options,
      offers.length ? make("div", { class: "offers" }, ...offers) : "",
      field(phrases.words, duty),
    ],
    read,
  ];
}

// --- keys ---------------------------------------------------------------------------------------

function step(direction) {
  const lines = everyLine();
  const place = lines.findIndex((at) => same(at, review.line));
  const next = lines[place < 0 ? (direction > 0 ? 0 : lines.length - 1) : place + direction];
  if (next) chooseLine(next, { focus: true });
}

export const LINE_KEYS = {
  j: () => step(1),
  k: () => step(-1),
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  Enter: () => review.line && startEditing(review.line),
  x: () => review.line && decide(review.line),
  a: () => startAdding(review.line?.part ?? PARTS[0]),
};
