// Saves by itself: a moment after the last change, again and again while the line is down, and
// into this browser before anything is sent. Whoever was quicker is told of, and nothing is lost.

const WAIT = 1200;
const LONGEST = 30000;

export class Line {
  constructor({ address, revision, token, cues, tell }) {
    Object.assign(this, { address, revision, token, cues, tell });
    this.key = `nhipcau.subtitles:${address}`;
    this.version = 0;
    this.sent = 0;
    this.pause = 2000;
    this.stopped = false;
    window.addEventListener("online", () => this.#send());
    window.addEventListener("beforeunload", (event) => {
      if (this.version !== this.sent) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.hidden && this.version !== this.sent) this.#send();
    });
  }

  // What was written here and never arrived, if it was made from the state that stands.
  kept() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key) ?? "null");
      return kept && kept.seen === this.revision ? kept.cues : null;
    } catch {
      return null;
    }
  }

  changed() {
    this.version += 1;
    this.#keep();
    this.tell("unsaved");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#send(), WAIT);
  }

  // After a conflict: go on from the other's revision, with mine or with theirs.
  goOn(revision, { withMine }) {
    this.revision = revision;
    this.stopped = false;
    if (withMine) this.changed();
    else {
      this.sent = this.version;
      this.#forget();
    }
  }

  #keep() {
    try {
      localStorage.setItem(this.key, JSON.stringify({ seen: this.revision, cues: this.cues() }));
    } catch {
      // No room or not allowed: the line itself still saves.
    }
  }

  #forget() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // As above.
    }
  }

  async #send() {
    if (this.busy || this.stopped || this.version === this.sent) return;
    this.busy = true;
    const version = this.version;
    this.tell("saving");
    let again = WAIT;
    try {
      const answer = await fetch(this.address, {
        method: "POST",
        keepalive: true,
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
        body: JSON.stringify({ seen: this.revision, cues: this.cues() }),
      });
      const told = await answer.json();
      if (answer.ok) {
        this.revision = told.revision;
        this.sent = version;
        this.pause = 2000;
        if (this.version === version) this.#forget();
        else this.#keep();
        this.tell("saved", told);
      } else {
        this.stopped = answer.status === 409;
        this.tell(answer.status === 409 ? "conflict" : "refused", told);
        if (answer.status !== 409) this.sent = version;
      }
    } catch {
      this.tell("offline");
      again = this.pause;
      this.pause = Math.min(LONGEST, this.pause * 2);
    } finally {
      this.busy = false;
    }
    if (this.version !== this.sent && !this.stopped) this.timer = setTimeout(() => this.#send(), again);
  }
}
