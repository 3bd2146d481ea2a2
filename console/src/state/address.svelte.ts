/** The address bar as state: what is shown is what the address says, so a copied link shows the same. */
class Address {
  path = $state(location.pathname);
  query = $state.raw(new URLSearchParams(location.search));
  fragment = $state(location.hash.slice(1));

  read(): void {
    this.path = location.pathname;
    this.query = new URLSearchParams(location.search);
    this.fragment = location.hash.slice(1);
  }
}

export const address = new Address();

/** Goes to an address of the console; the back button returns unless `replace` is given. */
export function go(to: string, replace = false): void {
  const here = location.pathname + location.search + location.hash;
  if (to === here) return;
  const newPage = new URL(to, location.href).pathname !== location.pathname;
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  address.read();
  if (newPage) {
    window.scrollTo(0, 0);
    document.getElementById('page')?.focus({ preventScroll: true });
  }
}

/** Links inside the console change the page without loading it anew. */
export function followLinks(): void {
  window.addEventListener('popstate', () => address.read());
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest('a');
    if (!link || link.target || link.hasAttribute('download')) return;
    const to = new URL(link.href, location.href);
    if (to.origin !== location.origin || to.pathname.startsWith('/api/')) return;
    event.preventDefault();
    if (to.hash && to.pathname === location.pathname && to.search === location.search) {
      document.getElementById(to.hash.slice(1))?.focus();
      return;
    }
    go(to.pathname + to.search + to.hash);
  });
}
