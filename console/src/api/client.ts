import { problemWords, t } from '../words';
import type { RowNote } from './types';

/** A call that did not work, with a sentence for the person. */
export class CallFailed extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    /** What is wrong with the rows that were sent. */
    readonly rows: readonly RowNote[] = [],
  ) {
    super(detail || title);
  }
}

let csrf: string | null = null;
let onSignedOut: () => void = () => {};

/** The token that the session's unsafe calls carry. */
export function carry(token: string | null): void {
  csrf = token;
}

/** Called when the server says that the session has ended. */
export function whenSignedOut(action: () => void): void {
  onSignedOut = action;
}

const MOST_WAIT_MS = 60_000;

export async function call<T>(
  method: string,
  path: string,
  options: { query?: URLSearchParams; body?: unknown; file?: { type: string; text: string }; signal?: AbortSignal } = {},
): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  if (options.file) headers['content-type'] = options.file.type;
  if (method !== 'GET' && csrf) headers['x-hinomi-csrf'] = csrf;
  const question = options.query?.toString();
  const response = await reach(`/api/v1${path}${question ? `?${question}` : ''}`, {
    method,
    headers,
    credentials: 'same-origin',
    cache: 'no-store',
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    ...(options.file ? { body: options.file.text } : {}),
    signal: options.signal ? AbortSignal.any([options.signal, AbortSignal.timeout(MOST_WAIT_MS)]) : AbortSignal.timeout(MOST_WAIT_MS),
  });
  if (!response.ok) throw await failure(response, path);
  if (response.status === 204) return undefined as T;
  try {
    return (await response.json()) as T;
  } catch (problem) {
    if (options.signal?.aborted) throw problem;
    throw new CallFailed(response.status, t('error.title'), t('error.unreadable'));
  }
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (problem) {
    if (problem instanceof DOMException && problem.name === 'AbortError') throw problem;
    if (problem instanceof DOMException && problem.name === 'TimeoutError') {
      throw new CallFailed(0, t('error.title'), t('error.slow'));
    }
    throw new CallFailed(0, t('error.title'), t('error.unreachable'));
  }
}

/** Statuses that have a title in the reader's language; the detail is the server's unless the problem has a name. */
const TITLES = [400, 401, 403, 404, 409, 413, 429, 500, 503] as const;

async function failure(response: Response, path: string): Promise<CallFailed> {
  let title = '';
  let detail = '';
  let rows: readonly RowNote[] = [];
  const known = TITLES.find((status) => status === response.status);
  if ((response.headers.get('content-type') ?? '').includes('json')) {
    const problem = (await response.json().catch(() => null)) as { type?: string; title?: string; detail?: string; errors?: RowNote[] } | null;
    rows = problem?.errors ?? [];
    title = problem?.title ?? '';
    detail = problemWords(problem?.type) ?? problem?.detail ?? '';
  }
  if (response.status === 401 && !path.startsWith('/session')) onSignedOut();
  if (response.status === 403 && !detail) detail = t('error.forbidden');
  if (!detail) detail = t('error.status', { status: String(response.status) });
  return new CallFailed(response.status, (known ? t(`error.${known}`) : title) || t('error.title'), detail, rows);
}

export function read<T>(path: string, query?: URLSearchParams, signal?: AbortSignal): Promise<T> {
  return call<T>('GET', path, { ...(query ? { query } : {}), ...(signal ? { signal } : {}) });
}
