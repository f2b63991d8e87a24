// The other panes: what to look at first, names that are not known, values of the document.

import { goTo, review, take, findUnits } from "./review.js";
import { showPlace } from "./review-paper.js";
import { make } from "./review-tasks.js";

export function drawWarnings(place) {
  const { phrases, state } = review;
  const inEnglish = document.getElementById("review").dataset.lang.startsWith("en");
  const spans = state.warnings.map((warning) => warning.span ?? null);
  place.replaceChildren(
    state.warnings.length
      ? make(
          "ol",
          { class: "warnings" },
          ...state.warnings.map((warning, index) =>
            make(
              "li",
              {},
              make(
                "button",
                {
                  type: "button",
                  disabled: !spans[index],
                  onclick: () => {
                    showPlace(spans[index][0]);
                    goTo(spans[index][0]);
                  },
                },
                inEnglish ? warning.text_en : warning.text,
              ),
            ),
          ),
        )
      : make("p", { class: "nothing" }, phrases.warnings_none),
  );
}

export function drawNames(place) {
  const { phrases, state } = review;
  const names = new Map();
  for (const task of state.tasks.filter((one) => one.kept)) {
    for (const party of task.body.parties) {
      if (!task.undecided.includes(party.words)) continue;
      const known = names.get(party.words) ?? { party, tasks: [] };
      known.tasks.push(task);
      names.set(party.words, known);
    }
  }
  if (!names.size) {
    place.replaceChildren(make("p", { class: "nothing" }, phrases.names_done));
    return;
  }
  const all = make(
    "button",
    { type: "button", class: "nc-button quiet", onclick: () => take("names_as_written") },
    phrases.all_as_written,
  );
  place.replaceChildren(
    make("div", { class: "task-tools" }, all),
    make("ul", { class: "names" }, ...[...names.entries()].map(([words, known]) => nameRow(words, known))),
  );
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
  const found = make("div", { class: "offers" });
  const search = make("input", {
    type: "search",
    placeholder: phrases.search_unit,
    "aria-label": `${phrases.search_unit}: ${words}`,
  });
  search.addEventListener("input", async () => {
    if (search.value.trim().length < 2) return found.replaceChildren();
    const units = await findUnits(search.value);
    found.replaceChildren(...(units.length ? offers(units) : [phrases.nothing_found]));
  });
  return make(
    "li",
    {},
    make("p", { class: "name-words" }, words),
    make(
      "p",
      { class: "name-where" },
      phrases.used_by.replace("%(count)s", tasks.length),
      " · ",
      party.name.state === "ambiguous" ? phrases.ambiguous : phrases.undecided,
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
    ),
    found,
  );
}

export function drawHeader(place) {
  const { phrases, state } = review;
  const fields = Object.entries(phrases.header).map(([key, label]) => {
    const value = state.header[key] ?? "";
    const input = key === "title" ? make("textarea", { rows: 4 }) : make("input", { type: "text" });
    input.value = value;
    input.addEventListener("change", () => {
      if (input.value !== value) take("header", { values: { [key]: input.value || null } });
    });
    return make("label", { class: "field" }, make("span", {}, label), input);
  });
  const bases = (state.header.legal_bases ?? []).map((basis) =>
    [basis.type, basis.number ?? basis.name, basis.date].filter(Boolean).join(" · "),
  );
  const lists = [
    [phrases.bases, bases],
    [phrases.funding, state.header.funding_sources ?? []],
    [phrases.recipients, state.header.recipients ?? []],
  ].flatMap(([label, values]) =>
    values.length ? [make("h2", {}, label), make("ul", { class: "plain" }, ...values.map((value) => make("li", {}, value)))] : [],
  );
  place.replaceChildren(make("div", { class: "fields" }, ...fields), ...lists);
}
