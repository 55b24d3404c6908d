import ipaddr from 'ipaddr.js';

/** Cloud metadata and control addresses that no range gives away: Azure's WireServer is a public address. */
const controlAddresses = new Set(['168.63.129.16']);

/** 2000::/3 is all that IANA has handed out as global unicast; IPv4-compatible and site-local addresses are outside. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Why an address may not be connected to, undefined when it is a public one. Allow-list: whatever the IANA
 * special-purpose registries (RFC 6890) name is refused, so IPv4-mapped, 6to4 and NAT64 forms are, too.
 */
export function whyForbidden(text: string): string | undefined {
  const [bare = ''] = text.split('%');
  if (!ipaddr.isValid(bare)) return 'not an IP address';
  const address = ipaddr.parse(bare);
  if (controlAddresses.has(address.toString())) return 'a metadata address';
  const range = address.range();
  if (range !== 'unicast') return `in the range ${range}`;
  if (address instanceof ipaddr.IPv6 && !address.match(globalUnicast)) return 'outside global unicast (2000::/3)';
  return undefined;
}
