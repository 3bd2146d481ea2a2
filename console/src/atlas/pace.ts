const SLOW_MS = 70;
const QUICK_MS = 22;
const SLOW_FOR_MS = 3_000;
const QUICK_FOR_MS = 15_000;

/** Watches how fast frames follow one another, and says when to draw less: many machines have no graphics card. */
export class Pace {
  thrifty = false;
  #mean = 16;
  #since = 0;

  /** Takes the time of a drawn frame and the milliseconds since the one before; true when the answer changed. */
  frame(now: number, spent: number): boolean {
    this.#mean += (Math.min(spent, 500) - this.#mean) / 8;
    const wrong = this.thrifty ? this.#mean < QUICK_MS : this.#mean > SLOW_MS;
    if (!wrong || this.#since === 0) {
      this.#since = wrong ? now : 0;
      return false;
    }
    if (now - this.#since < (this.thrifty ? QUICK_FOR_MS : SLOW_FOR_MS)) return false;
    this.thrifty = !this.thrifty;
    this.#since = 0;
    return true;
  }
}
