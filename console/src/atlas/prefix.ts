/** True when an address lies in a prefix, or is the address given. */
export function within(address: string, prefix: string): boolean {
  const [base = '', bits] = prefix.split('/');
  const [one, other] = [numberOf(address), numberOf(base)];
  if (one === null || other === null || one.width !== other.width) return false;
  const shift = BigInt(one.width - Math.min(one.width, Number(bits ?? one.width)));
  return one.value >> shift === other.value >> shift;
}

function numberOf(address: string): { value: bigint; width: number } | null {
  return address.includes(':') ? ipv6(address) : ipv4(address);
}

function ipv4(address: string): { value: bigint; width: number } | null {
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || parts.some((each) => !(each >= 0 && each <= 255))) return null;
  return { value: parts.reduce((sum, each) => (sum << 8n) | BigInt(each), 0n), width: 32 };
}

function ipv6(address: string): { value: bigint; width: number } | null {
  const [left = '', right] = address.split('::');
  const groups = (text: string) => (text ? text.split(':') : []);
  const [before, after] = [groups(left), groups(right ?? '')];
  const missing = 8 - before.length - after.length;
  if (missing < 0 || (right === undefined && missing !== 0)) return null;
  const all = [...before, ...Array.from({ length: missing }, () => '0'), ...after];
  if (all.some((each) => !/^[0-9a-f]{1,4}$/i.test(each))) return null;
  return { value: all.reduce((sum, each) => (sum << 16n) | BigInt(Number.parseInt(each, 16)), 0n), width: 128 };
}
