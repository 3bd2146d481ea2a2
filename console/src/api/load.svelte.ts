import { CallFailed, read } from './client';

/** What a panel shows of one call: the last answer stays while a new one is fetched, so nothing jumps. */
export class Loaded<T> {
  value = $state.raw<T | null>(null);
  problem = $state.raw<CallFailed | null>(null);
  busy = $state(true);
  #again = $state(0);

  /** Asks again, for a "try again" button. */
  retry(): void {
    this.#again++;
  }

  /** Asks whenever path or query change. Called while a component is set up. */
  constructor(what: () => { path: string; query?: URLSearchParams } | null) {
    let lastPath = '';
    $effect(() => {
      void this.#again;
      const wanted = what();
      if (!wanted) {
        this.busy = true;
        return undefined;
      }
      if (wanted.path !== lastPath) this.value = null;
      lastPath = wanted.path;
      const stop = new AbortController();
      this.busy = true;
      read<T>(wanted.path, wanted.query, stop.signal).then(
        (value) => this.#settle(stop.signal, value, null),
        (problem: unknown) => this.#settle(stop.signal, null, asFailure(problem)),
      );
      return () => stop.abort();
    });
  }

  #settle(signal: AbortSignal, value: T | null, problem: CallFailed | null): void {
    if (signal.aborted) return;
    if (value !== null) this.value = value;
    this.problem = problem;
    this.busy = false;
  }
}

function asFailure(problem: unknown): CallFailed {
  if (problem instanceof CallFailed) return problem;
  return new CallFailed(0, '', problem instanceof Error ? problem.message : String(problem));
}
