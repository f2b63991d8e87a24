// The editors of a proposed task, and what they share with those of the document's lines.

import { findUnits, take } from "./review-line.js";
import { review, stopEditing } from "./review-core.js";
import { make, nameOfLanguage } from "./review-tasks.js";

export const EDITORS = { edit: editor, split: splitter, add: adder };

export function field(label, input) {
  return make("label", { class: "field" }, make("span", {}, label), input);
}

export function area(value, rows = 3) {
  const input = make("textarea", { rows });
  input.value = value;
  return input;
}

export function form(onsubmit, oncancel, ...inside) {
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
      make("button", { type: "button", class: "nc-button small quiet", onclick: oncancel }, phrases.cancel),
    ),
  );
}

function splitter(task) {
  const titles = area(task.body.items.length > 1 ? task.body.items.map((item) => item.text).join("\n") : task.title, 6);
  return form(
    () => take("split", { key: task.key, titles: titles.value.split("\n") }),
    stopEditing,
    field(review.phrases.split_help, titles),
  );
}

function adder(task) {
  const title = area("", 2);
  return form(
    () => take("add", { title: title.value, after: task.key, span: null }),
    stopEditing,
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
  const often = choice(phrases.recurrences, timing.recurrence ?? "");
  const tentative = make("input", { type: "checkbox", checked: timing.tentative });
  const parties = rows(phrases.parties, phrases.add_party, task.body.parties, partyRow, NEW.party);
  const products = rows(phrases.products, phrases.add_product, task.body.products, productRow, NEW.product);
  const items = rows(phrases.items, phrases.add_item, task.body.items ?? [], itemRow, NEW.item);
  const targets = area((task.body.targets ?? []).join("\n"), 2);
  const audiences = area(task.body.audiences.join("\n"), 2);
  const languages = languagePicker(task.body.languages ?? []);
  const read = () => ({
    parties: parties.values_(),
    timing: {
      words: words.value,
      span: words.value === (timing.words ?? "") ? (timing.span ?? null) : null,
      starts_on: starts.value || null,
      ends_on: ends.value || null,
      recurrence: often.value,
      tentative: tentative.checked,
    },
    products: products.values_(),
    audiences: linesOf(audiences),
    targets: linesOf(targets),
    languages: languages.value_(),
    items: items.values_(),
  });
  return form(
    () => take("edit", { key: task.key, title: title.value, body: read() }),
    stopEditing,
    field(phrases.title, title),
    make("div", { class: "fields" }, field(phrases.time, words), field(phrases.starts, starts), field(phrases.ends, ends), field(phrases.often, often), make("label", { class: "check" }, tentative, ` ${phrases.tentative}`)),
    parties,
    products,
    field(`${phrases.targets} · ${phrases.one_a_line}`, targets),
    field(`${phrases.audiences} · ${phrases.one_a_line}`, audiences),
    make("fieldset", {}, make("legend", {}, phrases.languages_label), languages),
    items,
  );
}

const NEW = {
  party: { role: "coordinating", words: "", span: null, confidence: 1, name: null },
  product: { words: "", kind: "", at_least: null, at_most: null, counted_in: "", languages: [] },
  item: { text: "", actors: [] },
};

export const linesOf = (input) => input.value.split("\n").map((line) => line.trim()).filter(Boolean);

export const choice = (options, chosen, attributes = {}) =>
  make(
    "select",
    attributes,
    ...Object.entries(options).map(([value, label]) => make("option", { value, selected: value === chosen }, label)),
  );

// Several things of one kind, each in a row of its own; new ones are added below.
function rows(title, addLabel, values, rowOf, empty) {
  const list = make("ul", { class: "rows" }, ...values.map(rowOf));
  const more = make(
    "button",
    {
      type: "button",
      class: "nc-button small quiet",
      onclick: () => {
        const added = rowOf(empty);
        list.append(added);
        added.querySelector("input, textarea").focus();
      },
    },
    addLabel,
  );
  const box = make("fieldset", {}, make("legend", {}, title), list, more);
  box.values_ = () => [...list.children].map((element) => element.value_());
  return box;
}

function remover(label, element) {
  const away = () => {
    (element().nextElementSibling ?? element().parentElement.nextElementSibling).querySelector("input")?.focus();
    element().remove();
  };
  return make("button", { type: "button", class: "nc-button small quiet", "aria-label": `${review.phrases.remove}: ${label}`, onclick: away }, review.phrases.remove);
}

// An input with the units of the register whose name holds what is typed. `found_()` is the one
// that is typed in full.
export function unitInput(attributes, { unitsOnly = false } = {}) {
  const options = make("datalist", { id: `units-${Math.random().toString(36).slice(2)}` });
  const input = make("input", { type: "text", list: options.id, ...attributes });
  let found = [];
  input.addEventListener("input", async () => {
    if (input.value.length < 3) return;
    found = (await findUnits(input.value)).filter((unit) => !unitsOnly || unit.kind === "unit");
    options.replaceChildren(...found.map((unit) => make("option", { value: unit.label })));
  });
  input.found_ = () => found.find((unit) => unit.label === input.value);
  return [input, options];
}

function partyRow(party) {
  const { phrases } = review;
  const [name, options] = unitInput({ value: party.words, "aria-label": phrases.parties, required: true });
  const role = choice(phrases.roles, party.role, { "aria-label": phrases.parties });
  const remark = make("input", { type: "text", maxlength: 300, value: party.qualifier ?? "", placeholder: phrases.remark, "aria-label": `${phrases.remark}: ${party.words}` });
  const element = make("li", { class: "party-row" }, role, name, options, remark, remover(party.words, () => element));
  element.value_ = () => {
    const qualifier = remark.value.trim();
    if (name.value === party.words && party.name) return { ...party, role: role.value, qualifier };
    const unit = name.found_();
    const known = unit
      ? { state: "chosen", unit: unit.kind === "unit" ? unit.id : null, group: unit.kind === "group" ? unit.id : null, label: unit.label }
      : { state: "unknown", unit: null, group: null, label: "" };
    return { role: role.value, words: name.value, qualifier, span: null, confidence: 1, name: { why: "", candidates: [], ...known } };
  };
  return element;
}

function productRow(product) {
  const { phrases } = review;
  const words = make("input", { type: "text", maxlength: 500, required: true, value: product.words, "aria-label": phrases.products });
  const kind = choice({ "": phrases.kind_unknown, ...phrases.product_kinds }, product.kind);
  const number = (value) => make("input", { type: "number", min: 0, max: 2000000000, value: value ?? "" });
  const least = number(product.at_least);
  const most = number(product.at_most);
  const counted = make("input", { type: "text", maxlength: 60, value: product.counted_in ?? "" });
  const languages = languagePicker(product.languages ?? []);
  const element = make(
    "li",
    { class: "product-row" },
    words,
    remover(product.words, () => element),
    make("div", { class: "fields" }, field(phrases.product_kind, kind), field(phrases.at_least, least), field(phrases.at_most, most), field(phrases.counted_in, counted)),
    languages,
  );
  const count = (input) => (input.value === "" ? null : Number(input.value));
  element.value_ = () => ({
    ...product,
    words: words.value,
    kind: kind.value,
    at_least: count(least),
    at_most: count(most),
    counted_in: counted.value.trim(),
    languages: languages.value_(),
  });
  return element;
}

function itemRow(item) {
  const { phrases } = review;
  const words = area(item.text, 2);
  words.required = true;
  words.setAttribute("aria-label", phrases.items);
  const actors = make("input", { type: "text", value: item.actors.join("; "), placeholder: phrases.item_actors, "aria-label": `${phrases.item_actors}: ${item.text.slice(0, 60)}` });
  const element = make("li", { class: "item-row" }, words, remover(item.text.slice(0, 60), () => element), actors);
  element.value_ = () => ({
    text: words.value.trim(),
    // Names hold commas: they are parted by semicolons alone, and unchanged ones are not parted anew.
    actors: actors.value === item.actors.join("; ") ? item.actors : actors.value.split(";").map((each) => each.trim()).filter(Boolean),
  });
  return element;
}

// Languages as chips that can be taken away, and a choice of those that are not there yet.
export function languagePicker(tags) {
  const { phrases } = review;
  const chosen = [...tags];
  const element = make("div", { class: "languages" });
  const draw = () => {
    const more = make("select", {
      "aria-label": phrases.add_language,
      onchange: () => {
        chosen.push(more.value);
        draw();
        element.querySelector("select").focus();
      },
    });
    more.append(
      make("option", { value: "" }, phrases.add_language),
      ...Object.entries(phrases.languages)
        .filter(([tag]) => !chosen.includes(tag))
        .map(([tag, name]) => make("option", { value: tag }, name)),
    );
    element.replaceChildren(
      ...chosen.map((tag, place) =>
        make(
          "button",
          {
            type: "button",
            class: "chip away",
            "aria-label": `${phrases.remove}: ${nameOfLanguage(tag)}`,
            onclick: () => {
              chosen.splice(place, 1);
              draw();
              element.querySelector("select").focus();
            },
          },
          `${nameOfLanguage(tag)} ×`,
        ),
      ),
      more,
    );
  };
  draw();
  element.value_ = () => [...chosen];
  return element;
}
