import { read } from '../api/client';
import type { List } from '../api/types';

const PAUSE_MS = 3_000;

/**
 * What was found since a list was fetched. The list itself stays as it is while a person reads it: what
 * changed in its rows is taken over in place, what is new is only counted.
 */
export class News<T extends { readonly id: string }> {
  #latest = $state.raw<readonly T[]>([]);

  /** Asks the same question of a path again, not too often, when told that there is something. Called while a component is set up. */
  constructor(path: string, told: (reader: () => void) => () => void, what: () => URLSearchParams | null) {
    let waiting: ReturnType<typeof setTimeout> | null = null;
    const ask = async () => {
      const query = what();
      if (query) {
        try {
          this.#latest = (await read<List<T>>(path, query)).items;
        } catch {
          // The list stays as it is; the next event asks again.
        }
      }
      waiting = null;
    };
    $effect(() => {
      const stop = told(() => (waiting ??= setTimeout(() => void ask(), PAUSE_MS)));
      return () => {
        stop();
        if (waiting) clearTimeout(waiting);
      };
    });
  }

  /** The rows as they are now. */
  renewed(items: readonly T[]): readonly T[] {
    const now = new Map(this.#latest.map((each) => [each.id, each]));
    return items.map((each) => now.get(each.id) ?? each);
  }

  /** How many there are that the list does not show. */
  count(items: readonly T[]): number {
    const shown = new Set(items.map((each) => each.id));
    return this.#latest.filter((each) => !shown.has(each.id)).length;
  }

  /** They are shown from now on. */
  seen(): void {
    this.#latest = [];
  }
}
