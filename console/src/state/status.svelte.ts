import { read } from '../api/client';
import type { Status } from '../api/types';
import { live } from './live.svelte';

const EVERY_MS = 30_000;

class StatusState {
  now = $state.raw<Status | null>(null);
  problem = $state.raw<Error | null>(null);
  #eventTime = $state.raw(new Date(Math.floor(Date.now() / 60_000) * 60_000));
  #timer: ReturnType<typeof setInterval> | null = null;

  /** The newest event time of any sensor, moved on once a minute so that charts do not twitch. */
  get eventTime(): Date {
    return this.#eventTime;
  }

  /** Whether pages owe DB-IP a link: only while its data is in use. */
  get byDbIp(): boolean {
    return this.now?.geo.state !== 'none' && (this.now?.geo.detail?.includes('DB-IP') ?? false);
  }

  start(): void {
    if (this.#timer) return;
    void this.load();
    this.#timer = setInterval(() => void this.load(), EVERY_MS);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  async load(): Promise<void> {
    try {
      this.now = await read<Status>('/status');
      this.problem = null;
    } catch (problem) {
      this.problem = problem as Error;
      return;
    }
    const newest = Math.max(...this.now.sensors.map((each) => Date.parse(each.event_time ?? '') || 0));
    // The minute that is still open would look like a fall, so the range ends at the last whole one.
    const whole = Math.floor(newest / 60_000) * 60_000;
    const first = this.#timer === null || !this.#seen;
    if (newest > 0 && whole !== this.#eventTime.getTime() && (first || !live.paused)) this.#eventTime = new Date(whole);
    this.#seen = true;
  }

  #seen = false;
}

export const status = new StatusState();
