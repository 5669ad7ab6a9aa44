import { Readable } from 'node:stream';
import { Disposals } from '../../../src/casework/erasure/disposals';
import { EvidenceFiles } from '../../../src/casework/evidence-files';
import { Messages } from '../../../src/casework/messages';
import { FindPatterns } from '../../../src/casework/patterns/find-patterns';
import { PatternReviews } from '../../../src/casework/patterns/pattern-reviews';
import { Registers } from '../../../src/casework/registers/registers';
import { Systems } from '../../../src/casework/registers/systems';
import { ReadCase } from '../../../src/casework/read-case';
import { ReadCustody } from '../../../src/casework/read-custody';
import { ReadHouse } from '../../../src/casework/read-house';
import { ReadIdentity } from '../../../src/casework/read-identity';
import { ReadLog } from '../../../src/casework/read-log';
import { ExportQueue } from '../../../src/casework/queue/export-queue';
import { ReadQueue } from '../../../src/casework/queue/read-queue';
import { ExportSearch } from '../../../src/casework/search/export-search';
import { SearchCases } from '../../../src/casework/search/search-cases';
import { TakeStep } from '../../../src/casework/take-step';
import { HandOver } from '../../../src/casework/team/hand-over';
import { OpenInEmergency } from '../../../src/casework/team/open-in-emergency';
import { ReadAsked } from '../../../src/casework/team/read-asked';
import { ReadProposals } from '../../../src/casework/team/read-proposals';
import type { QueueFilter } from '../../../src/casework/queue/views';
import { ReadAgeing } from '../../../src/insight/ageing';
import { ReadClockUse } from '../../../src/insight/clock-use';
import { ReadDwell } from '../../../src/insight/dwell';
import { ReadOwnWork } from '../../../src/insight/own-work';
import { ReadTeamLoad } from '../../../src/insight/team-load';
import { ReadStatistics } from '../../../src/insight/read-statistics';
import { readEntry } from '../../../src/ledger/entry';
import { HOUSE } from '../../../src/ledger/house';
import { Accounts } from '../../../src/people/accounts';
import { Sight } from '../../../src/people/sight';
import type { Officer } from '../../../src/people/visitor';
import { Refusal } from '../../../src/platform/refusal';
import { Case } from '../../../src/records/entities/case';
import { Entry } from '../../../src/records/entities/entry';
import { LogLeaf } from '../../../src/records/entities/log-leaf';
import { Transactions } from '../../../src/records/transactions';
import { SCHEDULE_CODES } from '../../../src/rules/retention';
import { STATE_CODES } from '../../../src/rules/states';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { hireStaff, Walk, type Staff } from '../../harness/walk';
import { watchReading } from '../../harness/watch-reading';
import { endedCase } from '../erasure/due-house';

const THEN = '2026-11-24T09:00:00.000Z';
const YEARS_LATER = '2034-11-25T09:00:00.000Z';
/** Deeds of the house that tell what there was among all cases. */
const TELL_OF_CASES = [
  'find-pattern',
  'search-cases',
  'export-queue',
  'export-search',
  'propose-disposal',
  'link-case-to-case-law',
];
const NOBODYS = { reference: 'RD-ZZZZ-ZZZZ', ledgerId: 'ffffffff-ffff-4fff-8fff-ffffffffffff' };

describe.each(engines())('somebody who is kept out of cases, on %s', (engine) => {
  let house: House;
  let staff: Staff;
  /** Kept out of the hidden cases, with every role that lists cases; and somebody with the same roles who is not. */
  let out: Officer;
  let free: Officer;
  let visible: Walk;
  let hidden: Walk;
  let hiddenOnes: Walk[];
  const statements: string[] = [];

  beforeAll(async () => {
    house = await House.open(engine, (sql) => void statements.push(sql));
    watchReading(house, (sql) => void statements.push(sql));
    staff = await hireStaff(house);
    out = await house.officer('TRI', 'PRT', 'DPO', 'AUD');
    free = await house.officer('TRI', 'PRT', 'DPO', 'AUD');
    await house.get(Systems).add(staff.TRI, {
      systemName: 'Scorer',
      purpose: 'It rates.',
      useDomain: 'DOM-SVC-BEN',
      lifecycleStage: 'LC-OPER',
    });
  });
  afterAll(() => house?.close());

  /** Open cases and such as ended and are due for erasure later, one of them in all ways that figures count. */
  async function someCases(proceeding: 'PP-DPA' | 'PP-MSA'): Promise<Walk[]> {
    const open = [];
    for (let n = 0; n < 3; n++) open.push(await Walk.lodge(house, staff, 'Words to be searched.'));
    const ended = [await endedCase(house, staff), await endedCase(house, staff)];
    const remedied = await Walk.lodge(house, staff, 'Words to be searched.');
    await remedied.toInvestigation();
    await remedied.toFindings();
    await remedied.toOffer();
    await remedied.by('TRI', 'name-system', { systemNumber: 1 });
    await remedied.by('TRI', 'record-proceeding', {
      proceedingType: proceeding,
      proceedingCourse: 'CONTINUE',
    });
    await house.get(FindPatterns).run();
    // Somebody else leaves each time, in the middle of an open case.
    const leaver = await house.officer('LEG');
    await open[0]!.bring(leaver, 'LEG');
    await house.get(Accounts).deactivate(leaver.personId, (await house.administrator()).personId);
    return [...open, ...ended, remedied];
  }

  async function allPages(filter: QueueFilter, who: Officer) {
    const pages = [];
    for (let cursor: string | undefined, goesOn = true; goesOn;) {
      const page = await house
        .get(ReadQueue)
        .page({ ...filter, limit: 2, ...(cursor ? { cursor } : {}) }, who);
      pages.push(page);
      cursor = page.next ?? undefined;
      goesOn = page.next !== null;
    }
    return pages;
  }

  async function allFound(who: Officer) {
    const pages = [];
    for (let cursor: string | undefined, goesOn = true; goesOn;) {
      const page = await house
        .get(SearchCases)
        .run(who, { words: 'words searched', limit: 2, ...(cursor ? { cursor } : {}) });
      pages.push(page.cases);
      cursor = page.next ?? undefined;
      goesOn = page.next !== null;
    }
    return pages;
  }

  /** Everything that lists or counts cases, as somebody gets it; the clock stands where cases are due for erasure. */
  async function everythingListed(who: Officer) {
    house.time.goTo(YEARS_LATER);
    const filters: QueueFilter[] = [
      {},
      { sort: 'lodged' },
      { due: 'overdue' },
      { due: 'legally-late' },
      { due: 'week' },
      { due: 'today' },
      { sort: 'due' },
      { stage: 'triage' },
      { assignee: 'nobody' },
      { tier: 'MODERATE', language: 'en' },
      { assignee: who.personId },
      { tier: 'MODERATE' },
      ...STATE_CODES.map((state) => ({ state })),
    ];
    const queue = [];
    for (const filter of filters) queue.push([filter, await allPages(filter, who)]);
    const due = [];
    for (const schedule of SCHEDULE_CODES) due.push(await house.get(Disposals).due(who, schedule));
    const [transactions, sight, { time }] = [house.get(Transactions), house.get(Sight), house];
    const listed = {
      dashboards: [
        await new ReadOwnWork(transactions, sight, time).run(who, []),
        await new ReadAgeing(transactions, sight, time).run(who),
        await new ReadClockUse(transactions, sight, time).run(who),
        await new ReadDwell(transactions, sight, time).run(who, { from: '2026-01-01' }),
        await new ReadTeamLoad(transactions, house.get(Accounts), sight, time).run(who),
        await house.get(PatternReviews).list(who),
      ],
      queue,
      found: await allFound(who),
      files: [
        await house.get(ExportQueue).run({}, who, 'csv'),
        await house.get(ExportSearch).run({ words: 'words searched' }, who, 'json'),
      ],
      systems: [await house.get(Systems).list(who), await house.get(Systems).view(who, 1)],
      whoLeft: (await house.get(HandOver).whoLeft(who)).sort((a, b) => (a.personId < b.personId ? -1 : 1)),
      figures: await new ReadStatistics(house.get(Transactions), house.time).run(who),
      due,
      batches: await house.get(Disposals).list(who),
      histories: await house.get(ReadCase).auditList(who),
      asked: await house.get(ReadAsked).list(who),
      agreements: await house.get(ReadProposals).list(who),
      counts: await house.get(ReadQueue).counts(filters, who),
      toHandOver: [
        await house.get(HandOver).count(who),
        await house.get(HandOver).count(who, staff.INV.personId),
        await house.get(HandOver).count(who, staff.DEC.personId),
      ],
      openings: await house.get(OpenInEmergency).unreviewed(who),
    };
    house.time.goTo(THEN);
    return listed;
  }

  it('gets every list and every figure as in a house without them', async () => {
    visible = (await someCases('PP-DPA'))[0]!;
    const isKeptIn = { role: 'TRI', person: out.personId };
    await visible.take('TRI', 'assign', isKeptIn);
    await house.get(OpenInEmergency).run(staff.DEC, visible.reference, 'Somebody is in danger.');
    const before = await everythingListed(out);
    expect((await everythingListed(free)).figures).toEqual(before.figures);

    hiddenOnes = await someCases('PP-MSA');
    hidden = hiddenOnes[0]!;
    for (const [n, walk] of hiddenOnes.entries()) {
      await walk.take('TRI', 'assign', isKeptIn);
      await house.get(OpenInEmergency).run(staff.DEC, walk.reference, 'Somebody is in danger.');
      if (n % 2 === 0)
        await walk.take('TRI', 'exclude', { exclusionGround: 'EX-NAMED', person: out.personId });
      else
        await house.get(TakeStep).run({
          reference: walk.reference,
          step: 'recuse',
          visitor: out,
          answers: { recusalGround: 'CI-CLOSE' },
        });
    }
    house.time.goTo(YEARS_LATER);
    const batch = await house.get(Disposals).propose(free, {
      schedule: 'RS-CASE',
      reason: 'Seven years are over.',
      references: [hiddenOnes[3]!.reference],
    });
    expect(await everythingListed(out)).toEqual(before);
    const seen = await everythingListed(free);
    const reviewed = ({ dashboards }: typeof seen) => dashboards[5] as { code: string }[];
    expect(reviewed(before).map(({ code }) => code)).toEqual(['PP-DPA']);
    expect(reviewed(seen).map(({ code }) => code)).toEqual(['PP-DPA', 'PP-MSA']);
    expect(seen.whoLeft).toHaveLength(2);
    for (const { reference } of hiddenOnes.slice(0, 3))
      expect(seen.files.map(({ content }) => content.includes(reference))).toEqual([true, true]);
    expect(seen.systems).not.toEqual(before.systems);
    expect(seen.figures.total).toBe(before.figures.total + hiddenOnes.length);
    expect(seen.histories.cases.length).toBe(before.histories.cases.length + hiddenOnes.length);
    expect(seen.batches.map(({ id }) => id)).toEqual([batch.id]);
    expect(seen.openings.length).toBe(before.openings.length + hiddenOnes.length);

    for (const id of [batch.id, NOBODYS.ledgerId]) {
      await expectRefused(() => house.get(Disposals).view(out, id), 'There is no such batch.');
      await expectRefused(() => house.get(Disposals).settle(out, id, true), 'There is no such batch.');
      await expectRefused(() => house.get(Disposals).certificate(out, id), 'There is no such batch.');
    }
  });

  it('is shown no link to them, in what others said, in the history or as an auditor', async () => {
    await visible.take('TRI', 'link-case', { otherCase: hidden.reference, linkType: 'SAME_EVENT' });
    await visible.take('TRI', 'link-case', { otherCase: hiddenOnes[1]!.reference, linkType: 'SAME_EVENT' });
    await house.integrate();
    const { ledgerId } = await house.source
      .getRepository(Case)
      .findOneByOrFail({ reference: visible.reference });
    const told = async (who: Officer) => ({
      view: await house.get(ReadCase).forStaff(visible.reference, who),
      history: await house.get(ReadCase).history(visible.reference, who),
      audited: await house.get(ReadCase).audit(ledgerId, who),
    });
    const [toOut, toFree] = [await told(out), await told(free)];
    expect(JSON.stringify(toOut)).not.toContain(hidden.reference);
    expect(JSON.stringify(toOut)).not.toContain(hiddenOnes[1]!.reference);
    expect(toFree.view.links.map(({ reference }) => reference).sort()).toEqual(
      [hidden.reference, hiddenOnes[1]!.reference].sort(),
    );
    expect(JSON.stringify(toFree.history)).toContain(hidden.reference);
    expect(JSON.stringify(toFree.audited)).toContain(hidden.reference);
    expect(toOut.audited.entries.filter(({ body }) => body === null).map(({ act }) => act)).toEqual([
      'link-case',
      'link-case',
    ]);
    // The last entry is that of whoever read it second.
    expect(toOut.audited.entries.map(({ leafHash }) => leafHash)).toEqual(
      toFree.audited.entries.slice(0, -1).map(({ leafHash }) => leafHash),
    );
  });

  it('reads of the log no entry of theirs, nor one that names them', async () => {
    const leaves = await house.source.getRepository(LogLeaf).find({ order: { index: 'ASC' } });
    const ledgerIds = new Set<string>();
    for (const { reference } of hiddenOnes)
      ledgerIds.add((await house.source.getRepository(Case).findOneByOrFail({ reference })).ledgerId);
    for (const { index, ledgerId, n } of leaves) {
      const { body } = await house.source.getRepository(Entry).findOneByOrFail({ ledgerId, n });
      const isHidden =
        ledgerIds.has(ledgerId) ||
        hiddenOnes.some(({ reference }) => body.includes(reference)) ||
        (ledgerId === HOUSE && TELL_OF_CASES.includes(readEntry(body)!.act));
      const read = house.get(ReadLog).entry(out, index);
      if (isHidden) await expect(read).rejects.toMatchObject({ kind: 'not-found' });
      else expect(await read).toMatchObject({ index });
    }
    const none = await refusalOf(() => house.get(ReadLog).entry(out, leaves.length + 10));
    const ofHidden = leaves.find(({ ledgerId }) => ledgerIds.has(ledgerId))!;
    expect(await refusalOf(() => house.get(ReadLog).entry(out, ofHidden.index))).toEqual(none);
  });

  it('reads in the history of the house that something was found, shown or erased, not what', async () => {
    await house.get(Registers).of('case-law').versions!.link(free, 1, { reference: hidden.reference });
    const whole = async (who: Officer) => {
      const entries = [];
      for (let before: number | undefined, goesOn = true; goesOn;) {
        const page = await house.get(ReadHouse).page(who, before);
        entries.push(...page.entries);
        before = page.next ?? undefined;
        goesOn = page.next !== null;
      }
      return new Map(entries.map((entry) => [entry.n, entry]));
    };
    const [toFree, toOut] = [await whole(free), await whole(out)];
    const told = [...toFree.values()].filter(({ act }) => TELL_OF_CASES.includes(act));
    expect(new Set(told.map(({ act }) => act))).toEqual(new Set(TELL_OF_CASES));
    expect(told.map(({ body }) => body).join()).toContain('PT-ORDER');
    for (const [n, entry] of toFree) {
      const { act, facts, body, leafHash } = toOut.get(n)!;
      const isTelling = TELL_OF_CASES.includes(act);
      expect([facts, body]).toEqual(isTelling ? [{}, null] : [entry.facts, entry.body]);
      expect([act, leafHash]).toEqual([entry.act, entry.leafHash]);
    }
  });

  it('can link, list and propose them no more than what does not exist', async () => {
    const link = (otherCase: string) =>
      refusalOf(() =>
        house.get(TakeStep).run({
          reference: visible.reference,
          step: 'link-case',
          visitor: out,
          answers: { otherCase, linkType: 'SAME_EVENT' },
        }),
      );
    expect(await link(hidden.reference)).toEqual(await link(NOBODYS.reference));
    house.time.goTo(YEARS_LATER);
    const propose = async (reference: string) =>
      (
        await refusalOf(() =>
          house
            .get(Disposals)
            .propose(out, { schedule: 'RS-CASE', reason: 'Seven years are over.', references: [reference] }),
        )
      ).replaceAll(reference, '<case>');
    expect(await propose(hiddenOnes[4]!.reference)).toEqual(await propose(NOBODYS.reference));
    house.time.goTo(THEN);
  });

  it('hands over for others what they see, and learns nothing of the rest', async () => {
    const leaving = await house.officer('LEG');
    const successor = await house.officer('LEG');
    for (const walk of [visible, hidden]) await walk.bring(leaving, 'LEG');
    const answers = { person: successor.personId, note: 'Go on.', from: leaving.personId };
    expect(await house.get(HandOver).count(out, leaving.personId)).toBe(1);
    expect(await house.get(HandOver).run(out, answers)).toEqual({ handedOver: 1, left: [] });
    expect(await house.get(HandOver).count(free, leaving.personId)).toBe(1);
    expect(await house.get(HandOver).run(free, answers)).toEqual({ handedOver: 1, left: [] });
  });

  it('opens none in an emergency, and the history of the house tells that it was tried', async () => {
    const attempts = () => house.source.getRepository(Entry).countBy({ ledgerId: HOUSE });
    const before = await attempts();
    const open = (reference: string) =>
      refusalOf(() => house.get(OpenInEmergency).run(out, reference, 'Somebody is in danger.'));
    expect(await open(hidden.reference)).toEqual(await open(NOBODYS.reference));
    expect(await attempts()).toBe(before + 2);
  });

  it('has the same questions put to the database as for a case that does not exist', async () => {
    const file = () => ({ fileName: 'letter.txt', content: Readable.from([Buffer.from('Dear')]) });
    const reading = (reference: string, ledgerId: string): Record<string, () => Promise<unknown>> => ({
      case: () => house.get(ReadCase).forStaff(reference, out),
      history: () => house.get(ReadCase).history(reference, out),
      erasure: () => house.get(ReadCase).erasure(reference, out),
      steps: () => house.get(ReadCase).openSteps(reference, out),
      audit: () => house.get(ReadCase).audit(ledgerId, out),
      messages: () => house.get(Messages).list(out, reference),
      writing: () => house.get(Messages).write(out, 'Hello', reference),
      files: () => house.get(EvidenceFiles).page(out, {}, reference),
      adding: () => house.get(EvidenceFiles).add(out, file(), reference),
      opening: () => house.get(EvidenceFiles).open(out, 1, reference),
      original: () => house.get(EvidenceFiles).openOriginal(out, 1, reference, 'Somebody asks for it.'),
      custody: () => house.get(ReadCustody).of(out, { reference }, 1),
      'custody for auditors': () => house.get(ReadCustody).of(out, { ledgerId }, 1),
      'opened identity': () => house.get(ReadIdentity).until(out, reference),
      identity: () => house.get(ReadIdentity).run(out, reference),
      step: () =>
        house.get(TakeStep).run({ reference, step: 'suspend', visitor: out, answers: {}, revision: 2 }),
      'second person': () =>
        house.get(TakeStep).run({ reference, step: 'decline', visitor: out, answers: {}, agree: true }),
      'own place': () => house.get(TakeStep).run({ reference, step: 'recuse', visitor: out, answers: {} }),
      emergency: () => house.get(OpenInEmergency).run(out, reference, 'Somebody is in danger.'),
    });
    const { ledgerId } = await house.source
      .getRepository(Case)
      .findOneByOrFail({ reference: hidden.reference });
    const ofHidden = reading(hidden.reference, ledgerId);
    const ofNone = reading(NOBODYS.reference, NOBODYS.ledgerId);
    for (const name of Object.keys(ofHidden)) {
      const [asked, askedOfNone] = [await statementsOf(ofHidden[name]!), await statementsOf(ofNone[name]!)];
      expect([name, asked]).toEqual([name, askedOfNone]);
      expect([name, asked.statements.length > 0]).toEqual([name, true]);
    }
  });

  /** The refusal, and the text of each statement that was put to the database before it. */
  async function statementsOf(work: () => Promise<unknown>) {
    statements.length = 0;
    return { refused: await refusalOf(work), statements: [...statements] };
  }
});

async function refusalOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Refusal) return JSON.stringify([error.kind, error.message, error.needs]);
    throw error;
  }
  throw new Error('Nothing was refused.');
}

async function expectRefused(work: () => Promise<unknown>, message: string): Promise<void> {
  expect(await refusalOf(work)).toContain(message);
}
