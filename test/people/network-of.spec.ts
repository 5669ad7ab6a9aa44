import fc from 'fast-check';
import { networkOf } from '../../src/people/network-of';

const PROXIES = ['10.0.0.0/8', '192.0.2.7', '2001:db8:1::/48'];
const of = (ip: string, forwarded?: string | string[], trusted: readonly string[] = PROXIES) =>
  networkOf({ ip, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } }, trusted);

describe('the network that a request came from', () => {
  it.each([
    ['203.0.113.5', undefined, '203.0.113.5'],
    ['10.1.2.3', undefined, '10.1.2.3'],
    ['10.1.2.3', '203.0.113.5', '203.0.113.5'],
    ['192.0.2.7', '203.0.113.5', '203.0.113.5'],
    ['::ffff:10.1.2.3', '203.0.113.5', '203.0.113.5'],
    ['::ffff:203.0.113.5', undefined, '203.0.113.5'],
    ['10.1.2.3', '203.0.113.5, 10.9.9.9', '203.0.113.5'],
    ['10.1.2.3', ['203.0.113.5', '10.9.9.9'], '203.0.113.5'],
    ['10.1.2.3', '10.4.4.4, 10.9.9.9', '10.4.4.4'],
    ['2001:db8:1::1', '2001:db8:2:3:4:5:6:7', '2001:db8:2:3'],
    ['2001:db8:2:3::9', undefined, '2001:db8:2:3'],
    ['2001:db8::9', undefined, '2001:db8:0:0'],
    ['::1', undefined, '0:0:0:0'],
    ['fe80::1%eth0', undefined, 'fe80:0:0:0'],
  ])('is, for %s that says %j, %s', (ip, forwarded, network) => {
    expect(of(ip, forwarded)).toBe(network);
  });

  it.each([
    ['somebody who is no proxy', '203.0.113.5', '198.51.100.1', '203.0.113.5'],
    ['a neighbour of a proxy', '192.0.2.8', '198.51.100.1', '192.0.2.8'],
    ['what stands before the last hop that is no proxy', '10.1.2.3', '1.1.1.1, 203.0.113.5', '203.0.113.5'],
    ['what is no address', '10.1.2.3', 'unknown', '10.1.2.3'],
    ['what stands before something that is no address', '10.1.2.3', '1.1.1.1, x, 10.9.9.9', '10.9.9.9'],
    ['an address with a port', '10.1.2.3', '203.0.113.5:80', '10.1.2.3'],
    ['nothing', '10.1.2.3', '', '10.1.2.3'],
  ])('ignores %s', (_, ip, forwarded, network) => {
    expect(of(ip, forwarded)).toBe(network);
  });

  it('is never what a header says where no proxy is trusted', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), (ip, forwarded) => {
        expect(of(ip, forwarded, [])).toBe(ip);
      }),
    );
  });

  it('is told for whatever a trusted proxy writes', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), { maxLength: 5 }), (hops) =>
        expect(of('10.0.0.1', hops.join(', '))).toEqual(expect.any(String)),
      ),
    );
  });
});
