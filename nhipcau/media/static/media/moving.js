// The page of a sound or film follows the work without reloading. Without this it shows a moment.

const page = document.getElementById("moving");
const player = document.getElementById("player");
const body = document.getElementById("renditions");
let pause = 1500;

const fit = (rendition) => {
  const row = body.querySelector(`[data-uuid="${rendition.uuid}"]`);
  if (!row) return false;
  const state = row.querySelector(".state");
  if (!state.classList.contains(rendition.state)) return false;
  state.textContent = rendition.words;
  const bar = row.querySelector("progress");
  if (bar) bar.value = rendition.share;
  return true;
};

// What has changed in kind (a row more, another state) is drawn by the server, as the whole table.
const redraw = async () => {
  const answer = await fetch(location.href);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const kept = document.activeElement?.closest("[data-uuid]")?.dataset.uuid;
  for (const id of ["renditions", "busy", "trouble"]) {
    const now = document.getElementById(id);
    const then = fresh.getElementById(id);
    if (now && then) {
      now.replaceChildren(...then.childNodes);
      now.hidden = then.hidden;
    }
  }
  if (kept) body.querySelector(`[data-uuid="${kept}"] :is(button, a)`)?.focus();
};

const look = async () => {
  try {
    const answer = await fetch(page.dataset.state, { headers: { Accept: "application/json" } });
    const told = await answer.json();
    const fits = told.renditions.map(fit).every(Boolean);
    if (!fits || told.renditions.length !== body.querySelectorAll("[data-uuid]").length) await redraw();
    if (told.player && !player.getAttribute("src")) player.src = told.player;
    if (told.poster && player.poster !== undefined) player.poster = told.poster;
    document.getElementById("player-waits").hidden = Boolean(told.player);
    pause = told.busy ? 1500 : 15000;
  } catch {
    // The line is down; the next look may reach the house.
    pause = 5000;
  }
  setTimeout(look, document.hidden ? 15000 : pause);
};
setTimeout(look, pause);

const now = document.getElementById("poster-now");
if (now) {
  now.hidden = false;
  now.addEventListener("click", () => {
    document.getElementById("poster-seconds").value = player.currentTime.toFixed(1);
  });
}
