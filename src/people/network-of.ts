import { BlockList, isIP } from 'node:net';

/** What of a request tells where it came from. */
export interface Origin {
  /** Address of whoever opened the connection. */
  ip: string;
  headers: Record<string, string | string[] | undefined>;
}

/**
 * The network that a request came from: an IPv4 address, or the first half of an IPv6 one, since a household has a whole /64. Told from
 * `X-Forwarded-For`, read from its end, as far as each hop is a proxy that is trusted; whatever anybody else writes there is ignored.
 * Only ever hashed, in memory: never logged, never stored.
 */
export function networkOf({ ip, headers }: Origin, trusted: readonly string[]): string {
  const proxies = listOf(trusted);
  const hops = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').reverse();
  let address = ip;
  for (const hop of hops.map((each) => each.trim())) {
    if (!isIn(proxies, address) || isIP(hop) === 0) break;
    address = hop;
  }
  return isIP(address) === 6 ? halfOf(address) : address;
}

function isIn(list: BlockList, address: string): boolean {
  const family = isIP(address);
  return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

const lists = new WeakMap<readonly string[], BlockList>();

function listOf(entries: readonly string[]): BlockList {
  let list = lists.get(entries);
  if (!list) lists.set(entries, (list = blockListOf(entries)));
  return list;
}

function blockListOf(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address, bits] = entry.split('/') as [string, string?];
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/** The first four groups of an IPv6 address; an IPv4 address that is written as one is itself. */
function halfOf(address: string): string {
  const plain = new URL(`http://[${address.split('%')[0]}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(plain);
  if (mapped) {
    const [high, low] = [parseInt(mapped[1]!, 16), parseInt(mapped[2]!, 16)];
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  }
  const [before, after] = plain.split('::') as [string, string?];
  const groups = before === '' ? [] : before.split(':');
  const last = after === undefined || after === '' ? [] : after.split(':');
  const zeros = after === undefined ? 0 : 8 - groups.length - last.length;
  return [...groups, ...Array<string>(zeros).fill('0'), ...last].slice(0, 4).join(':');
}
