import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSignposts, SIGNPOST_KINDS } from '../../../src/web/signposts';
import { has, LANGUAGES, say } from '../../../src/words/words';
import { TestApp } from '../../harness/app';
import { engines } from '../../harness/database';
import { LodgingPages } from '../../harness/lodging-pages';

const PLACE = { country: 'DE', kind: 'court', name: 'A court', verified: true, asOf: '2026-11-29' };

describe('the list of places where else one can turn', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'signposts-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  const read = (content: unknown) => {
    const file = join(folder, 'list.json');
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return readSignposts(file);
  };
  const namesOf = (list: ReturnType<typeof readSignposts>, country: string) =>
    list.of(country).flatMap(({ places }) => places.map(({ name }) => name));

  it('has words for every kind, and comes with places for every member state and for everywhere', () => {
    for (const kind of SIGNPOST_KINDS) expect([kind, has(`signpost.kind.${kind}`)]).toEqual([kind, true]);
    const shipped = readSignposts();
    expect(shipped.countries).toEqual(expect.arrayContaining(['DE', 'FR', 'ES', 'IE', 'GB', 'MT']));
    expect(shipped.countries).not.toContain('EU');
    expect(namesOf(shipped, 'MT')).toContain('112');
    expect(namesOf(shipped, 'GB')).toContain('999');
    expect(namesOf(shipped, 'GB')).not.toContain('112');
    for (const country of [...shipped.countries, '', 'XX', '<script>', '__proto__'])
      expect(namesOf(shipped, country).length).toBeGreaterThanOrEqual(3);
  });

  it('gives each shipped place its name and no words that nobody translates', () => {
    const shipped = readSignposts();
    for (const country of ['', ...shipped.countries])
      for (const name of namesOf(shipped, country)) expect(name).not.toMatch(/\([^)]* [^)]*\)/);
  });

  it('promises of no shipped place that somebody has checked it', () => {
    const shipped = readSignposts();
    for (const country of ['', ...shipped.countries])
      for (const { places } of shipped.of(country))
        for (const { name, verified } of places) expect([name, verified]).toEqual([name, false]);
  });

  it('is read from a file of the house', () => {
    const own = read([
      PLACE,
      { ...PLACE, country: 'KE', name: 'Another', phone: '+254 (0)1', address: 'https://example.org' },
    ]);
    expect(own.countries).toContain('KE');
    expect(namesOf(own, 'KE')).toEqual(['Another']);
    expect(own.of('')).toEqual([]);
  });

  it.each([
    ['no JSON', '[', /SIGNPOSTS_FILE is ".*", which cannot be read as JSON/],
    ['no list', {}, /JSON list of places/],
    ['no object', [PLACE, null], /place 2 is no object/],
    ['a strange field', [{ ...PLACE, url: 'x' }], /a field "url" that nobody knows/],
    ['a wrong country', [{ ...PLACE, country: 'Germany' }], /needs as country/],
    ['a wrong kind', [{ ...PLACE, kind: 'pub' }], /needs a kind: emergency, /],
    ['no name', [{ ...PLACE, name: ' ' }], /needs a name/],
    ['an address that runs', [{ ...PLACE, address: 'javascript:alert(1)' }], /needs as address/],
    ['a wrong phone', [{ ...PLACE, phone: 'call us' }], /needs as phone/],
    ['no word of a check', [{ ...PLACE, verified: 'yes' }], /needs verified/],
    ['a day that is none', [{ ...PLACE, asOf: '2026-02-30' }], /needs as asOf a day/],
  ])('is refused at the start with %s', (_name, content, sentence) => {
    expect(() => read(content)).toThrow(sentence);
  });

  it('is refused at the start when there is no such file', () => {
    expect(() => readSignposts(join(folder, 'none.json'))).toThrow(/leave the setting empty/);
  });
});

describe('the page of other places', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start(engines()[0]!);
  });
  afterAll(() => app.close());

  it.each(LANGUAGES)('names them in %s by the country that was chosen, and leads on', async (language) => {
    const mine = new LodgingPages(app, language);
    await mine.answer('what-happened', { narrative: 'It refused me.' });
    const chosen = await mine.answer('country', { country: 'DE' });
    expect(chosen.headers.location).toMatch(/^\/lodge\/elsewhere/);
    const page = await mine.get('/lodge/elsewhere');
    expect(page.text).toContain('Antidiskriminierungsstelle des Bundes');
    expect(page.text).not.toContain('Samaritans');
    expect(page.text).toMatch(/href="\/lodge\/system(\?lang=\w+)?"/);
    expect(page.text).toContain(say(language, 'lodge.elsewhere.danger'));
    const receipt = await mine.send();
    expect(receipt.text).toContain('Antidiskriminierungsstelle des Bundes');
    const again = await mine.press(receipt, '/lodge/saved');
    expect([again.status, again.text]).toEqual([
      400,
      expect.stringContaining('Antidiskriminierungsstelle des Bundes'),
    ]);
  });

  it.each(LANGUAGES)(
    'is open in %s to whoever asks, from every page, before a complaint and after',
    async (language) => {
      const ask = (path: string) => app.ask('GET', path);
      const start = await ask(`/?lang=${language}`);
      const link = `/elsewhere${language === 'en' ? '' : `?lang=${language}`}`;
      expect(start.text).toContain(
        `<li><a class="govuk-link" href="${link}">${say(language, 'elsewhere.title')}`,
      );
      const page = await ask(`/elsewhere?lang=${language}`);
      expect([page.status, page.headers['set-cookie']]).toEqual([200, undefined]);
      expect(page.text).toContain('<option value="DE" selected>');
      expect(page.text).toContain('Antidiskriminierungsstelle des Bundes');
      expect(page.text).toContain(`<input type="hidden" name="lang" value="${language}">`);
      const british = await ask(`/elsewhere?lang=${language}&country=GB`);
      expect(british.text).toContain('<option value="GB" selected>');
      expect(british.text).toContain('Samaritans');
      expect(british.text).not.toContain('Antidiskriminierungsstelle des Bundes');
      const names = [...page.text.matchAll(/<option value="[A-Z]{2}"[^>]*>([^<]+)</g)].map(
        ([, name]) => name!,
      );
      expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, language)));
    },
  );

  it('keeps the country where another language is chosen', async () => {
    const once = await app.ask('GET', '/elsewhere?lang=ar&country=GB&_csrf=x');
    const links = [...once.text.matchAll(/hreflang="(\w+)" href="([^"]+)"/g)].map(([, code, href]) => [
      code,
      href,
    ]);
    expect(links).toEqual(
      LANGUAGES.filter((code) => code !== 'ar').map((code) => [
        code,
        `/elsewhere?lang=${code}&amp;country=GB`,
      ]),
    );
    const other = await app.ask('GET', links[0]![1]!.replaceAll('&amp;', '&'));
    expect(other.text).toContain('<option value="GB" selected>');
    const strange = await app.ask('GET', `/elsewhere?country=${encodeURIComponent('"><b>&lang=de')}`);
    expect(strange.text).toContain('?lang=sw&amp;country=%22%3E%3Cb%3E%26lang%3Dde"');
  });

  it('shows what is there everywhere to whoever asks for no country, or for one that is none', async () => {
    for (const asked of ['', 'XX', '%3Cscript%3E', 'DE&country=GB']) {
      const { status, text } = await app.ask('GET', `/elsewhere?country=${asked}`);
      expect([asked, status, text.includes('OECD National Contact Points')]).toEqual([asked, 200, true]);
      expect(text).not.toContain('<script>');
    }
  });

  it('names what is there everywhere when no country is known, whatever was sent as one', async () => {
    for (const country of ['', 'XX']) {
      const mine = new LodgingPages(app);
      await mine.answer('what-happened', { narrative: 'It refused me.' });
      await mine.answer('country', { country });
      const page = await mine.get('/lodge/elsewhere');
      expect(page.text).toContain('OECD National Contact Points');
      expect((await mine.send()).status).toBe(200);
    }
    const mine = new LodgingPages(app);
    await mine.answer('what-happened', { narrative: 'It refused me.' });
    const forged = await mine.answer('country', { country: '<b>' });
    expect(forged.status).toBe(400);
    expect(forged.text).not.toContain('<b>');
  });
});
