import { Consents } from '../../src/casework/consents';
import { Disposals } from '../../src/casework/erasure/disposals';
import { EraseOnRequest } from '../../src/casework/erasure/erase-on-request';
import { ReadMyCase } from '../../src/casework/read-my-case';
import { Stories } from '../../src/casework/stories';
import { TakeStep } from '../../src/casework/take-step';
import { Log, type LogFacts } from '../../src/platform/log';
import { Case } from '../../src/records/entities/case';
import { Consent } from '../../src/records/entities/consent';
import { DataKey } from '../../src/records/entities/data-key';
import { Story } from '../../src/records/entities/story';
import { Transactions } from '../../src/records/transactions';
import { Vault } from '../../src/vault/vault';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff, riskOf } from '../harness/walk';

const TOLD = 'In spring a system stopped the benefit of a parent. A person decided anew.';
const STORY = { storyText: TOLD, storyLanguage: 'en', nothingIdentifies: true, scopeKept: true };

class ToldLog extends Log {
  readonly told: LogFacts[] = [];

  constructor() {
    super('silent');
  }

  override error(_event: string, _error?: unknown, facts: LogFacts = {}): void {
    this.told.push(facts);
  }
}

describe.each(engines())('a story on %s', (engine) => {
  let house: House;
  let staff: Staff;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  afterAll(() => house.close());

  const decide = (walk: Walk, given: boolean, scope?: string) =>
    house.get(Consents).decide(walk.holder, [{ code: 'CN-STORY', given, scope }]);
  const propose = (walk: Walk, said: Record<string, unknown> = {}) =>
    walk.by('DIA', 'publish-story', { ...STORY, ...said });
  const agree = (walk: Walk) => walk.by('PRT', 'publish-story', {}, true);
  const refused = (name: string) => ({
    kind: 'unmet',
    needs: expect.arrayContaining([expect.objectContaining({ name })]) as unknown,
  });
  const onPage = async () => (await house.get(Stories).page()).stories.map(({ text }) => text);
  const onHers = async (walk: Walk) =>
    (await house.get(ReadMyCase).view(walk.holder)).stories.map(({ status }) => status);

  async function closed(rated?: ReturnType<typeof riskOf>): Promise<Walk> {
    const walk = await Walk.lodge(house, staff);
    return closing(walk, rated);
  }

  async function closing(walk: Walk, rated?: ReturnType<typeof riskOf>): Promise<Walk> {
    await walk.toInvestigation();
    if (rated) await walk.by('PRT', 'assess-reprisal', rated);
    await walk.toFindings();
    await walk.toOffer();
    await walk.toMonitoring();
    await walk.close();
    await walk.by('DEC', 'release-hold', { holdNumber: 1, reasons: 'The logs are copied.' });
    return walk;
  }

  /** A closed case that everybody can read of. */
  async function toldBeside(text: string): Promise<Walk> {
    const walk = await closed();
    await decide(walk, true);
    await propose(walk, { storyText: text });
    await agree(walk);
    return walk;
  }

  /** A closed case that everybody can read of, and no other. */
  async function told(text = TOLD): Promise<Walk> {
    const walk = await toldBeside(text);
    expect(await onPage()).toEqual([text]);
    return walk;
  }

  it('is read by nobody but the person and staff until the protection officer agrees, then by everybody', async () => {
    const walk = await closed();
    await decide(walk, true, 'Not my town.');
    await propose(walk);
    expect(await onPage()).toEqual([]);
    expect((await house.get(ReadMyCase).view(walk.holder)).stories).toEqual([
      { status: 'PROPOSED', language: 'en', text: TOLD, publishedOn: null },
    ]);
    await agree(walk);
    expect(await house.get(Stories).page()).toEqual({
      stories: [{ language: 'en', text: TOLD }],
      next: null,
    });
    const { stories, letters } = await house.get(ReadMyCase).view(walk.holder);
    expect(stories).toEqual([{ status: 'SHOWN', language: 'en', text: TOLD, publishedOn: '2026-11-24' }]);
    expect(letters.at(-1)!.paragraphs.join('\n')).toContain(TOLD);
    const consent = (await house.get(Consents).list(walk.holder)).find(({ code }) => code === 'CN-STORY')!;
    expect(consent.disclosures).toEqual([
      expect.objectContaining({ step: 'publish-story', byRole: 'DIA', what: TOLD }),
    ]);
    await decide(walk, false);
    expect(await onPage()).toEqual([]);
  });

  /** What she says, or staff write down that she said, after a text was proposed. */
  const SAID_SINCE: [string, (walk: Walk) => Promise<unknown>][] = [
    ['she says no', (walk) => decide(walk, false)],
    ['she sets other limits', (walk) => decide(walk, true, 'Only in French.')],
    [
      'staff write down that she says no',
      (walk) =>
        walk.by('INT', 'record-consent', {
          consent: 'CN-STORY',
          consentGiven: false,
          consentSaid: 'On the phone.',
        }),
    ],
    ['she reports revenge', (walk) => walk.by('RH', 'report-retaliation', { threat: 'My shifts were cut.' })],
  ];
  const SAID_AND_TAKEN_BACK: typeof SAID_SINCE = [
    ...SAID_SINCE,
    [
      'she says no and yes again',
      async (walk) => {
        await decide(walk, false);
        await decide(walk, true);
      },
    ],
  ];
  it.each(SAID_AND_TAKEN_BACK)(
    'is not published when %s between the proposal and the agreement, nor waits any more',
    async (_, happens) => {
      const walk = await closed();
      await decide(walk, true);
      await propose(walk);
      expect(await onHers(walk)).toEqual(['PROPOSED']);
      await happens(walk);
      expect(await onHers(walk)).toEqual([]);
      await expect(agree(walk)).rejects.toMatchObject({ kind: 'conflict' });
      expect(await onPage()).toEqual([]);
    },
  );

  it('waits no more once the case goes on, whatever comes then', async () => {
    const walk = await closed(riskOf('LOW', true));
    await decide(walk, true);
    await propose(walk);
    expect(await onHers(walk)).toEqual(['PROPOSED']);
    await walk.by('RH', 'reopen', { reopenGround: 'NEW_FACTS', reasons: 'There is a letter.' });
    expect(await onHers(walk)).toEqual([]);
    await expect(agree(walk)).rejects.toMatchObject({ kind: 'conflict' });
  });

  /** After six and twelve months, so that nothing is owed any more. */
  async function followUp(walk: Walk): Promise<void> {
    for (let times = 0; times < 2; times += 1)
      await walk.by('INV', 'record-follow-up', {
        recurrenceChecked: true,
        reprisalReviewed: true,
        note: 'All is well.',
      });
  }
  const erase = (scope: string) => async (walk: Walk) => {
    await walk.by('RH', 'request-erasure', { erasureScope: scope });
    if (scope === 'CASE') await followUp(walk);
    await house.get(EraseOnRequest).run(staff.DPO, walk.reference);
  };
  const ENDS: typeof SAID_SINCE = [
    ...SAID_SINCE,
    [
      'the protection officer takes it down',
      (walk) => walk.by('PRT', 'take-down-story', { reasons: 'A reader recognised her.' }),
    ],
    [
      'she has the case opened again',
      (walk) => walk.by('RH', 'reopen', { reopenGround: 'NEW_FACTS', reasons: 'There is a letter.' }),
    ],
    ['she asks for a review', (walk) => walk.by('RH', 'appeal')],
    ['who she is is erased, and nobody could take it back', erase('PERSON')],
    ['everything is erased', erase('CASE')],
    [
      'the case file is disposed of',
      async (walk) => {
        await followUp(walk);
        const review = { reprisalLevel: 'LOW', isDefender: false, note: 'She is safe.' };
        for (const _ of ['three months on', 'six months on']) await walk.by('PRT', 'review-safety', review);
        house.time.addDays(7 * 366);
        const { id } = await house.get(Disposals).propose(staff.DPO, {
          schedule: 'RS-CASE',
          reason: 'Seven years are over.',
          references: [walk.reference],
        });
        const batch = await house.get(Disposals).settle(staff.DEC, id, true);
        expect(batch.cases[0]!.status).toBe('ERASED');
        house.time.goTo('2026-11-24T09:00:00.000Z');
      },
    ],
  ];
  it.each(ENDS)('is gone at once when %s', async (_, end) => {
    const walk = await told();
    await end(walk);
    expect(await onPage()).toEqual([]);
  });

  it('stays on her own page when it was taken down, and does not come back by itself', async () => {
    const walk = await told();
    expect(await onHers(walk)).toEqual(['SHOWN']);
    await decide(walk, false);
    expect(await onHers(walk)).toEqual(['TAKEN_DOWN']);
    await decide(walk, true);
    expect(await onPage()).toEqual([]);
    await propose(walk, { storyText: 'Another text.' });
    await agree(walk);
    expect(await onPage()).toEqual(['Another text.']);
    await propose(walk, { storyText: 'A better text.' });
    expect(await onPage()).toEqual(['Another text.']);
    await agree(walk);
    expect(await onPage()).toEqual(['A better text.']);
    expect(await onHers(walk)).toEqual(['TAKEN_DOWN', 'TAKEN_DOWN', 'SHOWN']);
    await walk.by('DPO', 'take-down-story', { reasons: 'It says too much.' });
    await expect(walk.by('DPO', 'take-down-story', { reasons: 'Again.' })).rejects.toMatchObject(
      refused('storyStands'),
    );
  });

  it('is never told of a case whose person fears revenge or withdrew, nor of one that is open', async () => {
    const afraid = await closed();
    await decide(afraid, true);
    await afraid.by('RH', 'report-retaliation', { threat: 'My shifts were cut.' });
    await expect(propose(afraid)).rejects.toMatchObject(refused('storyEndangersNobody'));
    const gone = await Walk.lodge(house, staff);
    await decide(gone, true);
    await expect(propose(gone)).rejects.toMatchObject({ kind: 'conflict' });
    await gone.by('RH', 'withdraw');
    await gone.by('TRI', 'close-withdrawn', { othersAtRisk: false, reasons: 'She wants so.' });
    await expect(propose(gone)).rejects.toMatchObject(refused('personDidNotWithdraw'));
  });

  const rows = <T extends object>(entity: new () => T) => house.source.getRepository(entity);
  const caseOf = (walk: Walk) => ({ caseId: walk.holder.caseId });
  type End = (walk: Walk) => Promise<unknown>;
  const PUT_BACK: [string, End, End][] = [
    [
      'a no',
      (walk) => decide(walk, false),
      (walk) => rows(Consent).update({ ...caseOf(walk), code: 'CN-STORY', given: true }, { endedOn: null }),
    ],
    [
      'a no, made a yes,',
      (walk) => decide(walk, false),
      async (walk) => {
        const [yes, no] = await rows(Consent).find({
          where: { ...caseOf(walk), code: 'CN-STORY' },
          order: { n: 'ASC' },
        });
        await rows(Consent).delete({ id: yes!.id });
        await rows(Consent).update({ id: no!.id }, { given: true, n: yes!.n });
      },
    ],
    [
      'a threat',
      (walk) => walk.by('RH', 'report-retaliation', { threat: 'My shifts were cut.' }),
      (walk) => rows(Case).update({ id: walk.holder.caseId }, { reprisalLevel: 'LOW' }),
    ],
    [
      'what the protection officer took down',
      (walk) => walk.by('PRT', 'take-down-story', { reasons: 'A reader recognised her.' }),
      (walk) => rows(Story).update(caseOf(walk), { endedOn: null }),
    ],
    [
      'a reopening',
      (walk) => walk.by('RH', 'reopen', { reopenGround: 'NEW_FACTS', reasons: 'There is a letter.' }),
      async (walk) => {
        await rows(Case).update({ id: walk.holder.caseId }, { state: 'closed' });
        await rows(Story).update(caseOf(walk), { endedOn: null });
      },
    ],
  ];
  /** Lets a hand from outside change the rows of a case, looks, and puts the rows back as they were. */
  async function tampered(walk: Walk, change: End, look: () => Promise<unknown>): Promise<void> {
    const kept = {
      consents: await rows(Consent).findBy(caseOf(walk)),
      stories: await rows(Story).findBy(caseOf(walk)),
      cases: await rows(Case).findBy({ id: walk.holder.caseId }),
      keys: await rows(DataKey).findBy({ ownerId: walk.holder.caseId }),
    };
    await change(walk);
    try {
      await look();
    } finally {
      await rows(Consent).delete(caseOf(walk));
      await rows(Consent).insert(kept.consents);
      await rows(Story).save(kept.stories);
      await rows(Case).save(kept.cases);
      await rows(DataKey).save(kept.keys);
    }
  }

  it.each(PUT_BACK)(
    'is not shown again when a hand from outside undoes %s, and the log says so',
    async (_, end, undo) => {
      const other = await toldBeside('Another story.');
      const walk = await toldBeside(TOLD);
      await end(walk);
      await tampered(walk, undo, async () => {
        const log = new ToldLog();
        const stories = new Stories(house.get(Transactions), house.get(Vault), log);
        expect(await stories.page()).toEqual({
          stories: [{ language: 'en', text: 'Another story.' }],
          next: null,
        });
        expect(log.told).toEqual([caseOf(walk)]);
        expect(await onHers(walk)).toEqual(['TAKEN_DOWN']);
      });
      await decide(other, false);
    },
  );

  it.each<[string, End]>([
    [
      'its text was changed',
      async (walk) => {
        const { id, textSealed } = await rows(Story).findOneByOrFail(caseOf(walk));
        await rows(Story).update({ id }, { textSealed: `${textSealed.slice(0, -6)}AAAAAA` });
      },
    ],
    ['its text is gone', (walk) => rows(Story).update(caseOf(walk), { textSealed: '' })],
    [
      'the key of its case was changed',
      (walk) => rows(DataKey).update({ ownerId: walk.holder.caseId }, { wrappedKey: 'AAAA' }),
    ],
    ['the key of its case is gone', (walk) => rows(DataKey).delete({ ownerId: walk.holder.caseId })],
  ])('is left out alone, and the log says so, where %s', async (_, damage) => {
    const other = await toldBeside('Another story.');
    const walk = await toldBeside(TOLD);
    await tampered(walk, damage, async () => {
      const log = new ToldLog();
      const stories = new Stories(house.get(Transactions), house.get(Vault), log);
      expect((await stories.page()).stories).toEqual([{ language: 'en', text: 'Another story.' }]);
      expect(log.told).toEqual([caseOf(walk)]);
    });
    expect(await onPage()).toHaveLength(2);
    for (const each of [other, walk]) await decide(each, false);
  });

  it.each([
    'Write to her@example.org.',
    'It was RD-7K3F-9QXM.',
    'On 3.4.2026 it stopped.',
    'On 2026-04-03 it stopped.',
    'Call +49 30 1234567.',
    'اتصلوا على ٠٣٠١٢٣٤٥٦٧.',
    'See https://example.org.',
  ])('is not proposed while it says what can be seen to identify: %s', async (storyText) => {
    const walk = await closed();
    await decide(walk, true);
    await expect(propose(walk, { storyText })).rejects.toMatchObject(refused('storyTellsNoDetails'));
  });

  it('is agreed to by another person than whoever proposed it, one who did not investigate', async () => {
    const walk = await closed();
    await decide(walk, true);
    await walk.by('PRT', 'publish-story', STORY);
    await expect(agree(walk)).rejects.toMatchObject(refused('secondPerson'));
    const settle = (visitor: Staff['PRT']) =>
      house.get(TakeStep).run({
        reference: walk.reference,
        step: 'publish-story',
        visitor,
        answers: {},
        agree: true,
      });
    await expect(settle({ ...staff.INV, roles: ['PRT'] })).rejects.toMatchObject(
      refused('secondPersonIndependent'),
    );
    await settle(await house.officer('PRT'));
    expect(await onPage()).toEqual([TOLD]);
    await decide(walk, false);
  });

  it('is one of twenty on a page, in an order that tells no time', async () => {
    const walks: Walk[] = [];
    for (let n = 1; n <= 22; n += 1) {
      const walk = await closed();
      await decide(walk, true);
      await propose(walk, { storyText: `Story ${n}` });
      await agree(walk);
      walks.push(walk);
    }
    const first = await house.get(Stories).page('1');
    const second = await house.get(Stories).page(String(first.next));
    const all = [...first.stories, ...second.stories].map(({ text }) => text);
    expect([first.stories.length, first.next, second.stories.length, second.next]).toEqual([20, 2, 2, null]);
    const written = walks.map((_, index) => `Story ${index + 1}`);
    expect([...all].sort()).toEqual([...written].sort());
    expect(all).not.toEqual(written);
    for (const page of ['0', '-1', 'x', '1.5', ['1'], '999999'])
      await expect(house.get(Stories).page(page)).rejects.toMatchObject({ kind: 'invalid' });
    for (const walk of walks) await decide(walk, false);
    expect(await onPage()).toEqual([]);
  });

  it('leaves histories that can be verified, without its text', async () => {
    await house.integrate();
    expect((await house.verify()).differences).toEqual([]);
    const entries = await house.source.query<{ body: string }[]>('SELECT "body" FROM "entries"');
    expect(JSON.stringify(entries)).not.toContain('stopped the benefit of a parent');
  });
});
