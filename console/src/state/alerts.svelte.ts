import { call, read } from '../api/client';
import type { AlertAction, AlertCounts } from '../api/types';
import { live } from './live.svelte';

const PAUSE_MS = 3_000;

/** How many alerts wait, for the badge and the page's sentence: asked again, not too often, when alerts changed. */
class AlertCountsState {
  now = $state.raw<AlertCounts | null>(null);
  open = $derived(this.now?.open ?? 0);
  #stop: (() => void) | null = null;
  #waiting: ReturnType<typeof setTimeout> | null = null;

  start(): void {
    if (this.#stop) return;
    this.#stop = live.onAlerts(() => (this.#waiting ??= setTimeout(() => void this.ask(), PAUSE_MS)));
    void this.ask();
  }

  stop(): void {
    this.#stop?.();
    this.#stop = null;
    if (this.#waiting) clearTimeout(this.#waiting);
    this.#waiting = null;
    this.now = null;
  }

  async ask(): Promise<void> {
    this.#waiting = null;
    try {
      this.now = await read<AlertCounts>('/alert-counts');
    } catch {
      // The number stays as it is; the next event asks again.
    }
  }
}

export const alertCounts = new AlertCountsState();

/** Does something about alerts; the counts follow. */
export async function actOn(ids: readonly string[], action: AlertAction, note = ''): Promise<void> {
  await call('POST', '/alert-actions', { body: { ids, action, note } });
  await alertCounts.ask();
}
