import type { Counters, Notice, Packets } from '../api/types';

export type LiveState = 'off' | 'connecting' | 'open' | 'lost';
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** Silence after which a connection counts as dead: counters come every second. */
const SILENCE_MS = 15_000;
const MOST_NOTICES = 4;

/** The server's live stream: one connection for all pages, opened again with growing waits. */
class Live {
  state = $state<LiveState>('off');
  paused = $state(false);
  counters = $state.raw<Counters | null>(null);
  notices = $state.raw<readonly Notice[]>([]);
  /** Events that the server dropped because this reader was slow. */
  lost = $state(0);
  #source: EventSource | null = null;
  #wait = FIRST_WAIT_MS;
  #retry: ReturnType<typeof setTimeout> | null = null;
  #watch: ReturnType<typeof setInterval> | null = null;
  #heard = 0;
  #readers = new Set<(packets: Packets) => void>();
  #detectionReaders = new Set<() => void>();
  #alertReaders = new Set<() => void>();
  #campaignReaders = new Set<() => void>();

  /** Hands every batch of packets to a reader until the returned function is called. */
  onPackets(reader: (packets: Packets) => void): () => void {
    this.#readers.add(reader);
    return () => this.#readers.delete(reader);
  }

  /** Tells whenever detectors found something, until the returned function is called. */
  onDetections(reader: () => void): () => void {
    this.#detectionReaders.add(reader);
    return () => this.#detectionReaders.delete(reader);
  }

  /** Tells whenever alerts are new or changed, until the returned function is called. */
  onAlerts(reader: () => void): () => void {
    this.#alertReaders.add(reader);
    return () => this.#alertReaders.delete(reader);
  }

  /** Tells whenever campaigns of a day were made or one was named, until the returned function is called. */
  onCampaigns(reader: () => void): () => void {
    this.#campaignReaders.add(reader);
    return () => this.#campaignReaders.delete(reader);
  }

  start(): void {
    if (this.#source || this.#retry) return;
    this.#open();
    this.#watch = setInterval(() => this.#checkSilence(), SILENCE_MS / 3);
  }

  stop(): void {
    if (this.#watch) clearInterval(this.#watch);
    if (this.#retry) clearTimeout(this.#retry);
    this.#retry = null;
    this.#close();
    this.state = 'off';
  }

  dismiss(notice: Notice): void {
    this.notices = this.notices.filter((each) => each !== notice);
  }

  #open(): void {
    this.#retry = null;
    this.state = this.state === 'lost' ? 'lost' : 'connecting';
    const source = new EventSource('/api/v1/stream');
    this.#source = source;
    this.#heard = Date.now();
    source.onopen = () => this.#opened();
    source.onerror = () => this.#again();
    this.#hear<Packets>('packets', (packets) => {
      if (!this.paused) for (const reader of this.#readers) reader(packets);
    });
    this.#hear<Counters>('counters', (counters) => {
      // Right after its start the server has counted nothing yet.
      if (counters.by_class && (!this.paused || !this.counters)) this.counters = counters;
    });
    this.#hear('detection', () => {
      if (!this.paused) for (const reader of this.#detectionReaders) reader();
    });
    this.#hear('alert', () => {
      for (const reader of this.#alertReaders) reader();
    });
    this.#hear('campaign', () => {
      for (const reader of this.#campaignReaders) reader();
    });
    this.#hear<{ events: number }>('lost', (lost) => (this.lost += lost.events));
    this.#hear<Notice>('notice', (notice) => {
      const others = this.notices.filter((each) => each.text !== notice.text);
      this.notices = [...others, notice].slice(-MOST_NOTICES);
    });
    this.#hear('hello', () => {});
  }

  #hear<T>(event: string, take: (data: T) => void): void {
    this.#source?.addEventListener(event, (message) => {
      this.#heard = Date.now();
      let data: T;
      try {
        data = JSON.parse((message as MessageEvent<string>).data) as T;
      } catch {
        return; // a torn event: the next one stands for itself
      }
      take(data);
    });
  }

  #opened(): void {
    this.state = 'open';
    this.#wait = FIRST_WAIT_MS;
    this.#heard = Date.now();
  }

  #checkSilence(): void {
    if (this.#source && Date.now() - this.#heard > SILENCE_MS) this.#again();
  }

  #again(): void {
    this.#close();
    this.state = 'lost';
    if (this.#retry) return;
    this.#retry = setTimeout(() => this.#open(), this.#wait * (0.75 + Math.random() / 2));
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
  }

  #close(): void {
    this.#source?.close();
    this.#source = null;
  }
}

export const live = new Live();
