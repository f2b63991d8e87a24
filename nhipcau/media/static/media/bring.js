// Files in pieces over a bad line: what has arrived stays, a file chosen again goes on. Two at a
// time; a line that is down is tried again, more and more slowly. Without it the form sends whole
// files.

const PIECE = 4 * 1024 * 1024;
const AT_ONCE = 2;
const form = document.getElementById("media-bring");

if (form) {
  const said = form.dataset;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const input = form.querySelector("[type=file]");
  const unit = form.querySelector("[name=unit]");
  const list = document.getElementById("arrivals");
  const drop = document.getElementById("media-drop");
  const waiting = [];
  let running = 0;
  form.classList.add("with-script");

  const pause = (time) => new Promise((done) => setTimeout(done, time));

  const ask = (address, method, { body, headers = {} } = {}) =>
    fetch(address, { method, body, headers: { "X-CSRFToken": token, ...headers } });

  function line(file) {
    const shown = document.createElement("li");
    const name = document.createElement("span");
    const words = document.createElement("span");
    const bar = document.createElement("progress");
    const stop = document.createElement("button");
    name.className = "name";
    name.textContent = file.name;
    words.className = "said";
    words.textContent = said.saidWaiting;
    bar.max = file.size || 1;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    stop.type = "button";
    stop.className = "nc-button quiet small";
    stop.textContent = said.saidCancel;
    shown.append(name, words, stop, bar);
    list.querySelector(".none")?.remove();
    list.prepend(shown);
    return { shown, words, bar, stop };
  }

  function end(view, told) {
    view.shown.dataset.state = told.state;
    view.words.textContent = told.sentence || (told.duplicate ? said.saidDuplicate : told.words);
    view.bar?.remove();
    view.stop?.remove();
    if (told.item && !view.shown.querySelector("a")) {
      const link = document.createElement("a");
      link.href = told.item.address;
      link.textContent = said.saidOpen;
      view.shown.append(link);
    }
  }

  async function watch(address, view) {
    for (let time = 700; ; time = Math.min(time * 1.3, 8000)) {
      try {
        const told = await (await ask(address, "GET")).json();
        if (told.state !== "waiting" && told.state !== "arriving") {
          end(view, told);
          if (told.state !== "no_scanner") return;
        } else view.words.textContent = told.words;
      } catch {
        // The line is down; the next look may reach the house.
      }
      await pause(time);
    }
  }

  async function send(file, view) {
    if (file.size > Number(said.most)) {
      return end(view, { state: "refused", sentence: said.saidLarge });
    }
    let address = "";
    let stopped = false;
    view.stop.addEventListener("click", () => {
      stopped = true;
      if (address) ask(address, "DELETE").catch(() => {});
      view.shown.remove();
    });
    let offset = 0;
    for (let wait = 1000; !stopped; ) {
      try {
        if (!address) {
          const answer = await ask(said.begin, "POST", {
            body: JSON.stringify({
              name: file.name,
              size: file.size,
              unit: unit.value,
              fingerprint: `${file.name.slice(-60)}-${file.size}-${file.lastModified}`,
            }),
            headers: { "Content-Type": "application/json" },
          });
          if (answer.status !== 201) {
            const told = await answer.json().catch(() => ({}));
            return end(view, { state: "refused", sentence: told.sentence ?? String(answer.status) });
          }
          address = (await answer.json()).address;
          offset = Number(answer.headers.get("Upload-Offset"));
        }
        view.words.textContent = said.saidSending;
        while (offset < file.size && !stopped) {
          const answer = await ask(address, "PATCH", {
            body: file.slice(offset, offset + PIECE),
            headers: {
              "Content-Type": "application/offset+octet-stream",
              "Upload-Offset": String(offset),
            },
          });
          if (answer.status === 413) {
            const told = await answer.json().catch(() => ({}));
            return end(view, { state: "refused", sentence: told.sentence ?? "" });
          }
          if (answer.status !== 204 && answer.status !== 409) throw new Error(String(answer.status));
          offset = Number(answer.headers.get("Upload-Offset"));
          view.bar.value = offset;
          wait = 1000;
        }
        if (!stopped) watch(address, view);
        return undefined;
      } catch {
        view.words.textContent = said.saidAgain;
        await pause(wait);
        wait = Math.min(wait * 2, 30_000);
        try {
          if (address) offset = Number((await ask(address, "HEAD")).headers.get("Upload-Offset"));
        } catch {
          // Still down.
        }
      }
    }
    return undefined;
  }

  async function work() {
    while (running < AT_ONCE && waiting.length) {
      running += 1;
      const [file, view] = waiting.shift();
      send(file, view).finally(() => {
        running -= 1;
        work();
      });
    }
  }

  function take(files) {
    for (const file of files) waiting.push([file, line(file)]);
    input.value = "";
    work();
  }

  for (const kind of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", kind === "dragover");
      if (kind === "drop") take(event.dataTransfer.files);
    });
  }
  input.addEventListener("change", () => take([...input.files]));
  form.addEventListener("submit", (event) => event.preventDefault());
  unit.addEventListener("change", () => {
    if (!running && !waiting.length) location.assign(`?unit=${encodeURIComponent(unit.value)}`);
  });
  for (const shown of list.querySelectorAll("[data-state=waiting], [data-state=no_scanner]")) {
    watch(shown.dataset.address, { shown, words: shown.querySelector(".said") });
  }
}
