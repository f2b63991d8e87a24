// The waveform around the playhead, with the subtitles on it. A press goes to that place.

const SPAN = 20; // seconds across

export class Wave {
  constructor({ canvas, player, address, cues, seconds }) {
    Object.assign(this, { canvas, player, cues, seconds });
    this.peaks = [];
    this.perSecond = 1;
    this.chosen = -1;
    if (address) this.#load(address);
    canvas.addEventListener("pointerdown", (event) => {
      const box = canvas.getBoundingClientRect();
      player.currentTime = Math.max(0, this.#left() + ((event.clientX - box.left) / box.width) * SPAN);
    });
    canvas.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -0.1, ArrowRight: 0.1, PageUp: -5, PageDown: 5 }[event.key];
      if (event.key === "Home") player.currentTime = 0;
      else if (event.key === "End") player.currentTime = this.#end();
      else if (step === undefined) return;
      else player.currentTime = Math.max(0, player.currentTime + step);
      event.preventDefault();
    });
    for (const kind of ["seeked", "loadedmetadata", "pause"]) player.addEventListener(kind, () => this.draw());
    new ResizeObserver(() => this.draw()).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
    const follow = () => {
      if (!player.paused) this.draw();
      requestAnimationFrame(follow);
    };
    follow();
  }

  async #load(address) {
    try {
      const told = await (await fetch(address)).json();
      const highest = Math.max(1, ...told.peaks);
      this.peaks = told.peaks.map((peak) => peak / highest);
      this.perSecond = told.per_second;
      this.draw();
    } catch {
      // Without peaks the strip still shows the subtitles and the playhead.
    }
  }

  #end() {
    return this.player.duration || this.seconds;
  }

  #left() {
    const most = Math.max(0, this.#end() - SPAN);
    return Math.min(most, Math.max(0, this.player.currentTime - SPAN / 3));
  }

  draw() {
    const { canvas, player } = this;
    const scale = window.devicePixelRatio || 1;
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (!width) return;
    canvas.width = width * scale;
    canvas.height = height * scale;
    const pen = canvas.getContext("2d");
    pen.scale(scale, scale);
    const style = getComputedStyle(canvas);
    const colour = (name) => style.getPropertyValue(name).trim();
    const left = this.#left();
    const at = (seconds) => ((seconds - left) / SPAN) * width;
    this.cues().forEach((cue, number) => {
      const start = at(cue.start / 1000);
      const end = at(cue.end / 1000);
      if (end < 0 || start > width) return;
      pen.fillStyle = colour(number === this.chosen ? "--wash-peach" : "--wash-indigo");
      pen.fillRect(start, 0, Math.max(2, end - start), height);
      pen.fillStyle = colour("--indigo");
      pen.fillRect(start, 0, 1, height);
      pen.fillRect(end - 1, 0, 1, height);
      pen.fillStyle = colour("--ink");
      pen.font = "11px sans-serif";
      pen.fillText(String(number + 1), start + 4, 12);
    });
    pen.fillStyle = colour("--indigo");
    const bar = width / (SPAN * this.perSecond);
    const first = Math.floor(left * this.perSecond);
    const last = Math.min(this.peaks.length, Math.ceil((left + SPAN) * this.perSecond));
    for (let number = first; number < last; number += 1) {
      const tall = Math.max(1, this.peaks[number] * (height - 20));
      pen.fillRect(at(number / this.perSecond), (height - tall) / 2, Math.max(1, bar - 1), tall);
    }
    pen.fillStyle = colour("--peach");
    pen.fillRect(at(player.currentTime) - 1, 0, 2, height);
    canvas.setAttribute("aria-valuenow", Math.round(player.currentTime));
    canvas.setAttribute("aria-valuetext", `${player.currentTime.toFixed(1)} s`);
  }
}
