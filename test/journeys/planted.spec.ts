import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { DeliverNews } from '../../src/casework/collective/deliver-news';
import { Consents } from '../../src/casework/consents';
import { ReadCase } from '../../src/casework/read-case';
import { EvidenceFiles } from '../../src/casework/evidence-files';
import { Lodge } from '../../src/casework/intake/lodge';
import { isText } from '../../src/casework/answers';
import { OpenCase } from '../../src/casework/intake/open-case';
import { ChangeIdentity } from '../../src/casework/change-identity';
import { SurveyForm, Surveys } from '../../src/casework/closure/surveys';
import { Messages } from '../../src/casework/messages';
import { Registers } from '../../src/casework/registers/registers';
import { Systems } from '../../src/casework/registers/systems';
import { TakeStep, type StepRequest } from '../../src/casework/take-step';
import { Packets } from '../../src/casework/sharing/packets';
import { Redactions } from '../../src/casework/sharing/redactions';
import { JoinHouse } from '../../src/casework/team/join-house';
import { OpenInEmergency } from '../../src/casework/team/open-in-emergency';
import { complaintOf, openCase } from '../../src/commands/demo/complaints';
import { ENDINGS } from '../../src/commands/demo/endings';
import { addDays } from '../../src/rules/counting';
import { foundOrganisation, type Staff, type StaffPlace } from '../../src/commands/demo/organisation';
import type { Rooms } from '../../src/commands/demo/rooms';
import { Walk } from '../../src/commands/demo/walk';
import { MailSettings } from '../../src/mail/mail-settings';
import { Accounts } from '../../src/people/accounts';
import { ApiTokens } from '../../src/people/api-tokens';
import { Sessions } from '../../src/people/sessions';
import type { Officer } from '../../src/people/visitor';
import { ASKS, type Ask, type AskName } from '../../src/rules/asks';
import type { ConsentCode } from '../../src/rules/consents';
import { VERSIONED, VERSIONED_NAMES, type VersionedName } from '../../src/rules/registers';
import { SCOPE_CODES } from '../../src/rules/scopes';
import { TEST_PASSWORD, TestApp } from '../harness/app';
import { ATTEMPT } from '../harness/attempts';
import { engines } from '../harness/database';
import type { House } from '../harness/house';
import { BY_PHONE } from '../harness/phone-walk';
import { throughOtherDoors } from './other-doors';
import { SENDING_NOWHERE } from '../harness/mail-servers';
import { filesIn, looksOf, plant, PLANT, plantsIn, sealedColumns } from '../harness/plants';
import { riskOf, Walk as StepsWalk } from '../harness/walk';

describe('a plant', () => {
  it.each(['', 'a', 'ab', 'abc', 'A longer text before '])(
    'is found in every look of it behind “%s”',
    (before) => {
      const text = Buffer.from(`${before}${PLANT} and after`);
      expect(looksOf(text)).toEqual(['text']);
      expect(looksOf(Buffer.from(text.toString().toLowerCase()))).toEqual(['lower-case text']);
      expect(looksOf(Buffer.from(text.toString(), 'utf16le'))).toEqual(['wide text']);
      expect(looksOf(Buffer.from(text.toString('hex')))).toEqual(['hex']);
      expect(looksOf(Buffer.from(text.toString('base64')))).toEqual([`base64, ${before.length % 3} on`]);
    },
  );
});

/** When rightsholders do what they do, and nobody else does anything. */
const HER_TIME = '13:37';

/** Sealed columns without words of people, or with words of staff about themselves alone (test/people/passkeys.spec.ts). */
const WITHOUT_WORDS = [
  'cases.groupsSealed',
  'idempotency_keys.answerSealed',
  'passkeys.credentialSealed',
  'passkeys.labelSealed',
  'people.totpSealed',
];

/** Long texts that are not sealed: made by the house, names of systems and companies, and texts from before they were sealed. */
const NOT_SEALED = [
  'ai_systems.logPlace',
  'ai_systems.purpose',
  'ai_systems.remarks',
  'ai_systems.stateBody',
  'ai_systems.stateCountry',
  'ai_systems.systemName',
  'data_keys.wrappedKey',
  'entries.body',
  'log_checkpoints.note',
  'passkeys.publicKey',
  'people.passwordHash',
  'system_records.recordText',
  'system_records.recordTitle',
  'system_records.strikeReason',
  'vendors.companyName',
  'vendors.country',
  'vendors.leverageActions',
  'vendors.remarks',
  'wordings.body',
  'wordings.subject',
];

describe.each(engines())('what people wrote on every journey, on %s', (engine) => {
  let app: TestApp;
  let staff: Staff;
  const asked = new Set<string>();
  const references: string[] = [];
  /** What was planted in stories: the only texts that everybody may read, by intent and while she agrees. */
  const stories: string[] = [];
  let storyteller: StepsWalk;

  /** Whatever a rightsholder does is done at a time that nobody else does anything at. */
  async function hers<T>(deed: () => Promise<T>): Promise<T> {
    const now = app.time.instant();
    app.time.goTo(`${app.time.today()}T${HER_TIME}:42.421Z`);
    try {
      return await deed();
    } finally {
      app.time.goTo(now);
    }
  }

  /** The house, but whoever takes a step through it plants something in every text of its answers. */
  const rooms: Rooms = {
    get<T>(type: abstract new (...args: never[]) => T): T {
      if ((type as unknown) !== TakeStep) return app.get(type);
      const real = app.get(TakeStep);
      const run = (request: StepRequest) => {
        const take = () => real.run({ ...request, answers: plantedAnswers(request.answers) });
        return request.visitor.kind === 'rightsholder' ? hers(take) : take();
      };
      return { run } as unknown as T;
    },
  };

  function plantedAnswers(answers: Record<string, unknown> = {}): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(answers).map(([name, value]) => {
        const { kind } = ASKS[name as AskName];
        if (kind === 'textByAction') {
          asked.add(name);
          return [name, Object.fromEntries(Object.keys(value as object).map((n) => [n, plant('More.')]))];
        }
        if (kind !== 'text' || typeof value !== 'string') return [name, value];
        asked.add(name);
        const text = plant(value);
        if (name === 'storyText') stories.push(text);
        return [name, text];
      }),
    );
  }

  /** What a system is called stands in the clear; everything else that is written of it is sealed. */
  const scorer = () => ({
    systemName: 'Scorer',
    purpose: plant(),
    logPlace: plant(),
    remarks: plant(),
    useDomain: 'DOM-SVC-BEN',
    lifecycleStage: 'LC-OPER',
  });

  /** Answers of a register, with something planted in every text that its form asks for. */
  const withTexts = (name: VersionedName, coded: Record<string, unknown>) => ({
    ...Object.fromEntries(
      Object.entries<Ask>(VERSIONED[name].form.asks)
        .filter(([, { kind }]) => kind === 'text')
        .map(([ask]) => [ask, plant('.')]),
    ),
    ...coded,
  });

  async function open(receipt: string): Promise<StepsWalk['holder']> {
    return hers(async () => {
      const { token } = await app.get(OpenCase).byReceipt(receipt, 'program');
      return (await app.get(Sessions).resolve(token))!.visitor as StepsWalk['holder'];
    });
  }

  const agree = (holder: StepsWalk['holder'], code: ConsentCode) =>
    hers(() => app.get(Consents).decide(holder, [{ code, given: true, scope: plant() }]));

  /** Somebody from outside reads the case and says what they find. */
  async function bringGuest(walk: StepsWalk): Promise<void> {
    await agree(walk.holder, 'CN-EXPERT');
    const { link } = await walk.by('INV', 'invite-guest', {
      guestRole: 'EXP',
      guestUntil: '2026-12-20',
      guestSeesFiles: false,
      reasons: 'Nobody here can read the model.',
      concerns: 'The agency.',
    });
    const account = { name: 'Gita Guest', email: 'gita@elsewhere.example', password: TEST_PASSWORD };
    await app.get(JoinHouse).run(link!.split('/join/')[1]!, account);
    const { token } = await app.get(Accounts).signIn(account.email, account.password);
    const { visitor } = (await app.get(Sessions).resolve(token))!;
    const { reference } = walk;
    for (const [step, answers] of [
      ['declare-no-conflict', { noConflict: true }],
      ['give-opinion', { opinion: 'The model never saw the appeal.' }],
    ] as const)
      await walk.house.get(TakeStep).run({ reference, step, visitor, answers });
  }

  async function lodge(caseId: string, daysAgo = 0) {
    const form = complaintOf(openCase(caseId));
    const complaint = {
      ...form,
      narrative: plant(form.narrative),
      desiredOutcome: plant(),
      whenHappened: plant(),
      systemKnown: plant(),
      reprisalText: plant(),
      accommodation: plant(),
      keepOut: plant(),
      contact: { kind: 'email' as const, value: `${PLANT}@example.org`, safeContact: plant() },
    };
    const by = { role: 'RH', receivedOn: addDays(app.time.today(), -daysAgo) } as const;
    const lodged = await hers(() => app.get(Lodge).run(complaint, by, plant('key')));
    references.push(lodged.reference);
    return lodged;
  }

  beforeAll(async () => {
    app = await TestApp.start(engine, { replace: () => [[MailSettings, SENDING_NOWHERE]] });
    staff = await foundOrganisation(rooms);
  });
  afterAll(() => app.close());

  it.each(ENDINGS)('walks to: $title', async (ending) => {
    const lodged = await lodge(ending.caseId, ending.receivedDaysAgo);
    const holder = await open(lodged.receipt);
    await hers(() => app.get(Messages).write(holder, plant()));
    await app.get(Messages).write(staff.triage.visitor, plant(), lodged.reference);
    const file = () => ({
      fileName: `${PLANT}.txt`,
      describes: plant(),
      content: Readable.from([Buffer.from(plant())]),
    });
    await hers(() => app.get(EvidenceFiles).add(holder, file()));
    await app.get(EvidenceFiles).add(staff.triage.visitor, file(), lodged.reference);
    await rooms.get(TakeStep).run({
      reference: lodged.reference,
      step: 'reveal-identity',
      visitor: staff.protection.visitor,
      answers: { revealReason: 'To call the person back.' },
    });
    const walk = await Walk.start(rooms, staff, openCase(ending.caseId), lodged);
    await walk.join('investigator');
    await app
      .get(EvidenceFiles)
      .openOriginal(staff.investigator.visitor, 1, lodged.reference, plant('To compare'));
    await ending.walk(walk);
  });

  async function walkOf(caseId: string): Promise<StepsWalk> {
    return walkWith(await lodge(caseId));
  }

  async function walkWith({
    reference,
    receipt,
  }: {
    reference: string;
    receipt: string;
  }): Promise<StepsWalk> {
    const holder = await open(receipt);
    const place = (name: StaffPlace) => staff[name].visitor;
    const people = {
      INT: place('intake'),
      TRI: place('triage'),
      INV: place('investigator'),
      DIA: place('mediator'),
      REM: place('remedyOwner'),
      DEC: place('decider'),
      DEC2: place('secondDecider'),
      EXE: place('executive'),
      PRT: place('protection'),
      DPO: place('dataProtection'),
      IRV: place('reviewer'),
      IRV2: place('secondReviewer'),
    };
    return new StepsWalk(rooms as House, people, reference, receipt, holder);
  }

  it('walks where no ending leads: a question, a share, an offer answered by another, a threat', async () => {
    const walk = await walkOf('open-01');
    await walk.toInvestigation();
    await walk.by('INV', 'ask-question', {
      questionText: 'When?',
      why: 'To find the log.',
      dueOn: '2026-12-01',
    });
    const whole = { kind: 'COMPLAINT', n: 2, reason: plant('They have to know') };
    const masked = { kind: 'COMPLAINT', n: 1 } as const;
    await app.get(Redactions).keep(staff.intake.visitor, walk.reference, masked, ['ÄÜ']);
    await app.get(Packets).make(staff.intake.visitor, walk.reference, [{ ...masked, version: 1 }, whole]);
    await walk.by('INT', 'share', {
      packetNumber: 1,
      sharedWith: 'AUTHORITY',
      recipient: 'The inspectorate',
      sharedWhat: 'The facts',
      identityShared: false,
      scopeKept: true,
      legalDuty: 'A law',
    });
    await app.get(Packets).takeOut(staff.intake.visitor, walk.reference, 1);
    await bringGuest(walk);
    await walk.toFindings();
    await walk.toOffer();
    await walk.by('RH', 'counter-offer', { counterOfferText: 'More.' });
    await walk.by('RH', 'report-retaliation', { threat: 'My shifts were cut.' });
    await walk.by('TRI', 'exclude', { exclusionGround: 'EX-UNIT', unit: 'Claims' });
    await app.get(OpenInEmergency).run(staff.legal.visitor, walk.reference, plant('A hearing is today.'));
    expect((await app.verify()).differences).toEqual([]);
  });

  it('walks through the registers beside the cases', async () => {
    const registers = app.get(Registers);
    const { visitor } = staff.triage;
    await registers
      .of('vendors')
      .add(visitor, { companyName: 'Acme', leverageActions: plant(), remarks: plant() });
    const record = {
      recordKind: 'INCIDENT',
      happenedOn: '2026-11-20',
      recordTitle: plant(),
      recordText: plant(),
    };
    const system = await registers.of('systems').add(visitor, scorer());
    await registers.of('systems').records!.add(visitor, system, record);
    await registers.of('systems').records!.strike(visitor, system, 1, { strikeReason: plant() });
    const coded: Record<VersionedName, Record<string, unknown>> = {
      engagements: {
        engagementKind: 'EG-CONSULT',
        heldOn: '2026-11-20',
        consultedGroups: ['AG-BENEF'],
        changeAdopted: 'AD-NO',
      },
      leverage: {
        vendorNumber: 1,
        leverageMeasure: 'LV-EXIT',
        takenOn: '2026-11-20',
        leverageResult: 'LR-WORKED',
      },
      tenders: { tenderSide: 'TS-BID', buyerKind: 'BK-STATE', country: 'FR', tenderDecision: 'TD-DECLINED' },
      frameworks: { frameworkKind: 'FK-OWN', inForce: 'FS-FORCE' },
      'case-law': { decidedYear: 2026 },
    };
    for (const name of VERSIONED_NAMES) {
      const number = await registers.of(name).add(visitor, withTexts(name, coded[name]));
      await registers.of(name).replace(visitor, number, 1, withTexts(name, coded[name]));
    }
    const asAdviser: Officer = { ...visitor, roles: ['LEG', 'DPO'] };
    const law = registers.of('case-law');
    await law.versions!.verify(asAdviser, 1, 1, { verifiedSource: plant() });
    const other: Officer = { ...staff.dataProtection.visitor, roles: ['DPO'] };
    await law.empty(other, 1, 2, { part: 'verifiedSource', emptyingReason: plant() });
    await registers.of('frameworks').versions!.verify(asAdviser, 1, 1, { verifiedSource: plant() });
  });

  it('walks where the person takes part: support, corrections, transcripts, translations, a question, a threat', async () => {
    const walk = await walkOf('open-01');
    await walk.toInvestigation();
    const feared = { ...riskOf('LOW'), pastIncidents: 'Her shifts were cut in April.' };
    await walk.by('TRI', 'assess-reprisal', { ...feared, reasons: 'She was told to keep quiet.' });
    const said = { ...BY_PHONE, saidThrough: 'assisted', saidThroughWhom: 'Her sister.' };
    await walk.by('INT', 'request-support', {
      ...said,
      saidOn: '2026-11-24',
      supportKind: 'MEETING',
      wish: 'At home.',
    });
    const attempt = { ...ATTEMPT, attemptOn: '2026-11-24', onlyWayReason: 'She has no other telephone.' };
    await walk.by('INT', 'record-contact-attempt', attempt);
    const investigator = staff.investigator.visitor.personId;
    const task = { taskText: 'Ask the depot for its rota.', owner: investigator, dueOn: '2026-12-01' };
    await walk.by('INV', 'add-task', task);
    await walk.by('RH', 'request-support', { supportKind: 'INTERPRETER', wish: 'A woman.' });
    await walk.by('INT', 'arrange-support', { supportNumber: 2, arrangement: 'On Tuesday.' });
    await walk.by('RH', 'request-support', { supportKind: 'MEETING', wish: 'At the library.' });
    const alternative = 'A call instead.';
    await walk.by('INT', 'decline-support', { supportNumber: 3, reasons: 'It is closed.', alternative });
    const amendment = { amendKind: 'CORRECTION', amendedPart: 'narrative', writtenIn: 'en' };
    await walk.by('RH', 'amend-complaint', { ...amendment, amendText: 'It was May.' });
    const occasion = { occasion: 'MEETING', occasionOn: '2026-11-24', writtenIn: 'en' };
    const proceeding = { proceedingType: 'PP-LABT', proceedingCourse: 'CONTINUE' };
    const where = { proceedingBody: 'Labour court of Lyon', proceedingReference: '12 F 7' };
    const owner = staff.protection.visitor.personId;
    const plan = { protects: 'COMPLAINANT', protectionMeasures: ['PM-01'], owner, reviewOn: '2026-12-01' };
    await walk.by('PRT', 'plan-protection', { ...plan, note: 'Nobody of the branch.' });
    const looked = { protectionNumber: 1, protectionFound: 'The list is short.', reviewOn: '2026-12-02' };
    await walk.by('PRT', 'review-protection', looked);
    await walk.by('TRI', 'record-proceeding', { ...proceeding, ...where });
    const order = { proceedingNumber: 1, proceedingOrders: ['PB-KEEP'], proceedingOrderOn: '2026-11-24' };
    await walk.by('TRI', 'record-proceeding-order', { ...order, proceedingOrderText: 'Keep each rota.' });
    const settled = { proceedingNumber: 1, proceedingOutcome: 'PE-SETTLED' };
    await walk.by('TRI', 'end-proceeding', { ...settled, proceedingResult: 'They settled.' });
    await walk.by('INT', 'write-internal-note', { internalNote: 'Call the works council first.' });
    const system = { systemNumber: await app.get(Systems).add(staff.triage.visitor, scorer()) };
    await walk.by('TRI', 'name-system', system);
    const logs = { logHolder: 'LH-UNIT', logsToKeep: 'The scores of May.', dueOn: '2026-12-20' };
    await walk.by('TRI', 'request-log-preservation', { ...system, ...logs });
    const reply = { preservationAnswer: 'KEPT', preservationReply: 'On our own disk.' };
    await walk.by('TRI', 'record-preservation-answer', { preservationNumber: 1, ...reply });
    const chain = { article26Ground: 'RISK', knownSince: '2026-11-24' };
    await walk.by('TRI', 'plan-article-26-notices', { ...system, ...chain });
    const missing = { noticeOutcome: 'UNREACHABLE', noticeWords: 'The letter came back.' };
    await walk.by('TRI', 'record-article-26-notice', { noticeNumber: 1, ...missing });
    await walk.by('INT', 'record-transcript', { ...occasion, transcriptText: 'She said May.' });
    await walk.by('RH', 'dispute-transcript', { transcriptNumber: 1, dispute: 'I said June.' });
    const asked = { askedOf: 'VENDOR', askedWhom: 'Its support desk', askedFor: 'The log of May.' };
    await walk.by('INV', 'request-evidence', { ...asked, dueOn: '2026-12-20', tellsNothingOfHer: true });
    const came = { evidenceAnswer: 'May came, June did not.', recordsFound: 'LOST' };
    await walk.by('INV', 'record-evidence-answer', { evidenceRequestNumber: 1, ...came });
    const found = {
      allegationNumber: 1,
      finding: 'FC-PART',
      standardOfProof: 'SP-SHIFTED',
      findingCauses: ['RC-UNK'],
    };
    const why = { reasons: 'May is enough.', missingRecords: 'June would not change it.' };
    await walk.by('INV', 'record-finding', { ...found, ...why });
    await walk.by('TRI', 'propose-facilitator', {
      facilitator: 'Somebody of the chamber',
      facilitatorNeutral: 'The chamber pays.',
    });
    await walk.by('RH', 'refuse-facilitator', { facilitatorNumber: 1, comment: 'I know her.' });
    const unit = { facilitatorNumber: 1, unitAccepts: false };
    await walk.by('TRI', 'record-unit-on-facilitator', { ...unit, unitSaid: 'Its head, by phone.' });
    await walk.by('INV', 'invite-to-meeting', {
      plannedFor: '2026-12-20',
      meetingDetails: 'At ten, in the library.',
      companionOffered: true,
    });
    await walk.by('INV', 'call-off-meeting', { meetingNumber: 1, reply: 'The library is closed.' });
    await walk.by('INV', 'plan-interview', {
      interviewWith: 'WITNESS',
      plannedFor: '2026-12-20',
      meetingDetails: 'By phone, at noon.',
      tellsNothingOfHer: true,
    });
    const held = { meetingNumber: 2, meetingOutcome: 'NOT_HELD', occasionOn: '2026-11-24' };
    await walk.by('INV', 'record-meeting', { ...held, meetingNote: 'Nobody picked up.' });
    const translation = {
      translatedKind: 'COMPLAINT',
      translationLanguage: 'fr',
      translationAuthor: 'PERSON',
    };
    await walk.by('INT', 'add-translation', { ...translation, translationText: 'Elle a dit mai.' });
    await walk.toFindings();
    await walk.toOffer();
    await walk.by('DEC', 'record-action-cost', { actionNumber: 1, actionCost: '900 EUR, one month.' });
    await walk.by('RH', 'ask-about-offer', { offerQuestion: 'From which month on?' });
    await walk.by('RH', 'report-retaliation', { threat: 'My shifts were cut.' });
    await walk.by('PRT', 'respond-to-retaliation', {
      reprisalLevel: 'HIGH',
      isDefender: false,
      protectionSteps: 'Spoke with the manager.',
      reply: 'Your shifts are back.',
    });
    await walk.toMonitoring();
    const causes = { ...system, lessonCauses: ['RC-THRESH'] };
    await walk.by('DEC', 'record-lesson', {
      ...causes,
      lessonText: 'Ask before the scores of May are used.',
    });
    expect((await app.verify()).differences).toEqual([]);
  });

  it('walks where records are missing, time is extended, a case is held, and she lets us know who she is', async () => {
    const walk = await walkOf('open-01');
    await walk.toInvestigation({ scale: 4 });
    await walk.by('TRI', 'name-system', { systemNumber: 1 });
    await walk.by('INV', 'record-finding', {
      allegationNumber: 1,
      finding: 'FC-UNSUB',
      standardOfProof: 'SP-BALANCE',
      reasons: 'Nothing shows it.',
      missingRecords: 'They would not change it.',
    });
    await walk.by('TRI', 'place-hold', { holdGround: 'EVIDENCE', reasons: 'Another case needs it.' });
    await walk.by('DEC', 'release-hold', { holdNumber: 2, reasons: 'That one is closed.' });
    await walk.by('RH', 'request-erasure', { erasureScope: 'PERSON' });
    await walk.by('DPO', 'extend-clock', { clockCode: 'GDPR-ERASURE', reasons: 'It is a long file.' });
    const name = { identityMode: 'NAMED', name: plant() } as const;
    await hers(() => app.get(ChangeIdentity).run(walk.holder, name));
    expect((await app.verify()).differences).toEqual([]);
  });

  it('walks where she answers action by action, and says at the end how it was', async () => {
    const walk = await walkOf('open-01');
    await walk.toInvestigation({ scale: 4 });
    await walk.by('TRI', 'name-system', { systemNumber: 1 });
    await walk.toFindings();
    await walk.toOffer();
    await walk.by('RH', 'accept-offer', {
      understood: true,
      actionAnswers: { 1: 'ACCEPTED', 2: 'REFUSED' },
      actionWishes: { 2: 'More.' },
    });
    await walk.by('REM', 'complete-action', { actionNumber: 1, evidenceText: 'Decision of today.' });
    await walk.by('REM', 'request-verification');
    await walk.by('RH', 'report-not-delivered', {
      notDelivered: 'NO',
      actionResults: { 1: 'NO' },
      actionComments: { 1: 'Nobody came.' },
    });
    await walk.by('RH', 'withdraw');
    await hers(() => app.get(Surveys).give(walk.holder, { ...new SurveyForm(), comment: plant() }));
    expect((await app.verify()).differences).toEqual([]);
  });

  it('walks through the other doors', async () => {
    const { references: mailed } = await throughOtherDoors(app, staff, hers);
    references.push(...mailed);
    expect((await app.verify()).differences).toEqual([]);
  });

  it('walks where somebody speaks for the person: what it rests on is told, confirmed and ended', async () => {
    const walk = await walkOf('open-02');
    const mandate = { mandateNumber: 1, mandateCovers: ['MC-END'], mandateLimits: 'Not the debt.' };
    await walk.by('INT', 'record-mandate', { ...mandate, mandateBasis: 'MB-WRITTEN' });
    await walk.by('INT', 'confirm-mandate', { ...mandate, reasons: 'The signed paper.' });
    await walk.by('TRI', 'end-mandate', { mandateNumber: 1, reasons: 'The person phoned.' });
    await walk.by('PRT', 'end-mandate', {}, true);
    expect((await app.verify()).differences).toEqual([]);
  });

  it('walks where a group complains, and one of its members joins', async () => {
    const lodged = await app
      .get(Lodge)
      .run(
        { narrative: plant(), complainantRole: 'group', groupDefinition: plant('Drivers.') },
        { role: 'RH' },
      );
    references.push(lodged.reference);
    const group = await walkWith(lodged);
    await group.by('RH', 'describe-group', { groupDefinition: 'Drivers of two depots.' });
    await group.by('TRI', 'describe-group', { groupDefinition: 'Everybody on the rota.' });
    const { joinCode } = await group.by('RH', 'make-join-code', { joinPlaces: '5', joinFor: '30' });
    const member = await walkOf('open-01');
    await member.by('RH', 'join-group', { joinCode, agreesToJoin: true });
    await group.by('RH', 'write-to-members', { memberNews: 'We meet on Monday.' });
    expect(await app.get(DeliverNews).run()).toBe(1);
    expect((await app.verify()).differences).toEqual([]);
  });

  it('walks where another body is named and does not answer', async () => {
    const walk = await walkOf('open-15');
    await walk.toEligibility();
    await walk.rate({ scale: 2, scope: 1, irremediability: 1 });
    const referral = { referralMode: 'SIGNPOST_ONLY', followUpOn: '2026-12-24', body: 'The lender.' };
    await walk.by('TRI', 'refer', { ...referral, reasons: 'It made the score.' });
    await walk.by('DEC', 'refer', {}, true);
    await walk.by('TRI', 'confirm-referral', {
      reasons: 'She went there.',
      withoutAnswer: 'Where to turn was told; she goes there herself.',
    });
    await walk.by('DEC', 'confirm-referral', {}, true);
    expect((await app.verify()).differences).toEqual([]);
  });

  it('walks to a story that she agrees everybody may read', async () => {
    storyteller = await walkOf('open-01');
    await storyteller.toInvestigation();
    await storyteller.toFindings();
    await storyteller.toOffer();
    await storyteller.toMonitoring();
    await storyteller.close();
    await agree(storyteller.holder, 'CN-STORY');
    await storyteller.by('DIA', 'publish-story', {
      storyText: 'A system stopped my work.',
      storyLanguage: 'en',
      nothingIdentifies: true,
      scopeKept: true,
    });
    await storyteller.by('PRT', 'publish-story', {}, true);
    expect((await app.verify()).differences).toEqual([]);
  });

  it('plants something in every text that any step asks for', async () => {
    const texts = Object.keys(ASKS).filter((name) => isText(ASKS[name as AskName]));
    expect(texts.filter((name) => !asked.has(name))).toEqual([]);
    expect(texts.length).toBeGreaterThan(80);
  });

  it('stands in every column that holds what people write', async () => {
    const columns = [...(await sealedColumns(app))];
    expect(
      columns
        .filter(([, isPlanted]) => !isPlanted)
        .map(([name]) => name)
        .sort(),
    ).toEqual(WITHOUT_WORDS);
    expect(columns.length).toBeGreaterThan(80);
  });

  it('has no other column than these to stand in as it was written', () => {
    const open = app.source.entityMetadatas.flatMap(({ tableName, columns }) =>
      columns
        .filter(({ type, propertyName }) => type === 'text' && !propertyName.endsWith('Sealed'))
        .map(({ propertyName }) => `${tableName}.${propertyName}`),
    );
    expect(open.sort()).toEqual(NOT_SEALED);
  });

  it('is there for whoever may read it', async () => {
    const view = await app.get(ReadCase).forStaff(references[0]!, staff.triage.visitor);
    expect(JSON.stringify(view)).toContain(PLANT);
    const [opened] = await app.get(OpenInEmergency).unreviewed(staff.protection.visitor);
    expect(opened!.reason).toContain(PLANT);
  });

  it('stands nowhere at rest: neither in a file of the data folder nor in a column', async () => {
    await app.integrate();
    expect(filesIn(app.database.dataDir).length).toBeGreaterThan(references.length * 2);
    expect(plantsIn(app.database.dataDir)).toEqual([]);
    for (const { tableName } of app.source.entityMetadatas) {
      const rows = await app.source.query<unknown[]>(`SELECT * FROM "${tableName}"`);
      const text = JSON.stringify(rows);
      expect({ tableName, looks: looksOf(Buffer.from(text)), tellsTime: text.includes(HER_TIME) }).toEqual({
        tableName,
        looks: [],
        tellsTime: false,
      });
    }
    for (const path of filesIn(app.database.dataDir))
      expect([path, readFileSync(path).includes(HER_TIME)]).toEqual([path, false]);
    const probe = join(app.database.dataDir, 'probe');
    writeFileSync(probe, plant());
    expect(plantsIn(app.database.dataDir)).toEqual([`${probe}: text`]);
  });

  it('is public where she agreed to it alone: her story and nothing else, until she takes it back', async () => {
    const addresses = ['/stories', '/api/v1/stories'];
    const plantsAt = async (address: string) => {
      const { status, text } = await app.ask('GET', address);
      expect({ address, status }).toEqual({ address, status: 200 });
      return text.match(new RegExp(`${PLANT}\\d*`, 'g')) ?? [];
    };
    expect(stories).toHaveLength(1);
    const [planted] = new RegExp(`${PLANT}\\d+`).exec(stories[0]!)!;
    for (const address of addresses) expect(await plantsAt(address)).toEqual([planted]);
    await app.get(Consents).decide(storyteller.holder, [{ code: 'CN-STORY', given: false }]);
    for (const address of addresses) expect(await plantsAt(address)).toEqual([]);
  });

  it('leaves by no list, history, checkpoint or statistics', async () => {
    const tokenOf = async ({ personId }: { personId: string }) =>
      (
        await app
          .get(ApiTokens)
          .create({ personId, label: 'test', scopes: SCOPE_CODES, expiresAt: '2027-11-24T00:00:00.000Z' })
      ).token;
    const [auditor, triage] = [await tokenOf(staff.auditor), await tokenOf(staff.triage)];
    const list = await app.ask<{ cases: { ledgerId: string }[] }>('GET', '/api/v1/audit/cases', {
      token: auditor,
    });
    expect(list.body.cases).toHaveLength(references.length);
    const addresses: [string, string][] = [
      ...list.body.cases.map(({ ledgerId }): [string, string] => [
        `/api/v1/audit/cases/${ledgerId}`,
        auditor,
      ]),
      ...references.map((each): [string, string] => [`/api/v1/cases/${each}/history`, triage]),
      ['/api/v1/cases?sort=lodged', triage],
      ['/api/v1/statistics', auditor],
      ['/stories', ''],
      ['/api/v1/stories', ''],
      ['/api/v1/ledger/checkpoint', auditor],
      ['/api/v1/ledger/entries/0', auditor],
    ];
    for (const [address, token] of addresses) {
      const { status, text } = await app.ask('GET', address, { token });
      expect({ address, status, looks: looksOf(Buffer.from(text)) }).toEqual({
        address,
        status: 200,
        looks: [],
      });
    }
  });
});
