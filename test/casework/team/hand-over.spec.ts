import { HandOver } from '../../../src/casework/team/hand-over';
import { EvidenceFiles } from '../../../src/casework/evidence-files';
import { Messages } from '../../../src/casework/messages';
import { ReadQueue } from '../../../src/casework/queue/read-queue';
import { ReadCase } from '../../../src/casework/read-case';
import { ReadOwnWork } from '../../../src/insight/own-work';
import { Accounts } from '../../../src/people/accounts';
import { Sight } from '../../../src/people/sight';
import type { Officer } from '../../../src/people/visitor';
import type { Refusal } from '../../../src/platform/refusal';
import { Case } from '../../../src/records/entities/case';
import { Transactions } from '../../../src/records/transactions';
import { TakeStep } from '../../../src/casework/take-step';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { hireStaff, Walk, type Staff } from '../../harness/walk';

const DUE = '2026-12-10';

describe.each(engines())('what somebody has to do in a case goes on when they do not, on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let walk: Walk;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  beforeEach(async () => {
    walk = await Walk.lodge(house, staff);
    await walk.toInvestigation();
    await walk.joinTeam('REM');
  });
  afterEach(async () => expect((await house.verify()).differences).toEqual([]));
  afterAll(() => house?.close());

  const as = (visitor: Officer, step: string, answers: object) =>
    house.get(TakeStep).run({ reference: walk.reference, step, visitor, answers: { ...answers } });

  /** One of everything that somebody can own in a case, and of each kind one that is settled. */
  async function giveEverything({ personId: owner }: Officer): Promise<void> {
    const due = { owner, dueOn: DUE };
    for (const actionDescription of ['A person decides anew.', 'The threshold is set anew.'])
      await walk.by('DEC', 'plan-action', { action: 'RA-01', actionDescription, ...due });
    await walk.by('DEC', 'drop-action', { actionNumber: 2, reasons: 'Twice.' });
    for (const measure of ['RA-01', 'RA-19'])
      await walk.by('TRI', 'order-interim-measure', { measure, measureReason: 'Now.', ...due });
    await walk.by('TRI', 'activate-interim-measure', { measureNumber: 2 });
    await walk.by('PRT', 'lift-interim-measure', { measureNumber: 2, reasons: 'Not needed.' });
    await walk.by('PRT', 'plan-protection', {
      protects: 'COMPLAINANT',
      protectionMeasures: ['PM-01'],
      protectionWished: true,
      owner,
      reviewOn: '2026-11-30',
    });
    for (const taskText of ['Ring the landlord.', 'Ring the bank.'])
      await walk.by('TRI', 'add-task', { taskText, ...due });
    await walk.by('TRI', 'finish-task', { taskNumber: 2 });
    for (const translationLanguage of ['fr', 'de'])
      await walk.by('TRI', 'request-translation', {
        translatedKind: 'COMPLAINT',
        translationLanguage,
        ...due,
      });
    await walk.by('TRI', 'withdraw-translation-request', { translationRequestNumber: 2, reasons: 'Twice.' });
  }

  const view = () => house.get(ReadCase).forStaff(walk.reference, staff.TRI);

  /** Numbers of what is in whose hands, of each kind. */
  async function inHandsOf(visitor: Officer) {
    const { personId } = visitor;
    const name = (await house.get(Transactions).read((db) => house.get(Accounts).names(db, [personId]))).get(
      personId,
    );
    const { actions, measures, protection, teamTasks, translationRequests } = await view();
    return Object.entries({ actions, measures, protection, teamTasks, translationRequests }).map(
      ([kind, rows]) => [kind, rows.filter(({ owner }) => owner === name).map(({ n }) => n)],
    );
  }

  const tasksOf = async (visitor: Officer) =>
    (await new ReadOwnWork(house.get(Transactions), house.get(Sight), house.time).run(visitor, [])).tasks
      .filter(({ reference, n }) => reference === walk.reference && n !== null)
      .map(({ kind }) => kind)
      .sort();

  const ALL_OPEN = [
    ['actions', [1]],
    ['measures', [1]],
    ['protection', [1]],
    ['teamTasks', [1]],
    ['translationRequests', [1]],
  ];
  const WHAT_WAS_DONE = [
    ['actions', [2]],
    ['measures', [2]],
    ['protection', []],
    ['teamTasks', [2]],
    ['translationRequests', [2]],
  ];

  it('with their places to whoever takes them, all that is open and nothing that is done', async () => {
    const successor = await house.officer('REM');
    await walk.toFindings();
    await giveEverything(staff.REM);
    const before = await tasksOf(staff.REM);
    expect(before).toEqual(['MEASURE', 'PROTECTION', 'TEAM_TASK', 'TRANSLATION_REQUEST']);
    const handed = await house
      .get(HandOver)
      .run(staff.REM, { person: successor.personId, note: 'I am away until March.' });
    expect(handed).toEqual({ handedOver: 1, left: [] });
    expect(await inHandsOf(staff.REM)).toEqual(WHAT_WAS_DONE);
    expect(await inHandsOf(successor)).toEqual(ALL_OPEN);
    await as(successor, 'declare-no-conflict', { noConflict: true });
    expect([await tasksOf(staff.REM), await tasksOf(successor)]).toEqual([[], before]);
  });

  it('by the hand of a triage lead where somebody has left the house', async () => {
    const leaver = await house.officer('INV');
    await walk.bring(leaver, 'INV');
    await walk.by('TRI', 'add-task', { taskText: 'Ring.', owner: leaver.personId, dueOn: DUE });
    await house.get(Accounts).deactivate(leaver.personId, (await house.administrator()).personId);
    expect(await house.get(HandOver).whoLeft(staff.TRI)).toEqual([{ personId: leaver.personId, cases: 1 }]);
    const successor = await house.officer('INV');
    await house
      .get(HandOver)
      .run(staff.TRI, { person: successor.personId, note: 'Go on.', from: leaver.personId });
    expect((await view()).teamTasks.map(({ ownerRole }) => ownerRole)).toEqual(['INV']);
    expect((await inHandsOf(successor))[3]).toEqual(['teamTasks', [1]]);
    expect(await house.get(HandOver).whoLeft(staff.TRI)).toEqual([]);
  });

  it('also in a case that ended, while something is to be done in it', async () => {
    const leaver = await house.officer('LEG');
    await walk.bring(leaver, 'LEG');
    await walk.by('RH', 'withdraw');
    const count = () => house.get(HandOver).count(leaver);
    // As it is once nobody here owes anything in it.
    await house.source.getRepository(Case).update({ reference: walk.reference }, { nextDueOn: null });
    expect(await count()).toBe(0);
    await walk.by('TRI', 'add-task', { taskText: 'Send it back.', owner: leaver.personId, dueOn: DUE });
    expect(await count()).toBe(1);
    const successor = await house.officer('LEG');
    await house.get(Accounts).deactivate(leaver.personId, (await house.administrator()).personId);
    expect(await house.get(HandOver).whoLeft(staff.TRI)).toEqual([{ personId: leaver.personId, cases: 1 }]);
    await house
      .get(HandOver)
      .run(staff.TRI, { person: successor.personId, note: 'It is in the desk.', from: leaver.personId });
    expect((await inHandsOf(successor))[3]).toEqual(['teamTasks', [1]]);
    expect(await count()).toBe(0);
  });

  it('past intake without whoever took the case in and handed it over, as without every colleague who is not on its team', async () => {
    const early = await Walk.lodge(house, staff);
    const [successor, colleague] = [await house.officer('INT'), await house.officer('INT')];
    /** In its own right, in the list, in its history, and as files and messages of it. */
    const waysIn = async (visitor: Officer, { reference }: Walk = walk) => {
      const opens = (work: Promise<unknown>) =>
        work.then(
          () => true,
          (error: unknown) => {
            if ((error as Refusal).kind !== 'not-found') throw error;
            return false;
          },
        );
      const { cases } = await house.get(ReadQueue).page({ sort: 'lodged', limit: 100 }, visitor);
      return [
        await opens(house.get(ReadCase).forStaff(reference, visitor)),
        await opens(house.get(ReadCase).history(reference, visitor, { before: 1000, limit: 10 })),
        await opens(house.get(Messages).page(visitor, { before: 1000, limit: 10 }, reference)),
        await opens(house.get(EvidenceFiles).list(visitor, reference)),
        cases.some((each) => each.reference === reference),
      ];
    };
    const [all, none] = [true, false].map((each) => Array.from({ length: 5 }, () => each));
    expect([await waysIn(staff.INT), await waysIn(colleague)]).toEqual([all, none]);
    for (const each of [staff.INT, colleague]) expect(await waysIn(each, early)).toEqual(all);
    await house.get(HandOver).run(staff.INT, { person: successor.personId, note: 'I am away.' });
    expect([await waysIn(staff.INT), await waysIn(successor)]).toEqual([none, none]);
    await as(successor, 'declare-no-conflict', { noConflict: true });
    expect([await waysIn(staff.INT), await waysIn(successor), await waysIn(colleague)]).toEqual([
      none,
      all,
      none,
    ]);
    expect(await waysIn(staff.INT, early)).toEqual(all);
  });

  it.each([
    ['was taken off the team', 'end-assignment', 'TRI'],
    ['is kept out', 'exclude', 'TRI'],
    ['withdrew', 'recuse', 'REM'],
  ] as const)(
    'to the next in their role where somebody %s, to nobody of another role',
    async (_, step, who) => {
      const { personId: person } = staff.REM;
      await walk.by('TRI', 'add-task', { taskText: 'Ring.', owner: person, dueOn: DUE });
      await walk.by('TRI', 'add-task', { taskText: 'Write.', owner: staff.INV.personId, dueOn: DUE });
      const answers = {
        'end-assignment': { person, reasons: 'Needed elsewhere.' },
        exclude: { person, exclusionGround: 'EX-NAMED' },
        recuse: { recusalGround: 'CI-CLOSE' },
      };
      await walk.take(who, step, answers[step]);
      await walk.assign('DEC', 'DEC');
      expect((await inHandsOf(staff.DEC))[3]).toEqual(['teamTasks', []]);
      const next = await house.officer('REM');
      await walk.bring(next, 'REM');
      expect((await inHandsOf(next))[3]).toEqual(['teamTasks', [1]]);
      expect((await inHandsOf(staff.INV))[3]).toEqual(['teamTasks', [2]]);
    },
  );
});
