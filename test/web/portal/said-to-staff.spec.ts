import { Receipts } from '../../../src/casework/receipts';
import { say, sayDay } from '../../../src/words/words';
import { TestApp } from '../../harness/app';
import { engines } from '../../harness/database';
import { BY_PHONE } from '../../harness/phone-walk';
import { FORM } from '../../harness/visitors';
import { hireStaff, houseOf, Walk } from '../../harness/walk';

describe.each(engines())('what was said to staff on the page of the case, on %s', (engine) => {
  let app: TestApp;
  let walk: Walk;

  beforeAll(async () => {
    app = await TestApp.start(engine);
    const house = houseOf(app);
    walk = await Walk.lodge(house, await hireStaff(house), undefined, { language: 'en' });
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.toOffer();
    const said = { ...BY_PHONE, saidOn: '2026-11-24', saidWords: 'Karl must not know.' };
    await walk.by('INT', 'ask-about-offer', { ...said, offerQuestion: 'And my costs?' });
    await walk.by('INT', 'refuse-offer', said);
  });
  afterAll(() => app.close());

  async function pageOf(receipt: string): Promise<string> {
    const body = new URLSearchParams({ receipt }).toString();
    const opened = await app.ask('POST', '/my-case/open', { headers: FORM, body });
    const cookie = String(opened.headers['set-cookie']).split(';')[0]!;
    return (await app.ask('GET', '/my-case', { headers: { cookie } })).text;
  }
  const beside = (role: 'REPRESENTATIVE' | 'SUPPORTER') => app.get(Receipts).add(walk.holder, role);
  const how = say('en', 'code.saidThrough.phone');
  const pen = say('en', 'role.INT');
  const speaker = (of: string) =>
    say('en', 'mycase.dictation.by', { speaker: of, day: sayDay('en', '2026-11-24'), how, role: pen });

  it('tells the person how, when and by whom, on each place where it stands', async () => {
    const page = await pageOf(walk.receipt);
    // The step, what waits, and the line of the history.
    expect(page.split(speaker(say('en', 'role.RH')))).toHaveLength(4);
    expect(page).toContain(say('en', 'mycase.message.by-us', { how, role: pen }));
    expect(page).toContain(say('en', 'mycase.dictation.until', { day: 'December 24, 2026' }));
  });

  it.each(['REPRESENTATIVE', 'SUPPORTER'] as const)(
    'tells a %s only that the person said something, and never that they did themselves',
    async (role) => {
      const page = await pageOf((await beside(role)).receipt);
      const line = say('en', 'mycase.dictation.by-another', { speaker: say('en', 'role-beside.RH') });
      expect(page.split(line)).toHaveLength(3);
      const kept = ['Karl', how, say('en', 'letter.quoted.toldPen'), 'You said', 'you said'];
      expect(kept.filter((part) => page.includes(part))).toEqual([]);
    },
  );
});
