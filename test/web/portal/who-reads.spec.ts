import { Receipts } from '../../../src/casework/receipts';
import { say } from '../../../src/words/words';
import { TestApp } from '../../harness/app';
import { FORM } from '../../harness/visitors';
import { hireStaff, houseOf, Walk } from '../../harness/walk';
import { wordsOf } from '../desk/desk-browser';

const TOLD_AS_HERS =
  /\(you\)|\bYou (have (not )?)?[a-z]+ed\b|\b[Yy]ou (told|said|have left|complained|lodged)|\bYou (accept|refuse) this/g;

/** What was done is told to three readers: “you” must never be somebody else. */
describe('what the person did, on the page of the case', () => {
  let app: TestApp;
  let walk: Walk;

  beforeAll(async () => {
    app = await TestApp.start('sqlite');
    const house = houseOf(app);
    walk = await Walk.lodge(house, await hireStaff(house), undefined, { language: 'en' });
    await walk.by('RH', 'request-support', { supportKind: 'INTERPRETER' });
    await walk.by('RH', 'amend-complaint', {
      amendKind: 'CORRECTION',
      amendedPart: 'narrative',
      amendText: 'It was in June.',
      writtenIn: 'en',
    });
    await walk.toInvestigation();
    for (const facilitator of ['A mediator of the chamber.', 'A retired judge.', 'Somebody else.'])
      await walk.by('TRI', 'propose-facilitator', { facilitator, facilitatorNeutral: 'The chamber pays.' });
    await walk.by('RH', 'accept-facilitator', { facilitatorNumber: 1 });
    await walk.by('RH', 'refuse-facilitator', { facilitatorNumber: 2 });
    for (const transcriptText of ['She said June.', 'She said July.', 'She said May.'])
      await walk.by('TRI', 'record-transcript', {
        occasion: 'PHONE_CALL',
        occasionOn: '2026-11-24',
        writtenIn: 'en',
        transcriptText,
      });
    await walk.by('RH', 'approve-transcript', { transcriptNumber: 1 });
    await walk.by('RH', 'dispute-transcript', { transcriptNumber: 2, dispute: 'I never said July.' });
    await walk.toFindings();
    await walk.toOffer();
    await walk.by('RH', 'accept-offer', { understood: true, actionAnswers: { 2: 'REFUSED' } });
    await walk.by('RH', 'withdraw');
  });
  afterAll(() => app.close());

  async function wordsFor(receipt: string, path = '/my-case'): Promise<string> {
    const body = new URLSearchParams({ receipt }).toString();
    const opened = await app.ask('POST', '/my-case/open', { headers: FORM, body });
    const cookie = String(opened.headers['set-cookie']).split(';')[0]!;
    const page = await app.ask('GET', path, { headers: { cookie } });
    // Letters and labels of links speak to one reader: they are hers, or what this one can do.
    return wordsOf(page.text.replaceAll(/<details[^]*?<\/details>|<a [^]*?<\/a>/g, ''));
  }
  const readAs = async (role: 'REPRESENTATIVE' | 'SUPPORTER', path?: string) =>
    wordsFor((await app.get(Receipts).add(walk.holder, role)).receipt, path);
  const facilitator = (role: string) =>
    ['WAITING', 'ACCEPTED', 'REFUSED'].map((answer) => say('en', `mycase.facilitator.${answer}`, { role }));

  it('is told to her as hers', async () => {
    const page = await wordsFor(walk.receipt);
    for (const line of facilitator('RH')) expect(page).toContain(line);
    expect(page).toContain('(you)');
  });

  it.each(['REPRESENTATIVE', 'SUPPORTER'] as const)('is never told to a %s as theirs', async (role) => {
    const page = await readAs(role);
    for (const line of facilitator('REP')) expect(page).toContain(line);
    expect(page.match(TOLD_AS_HERS)).toBeNull();
  });

  it('tells whoever supports her who acts for her, not for them, and of no field that they do not have', async () => {
    await readAs('REPRESENTATIVE');
    const page = await readAs('SUPPORTER');
    expect([page.includes('Who acts for the person'), page.includes('Who acts for you')]).toEqual([
      true,
      false,
    ]);
    expect(say('en', 'mycase.mandate.CLAIMED', { role: 'SUP', day: '' })).not.toMatch(/\byou\b/);
    const taken = say('en', 'identity.undo.can');
    expect(await wordsFor(walk.receipt, '/my-case/identity')).toContain(taken);
    expect(await readAs('SUPPORTER', '/my-case/identity')).not.toContain(taken);
  });

  it('says of each text in which language it is, or that nobody knows, whatever that of the page', async () => {
    const body = new URLSearchParams({ receipt: walk.receipt }).toString();
    const opened = await app.ask('POST', '/my-case/open', { headers: FORM, body });
    const cookie = String(opened.headers['set-cookie']).split(';')[0]!;
    const { text } = await app.ask('GET', '/my-case?lang=zh', { headers: { cookie } });
    const written = [...text.matchAll(/class="as-written" dir="auto"(?: lang="([^"]*)")?>([^<]*)/g)];
    const languagesOf = (words: string) =>
      written.filter(([, , said]) => said!.includes(words)).map(([, language]) => language);
    expect(written.filter(([, language]) => language === undefined)).toEqual([]);
    expect(languagesOf('A retired judge.')[0]).toBe('');
    expect(languagesOf('It was in June.')).toEqual(['en']);
    expect(languagesOf('She said July.')).toEqual(['en']);
  });
});
