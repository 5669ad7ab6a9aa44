import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { canonical, isCanonical, leafHash, recorded, type EntryBody } from '../../src/ledger/entry';

const names = fc.string({ unit: 'binary', minLength: 1 }).filter((name) => name !== '__proto__');
const plain = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
const facts = fc.dictionary(names, fc.oneof(plain, fc.array(fc.string(), { minLength: 1 })));
const hex = fc.stringMatching(/^[0-9a-f]{64}$/);

const bodies: fc.Arbitrary<EntryBody> = fc.record({
  v: fc.constant(1 as const),
  case: fc.uuid(),
  n: fc.integer({ min: 1 }),
  prev: hex,
  act: fc.string(),
  by: fc.record({ role: fc.constantFrom('RH', 'INT', 'SYS'), ref: fc.option(fc.uuid()) }),
  at: fc.constant('2026-11-24T09:00:00.000Z'),
  from: fc.string(),
  to: fc.string(),
  facts,
  sealed: fc.array(fc.record({ name: fc.string(), commitment: hex })),
  rows: fc.array(fc.record({ table: fc.string(), id: fc.uuid(), set: facts })),
});

type Path = (string | number)[];

/** The way to every single value of an entry. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, [...path, name]));
}

function another(value: unknown): unknown {
  if (typeof value === 'string') return `${value}x`;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return 'null';
}

function edited(
  body: unknown,
  path: Path,
  edit: (holder: Record<string, unknown>, name: string) => void,
): unknown {
  const copy = structuredClone(body);
  let holder = copy as Record<string, unknown>;
  for (const name of path.slice(0, -1)) holder = holder[name] as Record<string, unknown>;
  edit(holder, String(path.at(-1)));
  return copy;
}

/** The same value, every object written in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, inner]) => [name, reversed(inner)]),
  );
}

const hashOf = (body: unknown): string => leafHash(canonical(body));

describe('an entry', () => {
  it('is written as the sample of RFC 8785 is', () => {
    const sample = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`) as unknown;
    expect(canonical(sample)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('has its names in the order of UTF-16 units, as RFC 8785 sorts them', () => {
    const sorted = ['\r', '1', '\u0080', 'ö', '€', '😀', '\ufb33'];
    const written = canonical(Object.fromEntries([...sorted].reverse().map((name) => [name, 0])));
    expect(Object.keys(JSON.parse(`{"x":${written}}`) as object)).toEqual(['x']);
    expect(written.replaceAll(/[{}]|:0/g, '')).toBe(sorted.map((name) => JSON.stringify(name)).join(','));
  });

  it.each([
    ['a number that is none', NaN],
    ['a number without end', -Infinity],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['a big integer', 1n],
    ['nothing', undefined],
    ['an object of a class', new Date(0)],
    ['a map', new Map()],
  ])('refuses %s, which JSON cannot say', (_name, value) => {
    expect(() => canonical([value])).toThrow(/cannot hold/);
    expect(() => canonical({ deep: { list: ['a', value] } })).toThrow(/cannot hold/);
    if (value !== undefined) expect(() => canonical({ value })).toThrow(/cannot hold/);
  });

  it('refuses a list with a hole and leaves out what is undefined', () => {
    expect(() => canonical(new Array(2))).toThrow(/cannot hold/);
    expect(canonical({ b: 1, a: undefined })).toBe('{"b":1}');
  });

  it.each(['{"a":#}', '[#]', '{"b":#,"a":0}'])('is not canonical nested 50,000 times as %s', (level) => {
    const [before = '', after = ''] = level.split('#');
    const text = `${before.repeat(50_000)}1${after.repeat(50_000)}`;
    expect(isCanonical(JSON.parse(text), text)).toBe(false);
  });

  it('has the hash of RFC 9162 over its bytes', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const bytes = Buffer.concat([Buffer.of(0), Buffer.from(canonical(body), 'utf8')]);
        expect(hashOf(body)).toBe(createHash('sha256').update(bytes).digest('hex'));
      }),
    );
  });

  it('reads back as what was written and is then written the same', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const text = canonical(body);
        const read = JSON.parse(text) as unknown;
        expect(canonical(read)).toBe(text);
        expect(canonical(JSON.parse(JSON.stringify(body)))).toBe(text);
      }),
    );
  });

  it('is known as canonical, and any other writing of it as not', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const text = canonical(body);
        const known = (written: string) => isCanonical(JSON.parse(written), written);
        expect(known(text)).toBe(true);
        expect(known(JSON.stringify(reversed(JSON.parse(text))))).toBe(false);
        expect(known(` ${text}`)).toBe(false);
        expect(known(JSON.stringify(body, null, 1))).toBe(false);
        expect(known(text.replace('"v":1}', '"v":1,"v":1}'))).toBe(false);
      }),
    );
  });

  it.each([
    ['a letter that is escaped without need', '{"a":"\\u0062"}'],
    ['a slash that is escaped without need', '{"a":"\\/"}'],
    ['a number below a hundred with its exponent', '{"a":1e1}'],
    ['a number that its exponent makes as short', '{"a":1e2}'],
    ['a number that its exponent makes shorter, and a space', '{"a":1e3 }'],
    ['a number with a fraction of nothing', '{"a":1.0}'],
    ['less than nothing', '{"a":-0}'],
    ['a name said twice', '{"a":1,"a":1}'],
    ['names that JavaScript puts in order', '{"b":1,"1":1}'],
    ['numbers as names in the order of numbers', '{"9":1,"10":1}'],
    ['names in no order', '{"b":1,"a":1}'],
    ['names in no order deep inside', '{"a":[{"c":{},"b":{}}]}'],
    ['a space', '{"a": []}'],
    ['half of a sign', '{"a":"\ud800"}'],
  ])('is not canonical with %s', (_name, text) => {
    const value = JSON.parse(text) as unknown;
    expect(isCanonical(value, text)).toBe(false);
    expect(isCanonical(value, canonical(value))).toBe(true);
  });

  it('has the same hash in whatever order its names were given', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        expect(hashOf(reversed(body))).toBe(hashOf(body));
      }),
    );
  });

  it('has another hash when any of its values is another one, is left out or is called otherwise', () => {
    fc.assert(
      fc.property(bodies, fc.nat(), (body, which) => {
        const paths = pathsOf(body);
        const path = paths[which % paths.length]!;
        const hash = hashOf(body);
        expect(hashOf(edited(body, path, (holder, name) => (holder[name] = another(holder[name]))))).not.toBe(
          hash,
        );
        const isListed = /^\d+$/.test(String(path.at(-1)));
        if (isListed) return;
        expect(hashOf(edited(body, path, (holder, name) => delete holder[name]))).not.toBe(hash);
        expect(hashOf(edited(body, path, (holder, name) => (holder[`${name}x`] ??= 'new')))).not.toBe(hash);
      }),
      { numRuns: 500 },
    );
  });

  it('has another hash when it follows another entry, so that a chain cannot be rewritten in its middle', () => {
    fc.assert(
      fc.property(fc.array(bodies, { minLength: 2, maxLength: 6 }), fc.nat(), (written, which) => {
        const chain = (list: EntryBody[]): string[] =>
          list.reduce<string[]>(
            (hashes, body) => [...hashes, hashOf({ ...body, prev: hashes.at(-1) ?? '0'.repeat(64) })],
            [],
          );
        const at = which % written.length;
        const forged = written.map((body, i) => (i === at ? { ...body, act: `${body.act}x` } : body));
        const [before, after] = [chain(written), chain(forged)];
        expect(after.slice(0, at)).toEqual(before.slice(0, at));
        after.slice(at).forEach((hash, i) => expect(hash).not.toBe(before[at + i]));
      }),
    );
  });

  it('holds ciphertext and the public reference as digests, everything else as it is stored', () => {
    const digest = `sha256:${createHash('sha256').update('RD-7K3F-9QXM').digest('hex')}`;
    expect(recorded('reference', 'RD-7K3F-9QXM')).toBe(digest);
    expect(recorded('narrativeSealed', 'RD-7K3F-9QXM')).toBe(digest);
    expect(recorded('narrativeSealed', null)).toBeNull();
    expect(recorded('scale', undefined)).toBeNull();
    for (const value of ['received', 0, false, ['a']]) expect(recorded('state', value)).toBe(value);
  });
});
