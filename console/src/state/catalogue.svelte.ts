import { read } from '../api/client';
import type { Catalogue, Family } from '../api/types';

/** What the server can name: fetched once. */
class Names {
  families = $state.raw<ReadonlyMap<string, Family>>(new Map());
  #asked = false;

  /** The name people know a family by. */
  family(name: string): string {
    if (!this.#asked) {
      this.#asked = true;
      void this.#load();
    }
    return this.families.get(name)?.label ?? name;
  }

  async #load(): Promise<void> {
    try {
      const catalogue = await read<Catalogue>('/catalogue');
      this.families = new Map(catalogue.families.map((each) => [each.name, each]));
    } catch {
      this.#asked = false; // the raw names stand until it works
    }
  }
}

export const names = new Names();
