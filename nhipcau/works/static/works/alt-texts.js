// What the library says of a picture, offered where a text shows it: in the language of the text,
// or the mark “decorative”. What the author wrote is left alone. Without this script the server
// takes the same words over when the draft is saved.
(() => {
  const followed = new WeakSet();
  let said = {}; // the sentences and the language stand on the panel of the body

  const textOf = (picture) => picture?.texts?.[said.altLanguage] ?? "";

  const tell = (field, sentence, address = "") => {
    field.parentElement.querySelector(".library-says")?.remove();
    if (!sentence) return;
    const hint = document.createElement("p");
    hint.className = "library-says help";
    hint.setAttribute("role", "status");
    field.after(hint);
    hint.append(sentence);
    if (!address) return;
    const link = document.createElement("a");
    link.href = `${address}#alt-texts`;
    link.target = "_blank";
    link.textContent = said.altWrite;
    hint.append(" ", link);
  };

  const put = (field, name, value) => {
    if (field[name] === value) return;
    field[name] = value;
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  };

  const offer = (alt, decorative, former, chosen) => {
    const words = alt.value.trim();
    if (words && words !== textOf(former)) {
      return tell(alt, words === textOf(chosen) ? said.altTaken : former && said.altKept);
    }
    if (decorative?.checked && !former?.is_decorative) return tell(alt, "");
    const isDecorative = Boolean(decorative && chosen.is_decorative);
    if (decorative) put(decorative, "checked", isDecorative);
    put(alt, "value", isDecorative ? "" : textOf(chosen));
    if (isDecorative) return tell(alt, said.altDecorative);
    return alt.value ? tell(alt, said.altTaken) : tell(alt, said.altNone, chosen.edit_url);
  };

  // A chooser tells of itself when it is drawn, and is followed from then on.
  const follow = (input) => {
    const widget = document.getElementById(`${input.id}-chooser`)?.widget;
    const panel = input.closest("[data-alt-language]");
    if (!widget || !panel || followed.has(widget)) return;
    followed.add(widget);
    said = panel.dataset;
    const beside = (name) => document.getElementById(input.id.replace(/picture$/, name));
    let former = widget.getState();
    widget.addEventListener("chosen", ({ detail }) => {
      if (beside("alt")) offer(beside("alt"), beside("decorative"), former, detail);
      former = detail;
    });
  };
  const followAll = () => document.querySelectorAll("input[id$='-picture']").forEach(follow);
  document.addEventListener("change", ({ target }) => target.matches("input[id$='-picture']") && follow(target));
  document.addEventListener("input", ({ target, isTrusted }) => {
    if (isTrusted && target.matches("input[id$='-alt']")) tell(target, "");
  });
  followAll();
  document.addEventListener("DOMContentLoaded", followAll);
})();
