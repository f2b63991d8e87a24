/* Pasting with its tables: a place that shows what was pasted, instead of the bare text field. */
(() => {
  const LARGEST = 4_500_000; // characters; the server takes no larger form
  const STEPS = 20; // that can be taken back
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

  /* What is shown is drawn anew: nothing of the pasted code runs here. What the server reads looks,
     lists and links from is kept beside it, in words, and told when the page is sent. */
  const SILENT = /^(SCRIPT|STYLE|META|LINK|TITLE|TEMPLATE|NOSCRIPT|BASE|XML)$/;
  const AS_IT_IS =
    /^(P|DIV|H[1-6]|UL|OL|LI|TABLE|CAPTION|THEAD|TBODY|TFOOT|TR|TD|TH|B|I|STRONG|EM|SUB|SUP|BR|PRE|BLOCKQUOTE)$/;
  const BLOCK =
    /^(ADDRESS|ARTICLE|ASIDE|CENTER|DD|DETAILS|DL|DT|FIELDSET|FIGCAPTION|FIGURE|FOOTER|FORM|HEADER|HR|LEGEND|MAIN|NAV|SECTION|SUMMARY)$/;
  const PICTURE = /^data:image\/(png|jpeg|gif|webp);base64,/i;
  const KEPT = [
    "style", "class", "href", "src", "data", "alt", "face", "start", "value", "colspan", "rowspan",
    "aria-level", "hidden",
  ];

  const shown = (markup) => {
    const fragment = /<!--\s*StartFragment\s*-->([\s\S]*)<!--\s*EndFragment\s*-->/.exec(markup);
    const read = new DOMParser().parseFromString(fragment ? fragment[1] : markup, "text/html");
    const drawn = document.createDocumentFragment();
    const walk = (from, into) => {
      for (const node of from.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) into.append(node.data);
        if (node.nodeType !== Node.ELEMENT_NODE || SILENT.test(node.tagName)) continue;
        into.append(copyOf(node));
      }
    };
    const copyOf = (node) => {
      const kept = { tag: node.localName };
      for (const name of KEPT) {
        if (node.hasAttribute(name)) kept[name] = node.getAttribute(name);
      }
      // What has no words of its own is shown as a picture without one, or it would not stay.
      const isEmpty = /^(IMG|IFRAME|OBJECT|EMBED|VIDEO|AUDIO)$/.test(node.tagName);
      const name = AS_IT_IS.test(node.tagName) ? node.localName : isEmpty ? "img" : BLOCK.test(node.tagName) ? "div" : "span";
      const copy = document.createElement(name);
      copy.dataset.kept = JSON.stringify(kept);
      if (isEmpty) {
        copy.alt = kept.alt || kept.tag;
        if (PICTURE.test(kept.src ?? "")) copy.src = kept.src;
      } else walk(node, copy);
      for (const span of ["colspan", "rowspan"]) {
        if (kept[span]) copy.setAttribute(span, kept[span]);
      }
      return copy;
    };
    walk(read.body, drawn);
    return drawn;
  };

  const escaped = (text) =>
    text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
  const told = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return escaped(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE) return "";
    const { tag = node.localName, ...more } = JSON.parse(node.dataset.kept ?? "{}");
    const looks = Object.entries(more).map(([name, value]) => ` ${name}="${escaped(value)}"`);
    const open = `<${tag}${looks.join("")}>`;
    if (/^(br|hr|img|embed)$/.test(tag)) return open;
    return `${open}${[...node.childNodes].map(told).join("")}</${tag}>`;
  };
  const tell = () => {
    source.value = [...place.childNodes].map(told).join("");
  };

  /* The browser takes back only what it did itself, so that every step is kept here. */
  const past = [];
  const future = [];
  const copy = () => [...place.childNodes].map((node) => node.cloneNode(true));
  const keep = () => {
    past.push(copy());
    if (past.length > STEPS) past.shift();
    future.length = 0;
  };
  const goTo = (from, other) => {
    if (!from.length) return;
    other.push(copy());
    place.replaceChildren(...from.pop());
    getSelection().selectAllChildren(place);
    getSelection().collapseToEnd();
    tell();
  };
  const takeBack = () => goTo(past, future);
  const redo = () => goTo(future, past);

  /* Behind the paragraph, list or table in which the cursor stands; in place of what is marked. */
  const put = (drawn) => {
    keep();
    const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
    const isHere = range && place.contains(range.commonAncestorContainer);
    if (isHere && !range.collapsed) range.deleteContents();
    let before = isHere ? range.startContainer : place.lastChild;
    if (before === place) before = place.childNodes[range.startOffset - 1] ?? null;
    while (before && before.parentNode !== place) before = before.parentNode;
    const last = drawn.lastChild;
    if (before) before.after(drawn);
    else place.prepend(drawn);
    if (last) getSelection().collapse(last, last.childNodes.length);
    tell();
  };

  place.addEventListener("paste", (event) => {
    event.preventDefault();
    const markup = event.clipboardData.getData("text/html");
    const lines = event.clipboardData.getData("text/plain").split(/\r?\n/);
    put(shown(markup || lines.map((line) => `<p>${escaped(line)}</p>`).join("")));
  });
  let run = ""; // the kind of typing that goes on; it is taken back as one step
  place.addEventListener("beforeinput", (event) => {
    if (event.inputType === "historyUndo" || event.inputType === "historyRedo") {
      event.preventDefault();
      return event.inputType === "historyUndo" ? takeBack() : redo();
    }
    if (event.inputType !== run) keep();
    run = event.inputType;
  });
  place.addEventListener("input", tell);
  place.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    const key = event.key.toLowerCase();
    if (key === "z" || key === "y") {
      event.preventDefault();
      run = "";
      if (key === "y" || event.shiftKey) redo();
      else takeBack();
    } else if (key === "v") run = "";
  });

  form.addEventListener("submit", (event) => {
    if (source.value.length <= LARGEST) return;
    event.preventDefault();
    form.querySelector(".paste-place ~ .trouble")?.remove();
    const said = document.createElement("p");
    said.className = "trouble";
    said.setAttribute("role", "alert");
    said.textContent = form.dataset.tooLarge;
    place.after(said);
  });
})();
