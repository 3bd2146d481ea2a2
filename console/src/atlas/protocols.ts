const NAMES: Readonly<Record<number, string>> = { 1: 'icmp', 6: 'tcp', 17: 'udp', 47: 'gre', 58: 'icmpv6', 132: 'sctp' };

/** The short name of an IP protocol number, as filters write it. */
export function protocolName(number: number): string {
  return NAMES[number] ?? `ip${number}`;
}

/** The filters that show what went to a port: protocols without ports are filtered by their class. */
export function portFilter(protocol: number, port: number): { port?: string; class?: string } {
  if (protocol === 6 || protocol === 17) return { port: portName(protocol, port) };
  return { class: protocol === 1 || protocol === 58 ? 'icmp' : 'other' };
}

/** A port as people and filters write it: tcp/23. Protocols without ports are named alone. */
export function portName(protocol: number, port: number): string {
  return protocol === 6 || protocol === 17 ? `${protocolName(protocol)}/${port}` : protocolName(protocol);
}
