/* Pasting with its tables: a place that shows what was pasted, instead of the bare text field. */
(() => {
  const LARGEST = 4_500_000; // characters; the server takes no larger form
  const source = document.querySelector(".paste-source");
  const form = document.querySelector(".bring-words");
  if (!source || !form) return;

  const place = document.createElement("div");
  place.className = "paste-place";
  place.contentEditable = "true";
  place.setAttribute("role", "textbox");
  place.setAttribute("aria-multiline", "true");
  place.setAttribute("aria-label", form.querySelector(`label[for="${source.id}"]`).innerText);
  source.hidden = true;
  source.after(place);
  let raw = "";

  /* What is shown is drawn anew from the words alone: nothing of the pasted code runs here. */
  const shown = (markup) => {
    const read = new DOMParser().parseFromString(markup, "text/html");
    const kept = document.createDocumentFragment();
    const walk = (from, into) => {
      for (const node of from.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) into.append(node.data);
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        if (["SCRIPT", "STYLE", "META", "LINK", "TITLE"].includes(node.tagName)) continue;
        if (/^(P|DIV|H[1-6]|UL|OL|LI|TABLE|THEAD|TBODY|TR|TD|TH|B|I|STRONG|EM|BR)$/.test(node.tagName)) {
          const copy = document.createElement(node.tagName);
          walk(node, copy);
          into.append(copy);
        } else walk(node, into);
      }
    };
    walk(read.body, kept);
    return kept;
  };

  place.addEventListener("paste", (event) => {
    const markup = event.clipboardData.getData("text/html");
    event.preventDefault();
    if (markup) {
      raw += markup;
      place.append(shown(markup));
    } else {
      const text = event.clipboardData.getData("text/plain");
      const words = text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
      raw += words
        .split(/\r?\n/)
        .map((line) => `<p>${line}</p>`)
        .join("");
      place.append(text);
    }
    source.value = raw;
  });
  place.addEventListener("input", () => {
    // Typed or deleted by hand: what stands here is what counts now.
    raw = place.innerHTML;
    source.value = raw;
  });
  form.addEventListener("submit", (event) => {
    if (source.value.length <= LARGEST) return;
    event.preventDefault();
    const said = document.createElement("p");
    said.className = "trouble";
    said.setAttribute("role", "alert");
    said.textContent = form.dataset.tooLarge;
    place.after(said);
  });
})();
