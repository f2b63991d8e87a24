// Upload with progress, and waiting while the plan is read. Without it both pages still work.

const form = document.getElementById("bring");
const waiting = document.getElementById("waiting");

if (form) {
  const file = form.querySelector("[type=file]");
  const drop = document.getElementById("drop");
  const bar = document.getElementById("bring-progress");
  const trouble = document.getElementById("bring-trouble");
  const say = (sentences) => {
    trouble.textContent = sentences.join(" ");
    trouble.hidden = !sentences.length;
  };

  for (const kind of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", kind === "dragover");
      if (kind === "drop" && event.dataTransfer.files.length) file.files = event.dataTransfer.files;
    });
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    say([]);
    bar.hidden = false;
    const button = form.querySelector("button");
    button.disabled = true;
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (sent) => {
      if (sent.lengthComputable) bar.value = (100 * sent.loaded) / sent.total;
    });
    const stop = (sentences) => {
      bar.hidden = true;
      button.disabled = false;
      say(sentences);
    };
    request.addEventListener("load", () => {
      let told = {};
      try {
        told = JSON.parse(request.responseText);
      } catch {
        // Not an answer of ours: the plain form shows the server's own page.
        return form.submit();
      }
      if (told.address) location.assign(told.address);
      else stop(told.sentences ?? []);
    });
    // The line broke: sending the plain form lets the browser say what is wrong.
    request.addEventListener("error", () => form.submit());
    request.open("POST", form.action || location.href);
    request.setRequestHeader("Accept", "application/json");
    request.send(new FormData(form));
  });
}

if (waiting) {
  const bar = waiting.querySelector("progress");
  const told = waiting.querySelector("[role=status]");
  const look = async () => {
    try {
      const answer = await fetch(waiting.dataset.progress);
      const { state, progress, words } = await answer.json();
      bar.value = progress;
      if (words && told.textContent !== words) told.textContent = words;
      if (state !== "waiting" && state !== "reading") return location.reload();
    } catch {
      // The line is down; the next look may reach the house.
    }
    setTimeout(look, 1000);
  };
  look();
}
