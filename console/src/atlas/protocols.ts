const NAMES: Readonly<Record<number, string>> = { 1: 'icmp', 6: 'tcp', 17: 'udp', 47: 'gre', 58: 'icmpv6', 132: 'sctp' };

/** The short name of an IP protocol number, as filters write it. */
export function protocolName(number: number): string {
  return NAMES[number] ?? `ip${number}`;
}

/** A port as people and filters write it: tcp/23. */
export function portName(protocol: number, port: number): string {
  return `${protocolName(protocol)}/${port}`;
}
