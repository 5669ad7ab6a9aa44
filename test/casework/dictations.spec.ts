import { ReadCase } from '../../src/casework/read-case';
import { EraseOnRequest } from '../../src/casework/erasure/erase-on-request';
import { Messages } from '../../src/casework/messages';
import { ReadMyCase } from '../../src/casework/read-my-case';
import { TakeStep } from '../../src/casework/take-step';
import { Refusal } from '../../src/platform/refusal';
import { Case } from '../../src/records/entities/case';
import { Entry } from '../../src/records/entities/entry';
import { Transactions } from '../../src/records/transactions';
import { TEXTS_OF_A_STEP_A_DAY } from '../../src/rules/daily-limits';
import { DICTATION_ASKS } from '../../src/rules/dictated-row';
import { OBJECTION_DAYS } from '../../src/rules/dictations';
import { STAFF_ROLES, type RoleCode } from '../../src/rules/roles';
import type { State } from '../../src/rules/states';
import { STEPS, type StepRow } from '../../src/rules/steps';
import { say } from '../../src/words/words';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { BY_PHONE, PhoneWalk } from '../harness/phone-walk';
import { hireStaff, Walk, type Staff } from '../harness/walk';

const DICTATED = (STEPS as readonly StepRow[]).filter(({ dictatedTo }) => dictatedTo);
const TODAY = '2026-11-24';
const SAID = { ...BY_PHONE, saidOn: TODAY };

const refusalOf = async (work: Promise<unknown>): Promise<Refusal> => {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Refusal)) throw new Error(`It was not refused: ${String(error)}`);
  return error;
};

describe.each(engines())('what the person says and staff write down, on %s', (engine) => {
  let house: House;
  let staff: Staff;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  beforeEach(() => house.time.goTo(`${TODAY}T09:00:00.000Z`));
  afterAll(async () => {
    await house.integrate();
    expect((await house.verify()).differences).toEqual([]);
    await house.close();
  });

  const entriesOf = (walk: Walk) =>
    house.get(Transactions).read(async (db) => {
      const { ledgerId } = await db.findOneByOrFail(Case, { reference: walk.reference });
      return db.find(Entry, { where: { ledgerId }, order: { n: 'ASC' } });
    });
  const herPage = async (walk: Walk) => {
    const { caseId, partyId } = walk.holder;
    return house.get(ReadMyCase).view({ caseId, partyId });
  };
  it('goes by telephone alone from the complaint to the verified remedy and the appeal, in Arabic', async () => {
    const walk = await PhoneWalk.begin(house, staff);
    await walk.toInvestigation();
    walk.words = 'نسيتم شهر تموز.';
    await walk.toFindings();
    await walk.toOffer();
    walk.words = 'نعم، أقبل العرض.';
    await walk.toVerification();
    walk.words = 'تم كل شيء.';
    await walk.by('RH', 'confirm-remedy', { remedyResult: 'FULL' });
    expect((await house.get(ReadCase).forStaff(walk.reference, staff.DEC)).assessment.verification).toBe(
      'FULL',
    );
    await walk.close();
    walk.words = 'أريد أن ينظر شخص آخر.';
    expect(await walk.by('RH', 'appeal', { grounds: 'أريد أن ينظر شخص آخر.' })).toMatchObject({
      state: 'appeal',
    });
    expect(walk.dictated).toEqual([
      { step: 'comment-on-findings', agreed: false },
      { step: 'accept-offer', agreed: true },
      { step: 'confirm-remedy', agreed: true },
      { step: 'appeal', agreed: true },
    ]);

    const { letters, dictations } = await house.get(ReadCase).forStaff(walk.reference, staff.PRT);
    expect(
      dictations.map(({ step, saidBy, byRole, agreedBy, holds }) => [
        step,
        saidBy,
        byRole,
        agreedBy !== null,
        holds,
      ]),
    ).toEqual([
      ['comment-on-findings', 'RH', 'INT', false, null],
      ['accept-offer', 'RH', 'INT', true, null],
      ['confirm-remedy', 'RH', 'INT', true, null],
      ['appeal', 'RH', 'INT', true, null],
    ]);
    const told = letters.filter(({ paragraphs }) =>
      paragraphs.includes(say('ar', 'letter.also.written-down')),
    );
    expect(told.map(({ letter, language }) => [letter, language])).toEqual([
      ['written-down', 'ar'],
      ['agreement', 'ar'],
      ['thanks', 'ar'],
      ['appeal-received', 'ar'],
    ]);
    const acceptance = told[1]!.paragraphs.join('\n');
    expect(acceptance).toContain('نعم، أقبل العرض.');
    expect(acceptance).toContain(say('ar', 'step.accept-offer.done'));
    expect(acceptance).toContain(say('ar', 'role.INT'));
    expect(acceptance).toContain('24 ديسمبر 2026');

    const entries = await entriesOf(walk);
    const hers = entries.filter(({ body }) => body.includes('"writtenDownBy":"INT"'));
    expect(hers.map(({ body }) => (JSON.parse(body) as { act: string }).act)).toEqual([
      'comment-on-findings',
      'accept-offer',
      'confirm-remedy',
      'appeal',
    ]);
    for (const { body } of entries) expect(body).not.toMatch(/تموز|العرض|شيء|شخص/);
    const [comment, accept] = hers.map(
      ({ body }) => JSON.parse(body) as { by: { role: string; ref: string }; at?: string; facts: object },
    );
    expect(comment).toMatchObject({ by: { role: 'INT', ref: staff.INT.personId } });
    expect(comment!.facts).toMatchObject({
      saidBy: 'RH',
      saidThrough: 'phone',
      saidOn: TODAY,
      knownBy: 'KB-WORD',
    });
    expect(comment!.at).toBeDefined();
    expect(accept).toMatchObject({
      by: { role: 'PRT', ref: staff.PRT.personId },
      facts: { saidBy: 'RH', proposedBy: staff.INT.personId },
    });
  });

  it('stands on her page as hers, with the role that wrote it and the day on which she said it', async () => {
    const walk = await Walk.lodge(house, staff);
    await walk.by('INT', 'acknowledge', {
      noConflict: true,
      safeChannelChosen: true,
      jurisdiction: 'OTHER',
      isDataRightsRequest: false,
      reporterIsWorker: false,
      concernsListedLaw: false,
    });
    house.time.addDays(3);
    const own = await walk.comeBack();
    await own.by('INT', 'request-support', {
      ...SAID,
      saidThrough: 'assisted',
      saidThroughWhom: 'Her neighbour, who reads for her.',
      supportKind: 'INTERPRETER',
    });
    const { dictations, supports } = await herPage(own);
    expect(dictations).toMatchObject([
      {
        n: 1,
        step: 'request-support',
        saidOn: TODAY,
        byRole: 'INT',
        words: BY_PHONE.saidWords,
        throughWhom: 'Her neighbour, who reads for her.',
        writtenOn: '2026-11-27',
        objectUntil: '2026-12-27',
        objectedOn: null,
      },
    ]);
    expect(JSON.stringify(dictations)).not.toContain(staff.INT.personId);
    expect(supports).toHaveLength(1);
    const line = (await house.get(ReadMyCase).timeline(own.holder)).find(
      ({ act }) => act === 'request-support',
    );
    expect(line).toMatchObject({ byRole: 'RH', dictated: { byRole: 'INT', saidOn: TODAY } });
    expect((await entriesOf(own)).map(({ body }) => body).join()).not.toContain('neighbour');
  });

  it.each(DICTATED.map((row) => [row.step, row] as const))(
    'asks how, when and by whom “%s” was said, and lets nobody but a pen holder write it down',
    async (step, row) => {
      const walk = await inState(row);
      await walk.assign('INT', 'INT');
      const asked = await refusalOf(walk.take('INT', step, { saidBy: 'RH' }));
      expect(['unmet', 'invalid']).toContain(asked.kind);
      const fields = asked.needs.map(({ field }) => field);
      for (const field of DICTATION_ASKS.filter((name) => name !== 'saidBy')) expect(fields).toContain(field);

      const others = STAFF_ROLES.filter((role) => !row.dictatedTo!.includes(role));
      for (const role of others) {
        const visitor = { ...staff.PRT, roles: [role] as RoleCode[] };
        const refused = await refusalOf(
          house.get(TakeStep).run({ reference: walk.reference, step, visitor, answers: SAID }),
        );
        expect([role, refused.kind]).toEqual([role, expect.stringMatching(/^(forbidden|not-found)$/)]);
      }
      for (const part of ['INV', 'DEC'] as const) {
        const both = await house.officer('PRT', part);
        await walk.bring(both, part);
        const refused = await refusalOf(
          house.get(TakeStep).run({ reference: walk.reference, step, visitor: both, answers: SAID }),
        );
        expect(refused.needs.map(({ name }) => name)).toContain('penHolderIsApart');
      }
    },
  );

  /** A case in a state in which she may take the step; each is walked to once. */
  const states = new Map<State, Promise<Walk>>();
  function inState({ from }: StepRow): Promise<Walk> {
    const state =
      (
        [
          'triage',
          'withdrawn',
          'findings-shared',
          'remedy-proposed',
          'verification',
          'monitoring',
          'closed',
        ] as const
      ).find((each) => from.includes(each)) ?? 'implementation';
    const known = states.get(state) ?? walkTo(state);
    states.set(state, known);
    return known;
  }
  async function walkTo(state: State): Promise<Walk> {
    const walk = await Walk.lodge(house, staff);
    await walk.toInvestigation();
    if (state === 'triage') return walk;
    if (state === 'withdrawn') await walk.by('RH', 'withdraw');
    else {
      await walk.toFindings();
      if (state === 'findings-shared') return walk;
      await walk.toOffer();
      if (state === 'implementation') await walk.by('RH', 'accept-offer', { understood: true });
      if (state === 'verification') await walk.toVerification();
      if (state === 'monitoring' || state === 'closed') await walk.toMonitoring();
      if (state === 'closed') await walk.close();
    }
    return walk;
  }

  const waitingOffer = async () => {
    const walk = await Walk.lodge(house, staff, undefined, { language: 'ar' });
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.toOffer();
    const said = { ...SAID, understood: true, saidWords: 'نعم، أقبل العرض.' };
    expect(await walk.by('INT', 'accept-offer', said)).toMatchObject({ proposed: true });
    return walk;
  };
  const lettersTo = async (walk: Walk, letter: string) =>
    (await house.get(ReadCase).forStaff(walk.reference, staff.PRT)).letters
      .filter((each) => each.letter === letter)
      .map(({ language, paragraphs }) => ({ language, text: paragraphs.join('\n') }));

  it('tells her by letter and on her page what waits for a second person, and that nothing comes of it before', async () => {
    const walk = await waitingOffer();
    const waiting = {
      step: 'accept-offer',
      saidBy: 'RH',
      saidOn: TODAY,
      saidThrough: 'phone',
      throughWhom: null,
      words: 'نعم، أقبل العرض.',
      byRole: 'INT',
      writtenOn: TODAY,
      agreeUntil: '2026-11-27',
      refusedFor: null,
      refusedOn: null,
      deniedOn: null,
      denialAnsweredOn: null,
    };
    expect((await herPage(walk)).dictationsProposed).toEqual([waiting]);
    expect((await herPage(walk)).state).toBe('remedy-proposed');
    const [letter, ...more] = await lettersTo(walk, 'dictation-waits');
    expect(more).toEqual([]);
    expect(letter!.language).toBe('ar');
    for (const part of [
      say('ar', 'step.accept-offer.name'),
      say('ar', 'code.saidThrough.phone'),
      say('ar', 'role.INT'),
      'نعم، أقبل العرض.',
      '27 نوفمبر 2026',
    ])
      expect(letter!.text).toContain(part);
    // That it counts once she did not object in time is true only of what was accepted.
    expect(letter!.text).not.toContain(say('ar', 'letter.also.written-down'));
    await walk.by('PRT', 'accept-offer', {}, true);
    expect((await herPage(walk)).dictationsProposed).toEqual([]);
  });

  it('tells her why nothing came of it, in the same change, and keeps the reason a code', async () => {
    const walk = await waitingOffer();
    const unsaid = await refusalOf(walk.by('PRT', 'accept-offer', {}, false));
    expect(unsaid.needs).toMatchObject([{ name: 'answer', field: 'dictationRefusedFor' }]);
    expect((await herPage(walk)).dictationsProposed).toMatchObject([{ refusedFor: null }]);
    house.time.addDays(1);
    await walk.by('PRT', 'accept-offer', { dictationRefusedFor: 'DR-WHO' }, false);
    expect((await herPage(walk)).dictationsProposed).toMatchObject([
      { step: 'accept-offer', agreeUntil: null, refusedFor: 'DR-WHO', refusedOn: '2026-11-25' },
    ]);
    const [letter] = await lettersTo(walk, 'dictation-refused');
    expect(letter!.text).toContain(say('ar', 'code.dictationRefusedFor.DR-WHO'));
    expect(letter!.text).toContain(say('ar', 'step.accept-offer.name'));
    expect(letter!.text).not.toContain(say('ar', 'step.accept-offer.done'));
    const [entry] = (await entriesOf(walk))
      .map(({ body }) => JSON.parse(body) as { act: string; facts: object })
      .filter(({ act }) => act === 'refuse-accept-offer');
    expect(entry!.facts).toMatchObject({ dictationRefusedFor: 'DR-WHO' });
    // What is no step of hers is refused without telling her.
    expect((await herPage(walk)).letters.filter(({ letter }) => letter === 'dictation-refused')).toHaveLength(
      1,
    );
  });

  it('tells her that what waits can no longer be done once the case goes on without it', async () => {
    const walk = await waitingOffer();
    await walk.by('INT', 'withdraw', { ...SAID, saidWords: 'Stop it.' });
    await walk.by('PRT', 'withdraw', {}, true);
    expect((await herPage(walk)).dictationsProposed).toMatchObject([
      { step: 'accept-offer', refusedFor: 'DR-OVER', refusedOn: TODAY },
    ]);
    expect(await lettersTo(walk, 'dictation-refused')).toEqual([]);
    expect(await lettersTo(walk, 'dictation-over')).toMatchObject([
      { text: expect.stringContaining(say('ar', 'code.dictationRefusedFor.DR-OVER')) as string },
    ]);
  });

  it('lets her stop at once what waits, without a reason, and offers that only while something does', async () => {
    const walk = await waitingOffer();
    const offered = async () =>
      (await house.get(ReadMyCase).steps(walk.holder)).filter(({ step }) => step === 'deny-dictation');
    expect(await offered()).toMatchObject([{ readiness: 'READY' }]);
    await walk.by('RH', 'deny-dictation');
    expect((await herPage(walk)).dictationsProposed).toMatchObject([
      { step: 'accept-offer', agreeUntil: null, refusedFor: null, deniedOn: TODAY, denialAnsweredOn: null },
    ]);
    expect(await offered()).not.toMatchObject([{ readiness: 'READY' }]);
    await expect(walk.by('PRT', 'accept-offer', {}, true)).rejects.toMatchObject({ kind: 'conflict' });
    expect((await refusalOf(walk.by('RH', 'deny-dictation'))).needs.map(({ name }) => name)).toEqual([
      'dictationWaits',
    ]);
  });

  it('puts no words of danger into what it tells her of a step that waits', async () => {
    const walk = await Walk.lodge(house, staff);
    await walk.by('INT', 'withdraw', { ...SAID, saidWords: 'Karl hit me.' });
    const { dictationsProposed, letters } = await herPage(walk);
    expect(dictationsProposed).toMatchObject([{ step: 'withdraw', words: null }]);
    await walk.by('PRT', 'withdraw', { dictationRefusedFor: 'DR-UNSAFE' }, false);
    expect(JSON.stringify([dictationsProposed, letters, await herPage(walk)])).not.toContain('Karl');
    expect((await herPage(walk)).letters.map(({ letter }) => letter)).toEqual(
      expect.arrayContaining(['dictation-waits', 'dictation-refused']),
    );
  });

  it('says of a message and of an answer how and through which role it came in', async () => {
    const walk = await Walk.lodge(house, staff);
    await walk.toInvestigation();
    await walk.by('INV', 'ask-question', {
      questionText: 'In which month?',
      why: 'To find the file.',
      dueOn: '2026-12-20',
    });
    await walk.by('INT', 'answer-question', { ...SAID, reply: 'In July.' });
    await walk.toFindings();
    await walk.toOffer();
    await walk.by('INT', 'ask-about-offer', {
      ...SAID,
      saidThrough: 'letter',
      offerQuestion: 'And my costs?',
    });
    const { questions } = await herPage(walk);
    const by = { byRole: 'INT', saidOn: TODAY, saidThrough: 'phone' };
    expect(questions).toMatchObject([{ answeredThrough: by }]);
    await walk.by('RH', 'ask-about-offer', { offerQuestion: 'When?' });
    expect(await house.get(Messages).list(walk.holder)).toMatchObject([
      { text: 'And my costs?', fromRole: 'RH', cameBy: 'letter', penRole: 'INT' },
      { text: 'When?', fromRole: 'RH', cameBy: null, penRole: null },
    ]);
  });

  it('is not said ahead, nor before the complaint, and names through whom it came', async () => {
    const walk = await Walk.lodge(house, staff);
    const needs = async (more: object) =>
      (await refusalOf(walk.by('INT', 'amend-complaint', { ...amendment, ...more }))).needs.map(
        ({ name }) => name,
      );
    const amendment = { ...SAID, amendKind: 'ADDITION', amendedPart: 'narrative', amendText: 'And in May.' };
    expect(await needs({ saidOn: '2026-11-25' })).toEqual(['saidInTime']);
    expect(await needs({ saidOn: '2026-11-23' })).toEqual(['saidInTime']);
    expect(await needs({ saidThrough: 'assisted' })).toEqual(['throughWhomSaid']);
    expect(await needs({ saidBy: 'REP' })).toEqual(['speakerHasMandate']);
    expect(await needs({ channelWasSafe: undefined })).toEqual(['answer']);
    await walk.by('INT', 'amend-complaint', amendment);
  });

  it('holds a representative on the telephone to the mandate', async () => {
    const more = {
      identityMode: 'REPRESENTED',
      complainantRole: 'representative',
      mandateBasis: 'MB-SPOKEN',
    };
    const walk = await PhoneWalk.begin(house, staff, more as never);
    await walk.toInvestigation();
    const withdraw = () => walk.by('INT', 'withdraw', { ...SAID, saidBy: 'REP', mandateNumber: 1 });
    expect((await refusalOf(withdraw())).needs.map(({ name }) => name)).toEqual(['mandateForEnding']);
    await walk.by('TRI', 'confirm-mandate', {
      mandateNumber: 1,
      mandateCovers: ['MC-END'],
      reasons: 'She told us.',
    });
    expect(await withdraw()).toMatchObject({ proposed: true });
    expect(await walk.by('PRT', 'withdraw', {}, true)).toMatchObject({ state: 'withdrawn' });
    const { dictations } = await house.get(ReadCase).forStaff(walk.reference, staff.PRT);
    expect(dictations).toMatchObject([{ saidBy: 'REP', step: 'withdraw' }]);
  });

  it('keeps whoever holds the pen, and whoever agreed, from every other part in the case', async () => {
    const walk = await PhoneWalk.begin(house, staff);
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.toOffer();
    await walk.by('RH', 'accept-offer', { understood: true });
    for (const personId of [staff.INT.personId, staff.PRT.personId])
      for (const role of ['INV', 'DEC', 'REM', 'IRV', 'DIA'] as const) {
        // They hold the role for this question alone; nobody here does.
        const refused = await refusalOf(walk.take('TRI', 'assign', { role, person: personId }));
        expect(refused.needs.map(({ name }) => name)).toContain('assigneeIndependent');
      }
  });

  it('lets her say that she did not say it: then nothing that cannot be undone goes on, and she takes it back whenever it was', async () => {
    const walk = await Walk.lodge(house, staff);
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.by('DEC', 'plan-action', {
      action: 'RA-06',
      actionDescription: 'Her data are erased.',
      owner: staff.REM.personId,
      dueOn: '2026-12-30',
    });
    await walk.toOffer();
    await walk.by('INT', 'accept-offer', { ...SAID, understood: true });
    await walk.by('PRT', 'accept-offer', {}, true);
    house.time.addDays(OBJECTION_DAYS);
    const late = await walk.comeBack();
    expect((await refusalOf(late.by('RH', 'take-back-acceptance'))).needs.map(({ name }) => name)).toEqual([
      'coolingOffRuns',
    ]);

    await late.by('RH', 'object-to-dictation', { dictationNumber: 1, comment: 'I never called.' });
    const needs = async (work: Promise<unknown>) => (await refusalOf(work)).needs.map(({ name }) => name);
    expect(await needs(late.by('REM', 'start-action', { actionNumber: 1 }))).toEqual([
      'coolingOffOver',
      'snapshotBeforeDestruction',
      'authorityToldFirst',
    ]);
    expect(await needs(late.by('RH', 'object-to-dictation', { dictationNumber: 1 }))).toEqual([
      'dictationStands',
    ]);
    const answer = {
      dictationNumber: 1,
      dictationHolds: false,
      reply: 'You are right. We were called by somebody else.',
    };
    expect(await needs(late.by('PRT', 'answer-objection', answer))).toEqual(['objectionIsOfAnother']);
    const clocks = async () => (await herPage(late)).clocks.filter(({ code }) => code === 'TARGET-OBJECTION');
    expect(await clocks()).toMatchObject([{ status: 'RUNNING' }]);
    await late.by('TRI', 'answer-objection', answer);
    expect(await clocks()).toMatchObject([{ status: 'STOPPED' }]);
    expect((await herPage(late)).dictations).toMatchObject([{ objectedOn: '2026-12-24', holds: false }]);
    expect(await late.by('RH', 'take-back-acceptance')).toMatchObject({ state: 'remedy-proposed' });
  });

  it('carries out no erasure that was written down for her before her time to object is over', async () => {
    const walk = await Walk.lodge(house, staff);
    await walk.by('INT', 'withdraw', SAID);
    await walk.by('PRT', 'withdraw', {}, true);
    await walk.by('INT', 'request-erasure', { ...SAID, erasureScope: 'PERSON' });
    await walk.by('PRT', 'request-erasure', {}, true);
    const erase = async () =>
      (await refusalOf(house.get(EraseOnRequest).run(staff.DPO, walk.reference))).needs.map(
        ({ name }) => name,
      );
    expect(await erase()).toContain('objection');
    house.time.addDays(OBJECTION_DAYS);
    expect(await erase()).toContain('objection');
    house.time.addDays(1);
    // What else is owed in such a case is refused for itself.
    expect(await erase()).not.toContain('objection');
  });

  it('lets nobody who held a pen answer an objection, and ends no case while one waits or was right', async () => {
    const walk = await Walk.lodge(house, staff);
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.toOffer();
    await walk.toVerification();
    await walk.by('INT', 'confirm-remedy', { ...SAID, remedyResult: 'FULL' });
    await walk.by('PRT', 'confirm-remedy', {}, true);
    const other = await house.officer('INT');
    await walk.bring(other, 'INT');
    await house.get(TakeStep).run({
      reference: walk.reference,
      step: 'object-to-dictation',
      visitor: other,
      answers: { ...SAID, dictationNumber: 1 },
    });
    const { tasks } = await house.get(ReadCase).forStaff(walk.reference, staff.TRI);
    expect(tasks.filter(({ kind }) => kind === 'OBJECTION')).toMatchObject([{ n: 1, owedBy: 'PRT' }]);
    const holds = { dictationNumber: 1, dictationHolds: false, reply: 'You are right.' };
    const needs = async (work: Promise<unknown>) => (await refusalOf(work)).needs.map(({ name }) => name);
    expect(await needs(walk.close())).toContain('nothingDisputed');
    expect(await needs(walk.by('PRT', 'answer-objection', holds))).toEqual(['objectionIsOfAnother']);
    await walk.by('TRI', 'answer-objection', holds);
    expect(await needs(walk.close())).toEqual(['nothingDisputed']);
  });

  it('answers no offer before it was made', async () => {
    const walk = await Walk.lodge(house, staff);
    await walk.toInvestigation();
    house.time.addDays(3);
    await walk.toFindings();
    await walk.toOffer();
    const accept = walk.by('INT', 'accept-offer', { ...SAID, understood: true });
    expect((await refusalOf(accept)).needs.map(({ name }) => name)).toEqual(['saidInTime']);
  });

  it('shows words of danger neither on her page nor in her letter, and to nobody beside her what she said', async () => {
    const walk = await Walk.lodge(house, staff);
    const words = { ...SAID, saidWords: 'Karl hit me.' };
    await walk.by('INT', 'report-retaliation', { ...words, threat: 'Karl hit me.' });
    await walk.by('INT', 'amend-complaint', {
      ...SAID,
      amendKind: 'CORRECTION',
      amendedPart: 'narrative',
      writtenIn: 'en',
      amendText: 'It was May.',
    });
    const { dictations, letters } = await herPage(walk);
    expect(dictations.map((each) => each.words)).toEqual([null, SAID.saidWords]);
    expect(JSON.stringify([dictations, letters])).not.toContain('Karl');
    expect(dictations[0]).not.toHaveProperty('revision');
  });

  it('does not let her object after that time', async () => {
    const walk = await Walk.lodge(house, staff);
    await walk.by('INT', 'pause', { ...SAID, pauseFor: 'WEEK' });
    house.time.addDays(OBJECTION_DAYS + 1);
    const late = await walk.comeBack();
    const refused = await refusalOf(late.by('RH', 'object-to-dictation', { dictationNumber: 1 }));
    expect(refused.needs.map(({ name }) => name)).toEqual(['objectionIsInTime']);
  });

  it('counts an appeal from the day on which she asked for it', async () => {
    const walk = await PhoneWalk.begin(house, staff);
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.toOffer();
    await walk.toMonitoring();
    await walk.close();
    house.time.addDays(70);
    await walk.by('RH', 'appeal', { saidOn: '2027-01-20' });
    const { appeals } = await house.get(ReadCase).forStaff(walk.reference, staff.PRT);
    expect(appeals).toMatchObject([{ late: false, filedOn: '2027-02-02' }]);
  });

  it('takes nothing of what she may send herself on one day', async () => {
    const walk = await Walk.lodge(house, staff);
    const amendment = { amendKind: 'ADDITION', amendedPart: 'narrative', amendText: 'And in May.' };
    for (let n = 0; n <= TEXTS_OF_A_STEP_A_DAY; n += 1)
      await walk.by('INT', 'amend-complaint', { ...SAID, ...amendment });
    for (let n = 0; n < TEXTS_OF_A_STEP_A_DAY; n += 1) await walk.by('RH', 'amend-complaint', amendment);
    expect((await refusalOf(walk.by('RH', 'amend-complaint', amendment))).kind).toBe('too-many');
  });
});
