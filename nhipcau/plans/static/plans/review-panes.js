// The other panes: what to look at first, and names that are not known.

import { findUnits, makeUnit, take, unitForm } from "./review-line.js";
import { showPlace } from "./review-paper.js";
import { fill, goTo, review, showTab, showTask } from "./review-core.js";
import { make } from "./review-tasks.js";

const MOST_LISTED = 100;

// --- to look at ---------------------------------------------------------------------------------

export function drawToLookAt(place, names) {
  const { phrases, state } = review;
  const inEnglish = document.getElementById("review").dataset.lang.startsWith("en");
  const kept = state.tasks.filter((task) => task.kept);
  const doubtful = kept.filter((task) => task.doubtful);
  const warnings = state.warnings.map((warning) =>
    line("warning", inEnglish ? warning.text_en : warning.text, warning.span && phrases.see_words, () => {
      showPlace(warning.span[0]);
      goTo(warning.span[0]);
    }),
  );
  const unknown = [...names.entries()].map(([words, { party, tasks }]) =>
    line(
      "name",
      make("span", {}, make("strong", {}, words), ` · ${why(party)} · ${fill(phrases.used_by, { count: tasks.length })}`),
      phrases.choose_unit,
      () => {
        showTab("names");
        rowOfName(words)?.querySelector("button, input")?.focus();
      },
    ),
  );
  const unsure = doubtful.map((task) =>
    line(
      "doubt",
      make("span", {}, make("span", { class: "path" }, task.path), ` ${task.title}`),
      phrases.see_task,
      () => showTask(task.key),
    ),
  );
  const nothing = !warnings.length && !unknown.length && !unsure.length;
  place.replaceChildren(
    make(
      "ul",
      { class: "figures" },
      figure(kept.length, phrases.n_tasks, "tasks"),
      figure(warnings.length, phrases.n_warnings, null),
      figure(names.size, phrases.n_names, "names"),
      figure(doubtful.length, phrases.n_doubtful, null),
    ),
    ...group(phrases.group_warnings, warnings),
    ...group(phrases.group_names, unknown),
    ...group(phrases.group_doubtful, unsure),
    ...(nothing ? [make("p", { class: "nothing" }, phrases.nothing_to_look_at)] : []),
  );
}

function figure(count, label, tab) {
  const inside = [make("b", {}, String(count)), make("span", {}, label)];
  return make(
    "li",
    {},
    tab ? make("button", { type: "button", onclick: () => showTab(tab) }, ...inside) : make("div", {}, ...inside),
  );
}

function group(title, lines) {
  if (!lines.length) return [];
  const more = lines.length - MOST_LISTED;
  return [
    make("h2", {}, `${title} `, make("span", { class: "badge" }, String(lines.length))),
    make("ul", { class: "look-lines" }, ...lines.slice(0, MOST_LISTED)),
    more > 0 ? make("p", { class: "help" }, fill(review.phrases.and_more, { count: more })) : "",
  ];
}

function line(kind, words, label, act) {
  return make(
    "li",
    { class: `look-line ${kind}` },
    make("span", { class: "look-words" }, words),
    label ? make("button", { type: "button", class: "nc-button small quiet", onclick: act }, label) : null,
  );
}

const why = (party) =>
  party.name.state === "ambiguous" ? review.phrases.ambiguous : review.phrases.undecided;

// --- names --------------------------------------------------------------------------------------

const rowOfName = (words) =>
  [...document.querySelectorAll(".names > li")].find((row) => row.dataset.words === words);

export function drawNames(place, names) {
  const { phrases } = review;
  const rows = [...place.querySelectorAll(".names > li")];
  const focused = rows.findIndex((row) => row.contains(document.activeElement));
  if (!names.size) {
    place.replaceChildren(make("p", { class: "nothing", tabindex: -1 }, phrases.names_done));
    if (focused >= 0) place.firstChild.focus();
    return;
  }
  const all = make(
    "button",
    { type: "button", class: "nc-button quiet", onclick: () => take("names_as_written") },
    phrases.all_as_written,
  );
  place.replaceChildren(
    make("div", { class: "task-tools" }, make("p", { class: "help" }, phrases.names_help), all),
    make("ul", { class: "names" }, ...[...names.entries()].map(([words, known]) => nameRow(words, known))),
  );
  // The next name takes the place of the one that was decided.
  if (focused >= 0) {
    const now = place.querySelectorAll(".names > li");
    now[Math.min(focused, now.length - 1)].querySelector("button, input").focus();
  }
}

function nameRow(words, { party, tasks }) {
  const { phrases } = review;
  const pick = (unit) =>
    take("name", {
      words,
      name: {
        unit: unit.kind === "unit" ? unit.id : null,
        group: unit.kind === "group" ? unit.id : null,
        label: unit.label,
      },
    });
  const offers = (units) =>
    units.map((unit) =>
      make("button", { type: "button", class: "nc-button small", onclick: () => pick(unit) }, unit.label),
    );
  const found = make("div", { class: "offers", role: "status" });
  const search = make("input", {
    type: "search",
    placeholder: phrases.search_unit,
    "aria-label": `${phrases.search_unit}: ${words}`,
  });
  let asked = 0;
  search.addEventListener("input", async () => {
    const mine = ++asked;
    if (search.value.trim().length < 2) return found.replaceChildren();
    const units = await findUnits(search.value);
    if (mine === asked) found.replaceChildren(...(units.length ? offers(units) : [phrases.nothing_found]));
  });
  const mayMake = Boolean(document.getElementById("review").dataset.newUnit);
  const first = tasks[0];
  const row = make(
    "li",
    { "data-words": words },
    make("p", { class: "name-words" }, words),
    make(
      "p",
      { class: "name-where" },
      `${why(party)} · ${fill(phrases.used_by, { count: tasks.length })} · `,
      make("button", { type: "button", class: "link", onclick: () => showTask(first.key) }, first.path),
    ),
    party.name.candidates.length
      ? make("div", { class: "offers" }, make("span", {}, `${phrases.candidates}:`), ...offers(party.name.candidates))
      : null,
    make(
      "div",
      { class: "offers" },
      search,
      make(
        "button",
        {
          type: "button",
          class: "nc-button small quiet",
          onclick: () => take("name", { words, name: { unit: null, group: null } }),
        },
        phrases.as_written,
      ),
      mayMake
        ? make(
            "button",
            { type: "button", class: "nc-button small quiet", onclick: () => openUnitForm(row, words, pick) },
            phrases.new_unit,
          )
        : null,
    ),
    found,
  );
  return row;
}

async function openUnitForm(row, words, pick) {
  const { phrases } = review;
  if (row.querySelector("form")) return;
  const { kinds, areas, area } = await unitForm();
  const name = make("input", { type: "text", required: true, maxlength: 300, value: words });
  const choice = (options, chosen) =>
    make(
      "select",
      {},
      ...options.map(([value, label]) => make("option", { value, selected: value === chosen }, label)),
    );
  const kind = choice(kinds, "department");
  const where = choice([["", phrases.no_area], ...areas], area);
  const trouble = make("p", { class: "trouble", role: "alert" });
  const field = (label, input) => make("label", { class: "field" }, make("span", {}, label), input);
  const form = make(
    "form",
    {
      class: "editor",
      onsubmit: async (event) => {
        event.preventDefault();
        const told = await makeUnit({ name: name.value, kind: kind.value, area: where.value });
        if (told.sentence) trouble.textContent = told.sentence;
        else pick(told.unit);
      },
    },
    field(phrases.unit_name, name),
    make("div", { class: "fields" }, field(phrases.unit_kind, kind), field(phrases.unit_area, where)),
    trouble,
    make(
      "div",
      { class: "task-acts" },
      make("button", { class: "nc-button small" }, phrases.make_unit),
      make("button", { type: "button", class: "nc-button small quiet", onclick: () => form.remove() }, phrases.cancel),
    ),
  );
  row.append(form);
  name.focus();
}
