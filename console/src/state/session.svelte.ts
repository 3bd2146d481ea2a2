import { call, carry, read, whenSignedOut } from '../api/client';
import type { Role, Session } from '../api/types';

const ORDER: readonly Role[] = ['public', 'viewer', 'analyst', 'administrator'];

class SessionState {
  now = $state.raw<Session | null>(null);
  problem = $state.raw<Error | null>(null);
  role = $derived<Role>(this.now?.role ?? (this.now?.open ? 'viewer' : 'public'));

  /** True when the reader may use what needs a role. */
  may(needed: Role): boolean {
    return ORDER.indexOf(this.role) >= ORDER.indexOf(needed);
  }

  take(session: Session): void {
    this.now = session;
    this.problem = null;
    carry(session.csrf);
  }

  async load(): Promise<void> {
    try {
      this.take(await read<Session>('/session'));
    } catch (problem) {
      this.problem = problem as Error;
    }
  }

  async signIn(name: string, password: string): Promise<void> {
    await call('POST', '/session', { body: { name, password } });
    await this.load();
  }

  async signOut(): Promise<void> {
    await call('DELETE', '/session');
    await this.load();
  }

  async setUp(token: string, name: string, password: string): Promise<void> {
    await call('POST', '/setup', { body: { token, name, password } });
    await this.load();
  }
}

export const session = new SessionState();
whenSignedOut(() => void session.load());
