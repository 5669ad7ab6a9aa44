import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { EvidenceFiles } from '../../src/casework/evidence-files';
import { Consents } from '../../src/casework/consents';
import { Messages } from '../../src/casework/messages';
import { ReadCase } from '../../src/casework/read-case';
import { ReadMyCase } from '../../src/casework/read-my-case';
import { ReadQueue } from '../../src/casework/queue/read-queue';
import { TakeStep } from '../../src/casework/take-step';
import { asGuestSees } from '../../src/casework/team/guest-views';
import type { CaseView } from '../../src/casework/views';
import { JoinHouse } from '../../src/casework/team/join-house';
import { ReadAsked } from '../../src/casework/team/read-asked';
import { Accounts } from '../../src/people/accounts';
import { ApiTokens } from '../../src/people/api-tokens';
import { areTwoPersons } from '../../src/people/second-person';
import { SecondFactor } from '../../src/people/second-factor';
import { Sessions } from '../../src/people/sessions';
import type { Officer } from '../../src/people/visitor';
import { Assignment } from '../../src/records/entities/assignment';
import { Case } from '../../src/records/entities/case';
import { Evidence } from '../../src/records/entities/evidence';
import { Invitation } from '../../src/records/entities/invitation';
import { Person } from '../../src/records/entities/person';
import { Transactions } from '../../src/records/transactions';
import { STATE_CODES } from '../../src/rules/states';
import { STEPS, type StepRow } from '../../src/rules/steps';
import { stepsFrom } from '../../src/rules/workflow';
import { SAID_TO_GUESTS } from '../../src/rules/guests';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff, riskOf } from '../harness/walk';
import { pdf } from '../vault/cleaning/documents';
import { picture } from '../vault/cleaning/pictures';
import { SCOPE_CODES } from '../../src/rules/scopes';
import { BUILT_IN } from '../../src/rules/policy';

const PASSWORD = 'a long enough phrase for a test';
const INVITED = {
  guestRole: 'EXP',
  guestUntil: '2026-12-24',
  guestSeesFiles: false,
  reasons: 'Nobody here can read the model.',
};

describe.each(engines())('guests from outside on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let walk: Walk;
  let count = 0;

  beforeAll(async () => {
    house = await House.open(engine);
    house.get(SecondFactor).askNobody();
    staff = await hireStaff(house);
  });
  beforeEach(async () => {
    house.time.goTo('2026-11-24T09:00:00.000Z');
    walk = await Walk.lodge(house, staff);
    await agree();
    await walk.take('TRI', 'assign', { role: 'TRI', person: staff.TRI.personId, noConflict: true });
  });
  afterEach(async () => expect((await house.verify()).differences).toEqual([]));
  afterAll(() => house?.close());

  const agree = (given = true, code: 'CN-EXPERT' | 'CN-DIALOGUE' = 'CN-EXPERT') =>
    house.get(Consents).decide(walk.holder, [{ code, given }]);

  async function invite(more: object = {}, who: keyof Staff = 'TRI'): Promise<string> {
    const { link } = await walk.take(who, 'invite-guest', { ...INVITED, ...more });
    return link!.split('/join/')[1]!;
  }

  async function join(secret: string) {
    const email = `guest-${++count}@elsewhere.example`;
    const account = { name: `Gita Guest ${count}`, email, password: PASSWORD };
    const { id } = await house.get(JoinHouse).run(secret, account);
    return { id, email };
  }

  async function signIn({ email }: { email: string }): Promise<{ visitor: Officer; token: string }> {
    const { token } = await house.get(Accounts).signIn(email, PASSWORD);
    return { token, visitor: (await house.get(Sessions).resolve(token))!.visitor as Officer };
  }

  const stepAs = (visitor: Officer, step: string, answers: object = {}, agreeing?: boolean) =>
    house.get(TakeStep).run({
      reference: walk.reference,
      step,
      visitor,
      answers: { ...answers },
      ...(agreeing === undefined ? {} : { agree: agreeing }),
    });

  /** Invited, joined, without a conflict of interest. */
  async function letIn(more: object = {}) {
    const account = await join(await invite(more));
    const { visitor, token } = await signIn(account);
    await stepAs(visitor, 'declare-no-conflict', { noConflict: true });
    return { ...account, visitor, token };
  }

  const read = (visitor: Officer) => house.get(ReadCase).forStaff(walk.reference, visitor);
  const acts = async () =>
    (await house.get(ReadCase).history(walk.reference, staff.TRI))
      .map(({ act }) => act)
      .filter((act) => act !== 'open-history');
  const caseId = async (reference = walk.reference) =>
    (await house.get(Transactions).read((db) => db.findOneByOrFail(Case, { reference }))).id;
  const guestOf = async () => (await read(staff.TRI)).guests.at(-1)!;
  const isGone = async (guest: { email: string; token: string }) => {
    expect(await house.get(Sessions).resolve(guest.token)).toBeNull();
    await expect(house.get(Accounts).signIn(guest.email, PASSWORD)).rejects.toThrow(/not signed in/);
  };

  it('read, write and give an opinion until the end of the last day, and nothing after it', async () => {
    const account = await join(await invite({ concerns: 'BenefitBot of the agency' }));
    const { visitor, token } = await signIn(account);
    expect(visitor).toMatchObject({ roles: ['EXP'], guest: { until: '2026-12-24', seesFiles: false } });
    await expect(read(visitor)).rejects.toThrow(/no such case/);
    expect(await house.get(ReadAsked).list(visitor)).toEqual([
      expect.objectContaining({ reference: walk.reference, concerns: 'BenefitBot of the agency' }),
    ]);
    await stepAs(visitor, 'declare-no-conflict', { noConflict: true });
    expect(await house.get(ReadAsked).ownOfGuest(visitor)).toBe(walk.reference);
    expect((await read(visitor)).complaint.narrative).toContain('benefit');
    await house.get(Messages).write(visitor, 'What does the letter say?', walk.reference);
    await stepAs(visitor, 'give-opinion', { opinion: 'The threshold is wrong.' });
    expect((await read(visitor)).said.map(({ step }) => step)).toEqual(['give-opinion']);
    expect((await read(staff.TRI)).said.at(-1)!.answers).toEqual({ opinion: 'The threshold is wrong.' });

    house.time.goTo('2026-12-24T23:59:59.999Z');
    await signIn(account);
    expect(await guestOf()).toMatchObject({ status: 'LET_IN', name: 'Gita Guest 1' });
    const { token: late } = await signIn(account);
    house.time.goTo('2026-12-25T00:00:00.000Z');
    await isGone({ ...account, token: late });
    await isGone({ ...account, token });
    expect(await guestOf()).toMatchObject({ status: 'OVER', readOn: '2026-11-24' });
  });

  it('are written into the history by codes alone, and the person sees that one was brought in, read and ended', async () => {
    const { visitor } = await letIn();
    await read(visitor);
    await walk.take('TRI', 'end-guest', { guestNumber: 1 });
    const history = await house.get(ReadCase).history(walk.reference, staff.TRI);
    const invited = history.find(({ act }) => act === 'invite-guest')!;
    expect(invited.facts).toEqual({ guestRole: 'EXP', guestUntil: '2026-12-24', guestSeesFiles: false });
    expect(JSON.stringify(history.map(({ facts }) => facts))).not.toMatch(/Gita|elsewhere|model/);
    const timeline = await house.get(ReadMyCase).timeline(walk.holder);
    expect(timeline.slice(-5).map(({ act, byRole }) => `${act} ${byRole}`)).toEqual([
      'invite-guest TRI',
      'guest-joined EXP',
      'declare-no-conflict EXP',
      'guest-read EXP',
      'end-guest TRI',
    ]);
    const { letters } = await house.get(ReadMyCase).view(walk.holder);
    expect(letters.at(-1)!.paragraphs.join()).toContain('somebody from outside');
    const consents = await house.get(Consents).list(walk.holder, 'en');
    expect(consents.find(({ code }) => code === 'CN-EXPERT')!.disclosures).toEqual([
      expect.objectContaining({ step: 'invite-guest', byRole: 'TRI' }),
    ]);
  });

  it('leave one entry an hour when they read, also when they ask many times at once', async () => {
    const { visitor } = await letIn();
    const reads = async () => (await acts()).filter((act) => act === 'guest-read').length;
    await Promise.all([1, 2, 3, 4].map(() => read(visitor)));
    expect(await reads()).toBe(1);
    house.time.goTo('2026-11-24T09:59:59.999Z');
    await read(visitor);
    expect(await reads()).toBe(1);
    house.time.goTo('2026-11-24T10:00:00.000Z');
    await read(visitor);
    await read(staff.TRI);
    expect(await reads()).toBe(2);
  });

  it('leave an entry again where the clock ran ahead and was put right', async () => {
    const { visitor } = await letIn();
    const reads = async () => (await acts()).filter((act) => act === 'guest-read').length;
    house.time.goTo('2026-12-20T09:00:00.000Z');
    await read(visitor);
    house.time.goTo('2026-11-24T09:00:00.000Z');
    await read(visitor);
    expect(await reads()).toBe(2);
  });

  it('see no files unless they are to, and then working copies under their name, with an entry each', async () => {
    const add = () =>
      house.get(EvidenceFiles).add(walk.holder, {
        fileName: 'letter.txt',
        content: (async function* () {
          yield Buffer.from('words');
        })() as never,
      });
    await add();
    const without = await letIn();
    expect((await read(without.visitor)).evidence).toEqual([]);
    await expect(house.get(EvidenceFiles).open(without.visitor, 1, walk.reference)).rejects.toThrow(
      /no such file/,
    );
    const { visitor } = await letIn({ guestSeesFiles: true });
    expect((await read(visitor)).evidence).toHaveLength(1);
    const opened = await house.get(EvidenceFiles).open(visitor, 1, walk.reference);
    for await (const part of opened.content) expect(part).toBeDefined();
    expect(opened.view.fileName).toMatch(/^evidence-1 for Gita Guest \d+ 2026-11-24$/);
    expect((await acts()).at(-1)).toBe('open-evidence');
  });

  it('get pages and pictures with their number, the case and the day in the bytes, and nobody else does', async () => {
    const files = house.get(EvidenceFiles);
    const add = (fileName: string, content: Buffer) =>
      files.add(walk.holder, { fileName, content: Readable.from([content]) });
    await add('page.pdf', await pdf());
    await add('photo.jpg', await picture().jpeg().toBuffer());
    await add('letter.txt', Buffer.from('words'));
    const { visitor } = await letIn({ guestSeesFiles: true });
    const { guests } = await house.get(ReadCase).forStaff(walk.reference, staff.TRI);
    const mark = `(Guest ${guests.at(-1)!.n}, ${walk.reference}, 2026-11-24) Tj`;
    const opened = async (who: Officer, n: number) => {
      const { view, sizeInBytes, content } = await files.open(who, n, walk.reference);
      const bytes = await buffer(content);
      expect(bytes.length).toBe(sizeInBytes);
      return { mediaType: view.mediaType, bytes, isMarked: bytes.includes(mark) };
    };
    const rows = await house.source.getRepository(Evidence).find();
    for (const [n, mediaType] of [
      [1, 'application/pdf'],
      [2, 'image/jpeg'],
      [3, 'text/plain'],
    ] as const) {
      const { row, ofStaff, ofGuest } = {
        row: rows.find((each) => each.n === n && each.mediaType === mediaType)!,
        ofStaff: await opened(staff.TRI, n),
        ofGuest: await opened(visitor, n),
      };
      expect([n, ofStaff.mediaType, ofStaff.isMarked]).toEqual([n, mediaType, false]);
      expect(createHash('sha256').update(ofStaff.bytes).digest('hex')).toBe(row.workingSha256);
      const isMarked = n < 3;
      expect([n, ofGuest.mediaType, ofGuest.isMarked]).toEqual([
        n,
        isMarked ? 'application/pdf' : mediaType,
        isMarked,
      ]);
      if (!isMarked) expect(ofGuest.bytes).toEqual(ofStaff.bytes);
      expect((await acts()).slice(-2)).toEqual(['open-evidence', 'open-evidence']);
      // What is stored stays as it was.
      expect((await opened(staff.TRI, n)).bytes).toEqual(ofStaff.bytes);
    }
  });

  it('are not told how people are kept safe or apart, nor who else was brought in', async () => {
    await walk.take('PRT', 'assess-reprisal', { ...riskOf('LOW', true), reasons: 'Secret.' });
    await walk.take('TRI', 'exclude', { exclusionGround: 'EX-UNIT', unit: 'Claims', note: 'Secret.' });
    const { visitor } = await letIn();
    const view = await read(visitor);
    expect(view).toMatchObject({
      exclusions: [],
      guests: [],
      breakGlass: [],
      consents: [],
      holds: [],
      links: [],
    });
    expect(JSON.stringify(view)).not.toMatch(/Secret|Claims|isDefender|reprisalLevel/);
    const steps = STEPS.map(({ step }) => step as string);
    expect([...SAID_TO_GUESTS].filter((step) => !steps.includes(step))).toEqual([]);
  });

  it('learn from no number how often the case changes, and have forms of what they are told', async () => {
    const { visitor } = await letIn();
    const opinion = (revision: number) =>
      house.get(TakeStep).run({
        reference: walk.reference,
        step: 'give-opinion',
        visitor,
        answers: { opinion: 'The threshold is wrong.' },
        revision,
      });
    expect((await read(visitor)).revision).toBe(0);
    await opinion(0);
    await walk.toInvestigation();
    const before = await read(visitor);
    expect(before.said.map(({ step, revision }) => [step, revision])).toEqual([
      ['give-opinion', 1],
      ['add-allegation', 2],
      ['start-investigation', 3],
    ]);
    expect(before.revision).toBe(3);
    await walk.take('PRT', 'assess-reprisal', { ...riskOf('LOW', true), reasons: 'Secret.' });
    await walk.take('TRI', 'exclude', { exclusionGround: 'EX-UNIT', unit: 'Claims' });
    expect(await read(visitor)).toEqual(before);
    await expect(opinion(2)).rejects.toMatchObject({ kind: 'stale' });
    await expect(opinion((await read(staff.TRI)).revision)).rejects.toMatchObject({ kind: 'stale' });
    await opinion(3);
    await expect(opinion(3)).rejects.toMatchObject({ kind: 'stale' });
    await walk.by('INV', 'ask-question', { questionText: 'When?', why: 'To look.', dueOn: '2026-12-01' });
    await expect(opinion(4)).rejects.toMatchObject({ kind: 'stale' });
    await opinion((await read(visitor)).revision);
  });

  it('see of the case what is named here, and of whatever else it comes to have nothing', async () => {
    const whole = await read(staff.TRI);
    const filled = Object.fromEntries(
      Object.entries(whole).map(([name, value]) => {
        const marked = { ofMark: name, step: 'give-opinion', kind: 'SESSION' };
        if (Array.isArray(value)) return [name, [marked]];
        return [name, value === null || typeof value === 'object' ? { ...value, ...marked } : name];
      }),
    ) as unknown as CaseView;
    const seen = (seesFiles: boolean) => {
      const view = asGuestSees(filled, { caseId: '', until: '', seesFiles });
      return Object.entries(view)
        .filter(([name, value]) => value === name || JSON.stringify(value).includes('"ofMark"'))
        .map(([name]) => name)
        .sort();
    };
    const SHOWN = [
      'actions',
      'allegations',
      'amendments',
      'appeals',
      'assessment',
      'assignments',
      'clocks',
      'closedOn',
      'complaint',
      'dialogue',
      'earlier',
      'heldBy',
      'legalHold',
      'lodgedOn',
      'meetings',
      'messages',
      'offers',
      'policyVersion',
      'questions',
      'reference',
      'said',
      'state',
      'suspendedUntil',
      'tasks',
      'transcripts',
      'translations',
    ];
    expect(seen(false)).toEqual(SHOWN);
    expect(seen(true)).toEqual([...SHOWN, 'evidence'].sort());
  });

  it.each([
    ['EXP', 'CN-EXPERT'],
    ['DIA', 'CN-DIALOGUE'],
  ] as const)(
    'as %s wait for %s, and a no shuts them out at once, a yes lets them in again',
    async (guestRole, code) => {
      await agree(false, code);
      await expect(invite({ guestRole })).rejects.toMatchObject({ needs: [{ name: 'guestConsented' }] });
      await agree(true, code);
      const secret = await invite({ guestRole });
      await agree(false, code);
      await expect(join(secret)).rejects.toThrow(/not valid/);
      await agree(true, code);
      const account = await join(secret);
      const { token } = await signIn(account);
      await agree(false, code);
      await isGone({ ...account, token });
      await agree(true, code);
      await signIn(account);
    },
  );

  it.each([
    ['a last day that is over', { guestUntil: '2026-11-23' }, 'guestEndsInTime'],
    ['a last day too far ahead', { guestUntil: '2027-05-24' }, 'guestEndsInTime'],
    ['no last day', { guestUntil: undefined }, 'answer'],
    ['no word on files', { guestSeesFiles: undefined }, 'answer'],
    ['no reasons', { reasons: undefined }, 'answer'],
  ])('are not invited with %s', async (_, more, need) => {
    await expect(invite(more)).rejects.toMatchObject({ needs: [expect.objectContaining({ name: need })] });
    expect((await read(staff.TRI)).guests).toEqual([]);
  });

  it('are administrators, intake officers or auditors of no case', async () => {
    for (const guestRole of ['ADM', 'AUD', 'TRI', 'PRT', 'DEC', 'INV', 'RH'])
      await expect(invite({ guestRole })).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('are told by no translation that there is a text which they do not see', async () => {
    await walk.toInvestigation();
    await walk.by('RH', 'amend-complaint', {
      amendKind: 'ADDITION',
      amendedPart: 'reprisalText',
      amendText: 'They know me.',
    });
    await house
      .get(EvidenceFiles)
      .add(walk.holder, { content: Readable.from(['a']), fileName: 'a.txt', describes: '' });
    const translate = (visitor: Officer, translatedKind: string, translatedNumber: number) =>
      stepAs(visitor, 'add-translation', {
        translatedKind,
        translatedNumber,
        translationLanguage: 'fr',
        translationAuthor: 'PERSON',
        translationText: 'Bonjour.',
      });
    const { letters } = await read(staff.TRI);
    const texts = [
      ['AMENDMENT', 1],
      ['FILE', 1],
      ['LETTER', letters[0]!.revision],
    ] as const;
    const blind = await letIn();
    for (const [kind, n] of texts)
      for (const number of [n, 77])
        await expect(translate(blind.visitor, kind, number)).rejects.toMatchObject({
          needs: [{ name: 'textIsThere' }],
        });
    const seeing = await letIn({ guestSeesFiles: true });
    await translate(seeing.visitor, 'FILE', 1);
    for (const [kind, n] of texts) await translate(staff.INV, kind, n);
  });

  it('are invited from the team alone', async () => {
    await expect(invite({}, 'PRT')).rejects.toMatchObject({ needs: [{ name: 'actorAssigned' }] });
    await expect(invite({}, 'INT')).rejects.toMatchObject({ kind: 'forbidden' });
    await walk.assign('INV', 'INV');
    await invite({}, 'INV');
  });

  it('get in by a link once, and of two who use it at once one does', async () => {
    const secret = await invite();
    const tried = await Promise.allSettled([join(secret), join(secret)]);
    expect(tried.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(join(secret)).rejects.toThrow(/not valid/);
    expect((await acts()).filter((act) => act === 'guest-joined')).toHaveLength(1);
  });

  it('make no account on the way of those who are to work here', async () => {
    const account = { name: 'Gita', email: 'beside@elsewhere.example', password: PASSWORD };
    await expect(house.get(Accounts).acceptInvitation(await invite(), account)).rejects.toThrow(/not valid/);
  });

  it('get in by no link that was taken back, is too old, or whose inviter left the team or the house', async () => {
    const ended = await invite();
    await walk.take('TRI', 'end-guest', { guestNumber: 1 });
    await expect(join(ended)).rejects.toThrow(/not valid/);
    expect(await guestOf()).toMatchObject({ status: 'ENDED', endedOn: '2026-11-24', name: null });
    const old = await invite();
    house.time.addDays(8);
    expect(await guestOf()).toMatchObject({ status: 'NOT_USED' });
    await expect(join(old)).rejects.toThrow(/not valid/);
    house.time.addDays(-8);
    const inspector = await house.officer('INV');
    await walk.bring(inspector, 'INV');
    const { link } = await stepAs(inspector, 'invite-guest', INVITED);
    await walk.take('TRI', 'end-assignment', { person: inspector.personId, reasons: 'Not needed.' });
    await expect(join(link!.split('/join/')[1]!)).rejects.toThrow(/not valid/);
    await walk.bring(inspector, 'INV');
    await house.get(Accounts).deactivate(inspector.personId, (await house.administrator()).personId);
    await expect(join(link!.split('/join/')[1]!)).rejects.toThrow(/not valid/);
  });

  it('are let in again by no one who was dismissed, yet stay when their inviter leaves', async () => {
    const inspector = await house.officer('INV');
    await walk.bring(inspector, 'INV');
    const { link } = await stepAs(inspector, 'invite-guest', INVITED);
    const account = await join(link!.split('/join/')[1]!);
    await house.get(Accounts).deactivate(inspector.personId, (await house.administrator()).personId);
    const { visitor } = await signIn(account);
    await stepAs(visitor, 'declare-no-conflict', { noConflict: true });
    expect((await read(visitor)).reference).toBe(walk.reference);
  });

  it('are out at once when somebody ends them', async () => {
    const guest = await letIn();
    await walk.take('PRT', 'end-guest', { guestNumber: 1 });
    await isGone(guest);
    expect((await read(staff.TRI)).assignments.map(({ personId }) => personId)).not.toContain(guest.id);
    await expect(walk.take('TRI', 'end-guest', { guestNumber: 1 })).rejects.toMatchObject({
      needs: [{ name: 'guestStands' }],
    });
    await expect(walk.take('TRI', 'assign', { role: 'EXP', person: guest.id })).rejects.toMatchObject({
      needs: [expect.objectContaining({ name: 'assigneeHoldsRole' })],
    });
  });

  it('see nothing of the case once they are kept out of it', async () => {
    const { visitor, id } = await letIn();
    await walk.take('TRI', 'exclude', { exclusionGround: 'EX-CLOSE', person: id });
    await expect(read(visitor)).rejects.toThrow(/no such case/);
    await expect(stepAs(visitor, 'give-opinion', { opinion: 'x' })).rejects.toThrow(/no such case/);
    expect(await house.get(ReadAsked).ownOfGuest(visitor)).toBeNull();
  });

  it('open nothing of a case that was erased', async () => {
    const guest = await letIn();
    const id = await caseId();
    const { source } = house;
    await source.query(
      `UPDATE cases SET "erasedOn" = '2026-11-24', "erasedUnder" = 'RS-CASE' WHERE id = '${id}'`,
    );
    await isGone(guest);
    await source.query(`UPDATE cases SET "erasedOn" = NULL, "erasedUnder" = NULL WHERE id = '${id}'`);
  });

  it('come into no other case, whoever puts them there and however', async () => {
    const { visitor, id } = await letIn();
    const own = walk;
    walk = await Walk.lodge(house, staff);
    for (const [step, answers] of [
      ['assign', { role: 'EXP', person: id }],
      ['order-interim-measure', { measure: 'PM-01', measureReason: 'x', owner: id, dueOn: '2026-12-01' }],
    ] as const)
      await expect(walk.take('TRI', step, answers)).rejects.toMatchObject({
        kind: expect.stringMatching(/unmet|invalid/),
      });
    const place = {
      id: '0'.repeat(36),
      caseId: await caseId(),
      personId: id,
      role: 'EXP',
      conflictDeclared: 'NONE',
      assignedBy: null,
      endedOn: null,
      concernsSealed: null,
    };
    const transactions = house.get(Transactions);
    await transactions.change((db) => db.insert(Assignment, place));
    await expect(read(visitor)).rejects.toThrow(/no such case/);
    expect((await house.get(ReadQueue).page({}, visitor)).cases.map(({ reference }) => reference)).toEqual([
      own.reference,
    ]);
    await transactions.change((db) => db.delete(Assignment, { id: place.id }));
  });

  it('take over nothing, carry no case, and own no measure', async () => {
    const { id } = await letIn({ guestRole: 'EXP' });
    await expect(
      walk.take('TRI', 'order-interim-measure', {
        measure: 'PM-01',
        measureReason: 'x',
        owner: id,
        dueOn: '2026-12-01',
      }),
    ).rejects.toMatchObject({
      needs: expect.arrayContaining([expect.objectContaining({ name: 'personIsOfHouse' })]),
    });
    await expect(walk.take('TRI', 'hand-over', { person: id, note: 'Take it.' })).rejects.toMatchObject({
      needs: expect.arrayContaining([expect.objectContaining({ name: 'personIsOfHouse' })]),
    });
    expect((await read(staff.TRI)).heldBy.names).not.toContain('Gita');
  });

  it('take the few steps that are for guests and no other, and agree to none', async () => {
    const { visitor } = await letIn();
    for (const row of STEPS as readonly StepRow[]) {
      if (row.step === 'lodge') continue;
      if (!row.forGuests)
        await expect(stepAs(visitor, row.step)).rejects.toMatchObject({ kind: 'forbidden' });
      await expect(stepAs(visitor, row.step, {}, true)).rejects.toMatchObject({ kind: 'forbidden' });
    }
    const open = await house.get(ReadCase).openSteps(walk.reference, visitor);
    expect(open.map(({ step }) => step).sort()).toEqual([
      'add-translation',
      'check-translation',
      'declare-no-conflict',
      'give-opinion',
      'recuse',
    ]);
    for (const state of STATE_CODES)
      for (const { forGuests } of stepsFrom(BUILT_IN.rows, state, ['DIA', 'EXP'], { isGuest: true }))
        expect(forGuests).toBe(true);
  });

  it('are no second person beside whoever brought them in', async () => {
    const { id } = await letIn();
    const areTwo = (other: string) => house.get(Transactions).read((db) => areTwoPersons(db, id, other));
    expect(await areTwo(staff.TRI.personId)).toBe(false);
    expect(await areTwo(staff.PRT.personId)).toBe(true);
  });

  it('get no token, no further role and no administrator’s account', async () => {
    const { id } = await letIn();
    const expiresAt = '2026-12-01T00:00:00.000Z';
    await expect(
      house.get(ApiTokens).create({ personId: id, scopes: SCOPE_CODES, label: 'x', expiresAt }),
    ).rejects.toThrow(/no tokens/);
    const by = (await house.administrator()).personId;
    for (const roles of [['ADM'], ['EXP', 'TRI'], ['DIA']] as const)
      await expect(house.get(Accounts).changeRoles(id, [...roles], by)).rejects.toMatchObject({
        kind: 'conflict',
      });
  });

  it.each([
    ['guestUntil', '2027-12-24'],
    ['guestSeesFiles', true],
    ['guestCaseId', null],
  ] as const)('open nothing once %s of the account was written by hand', async (column, value) => {
    const guest = await letIn();
    const transactions = house.get(Transactions);
    const { [column]: before } = await transactions.read((db) =>
      db.findOneByOrFail(Person, { id: guest.id }),
    );
    await transactions.change((db) => db.update(Person, { id: guest.id }, { [column]: value }));
    await isGone(guest);
    expect((await house.verify()).differences.map(({ sentence }) => sentence)).toEqual([
      expect.stringContaining(`column ${column}`),
    ]);
    await transactions.change((db) => db.update(Person, { id: guest.id }, { [column]: before }));
    await signIn(guest);
  });

  it('who work here become no guests of a case by hand either', async () => {
    const { personId } = staff.EXE;
    const transactions = house.get(Transactions);
    await transactions.change(async (db) =>
      db.update(Person, { id: personId }, { guestCaseId: await caseId(), guestUntil: '2027-01-01' }),
    );
    await expect(house.get(Sessions).startOfficer(personId, null)).rejects.toThrow(/not active/);
    await transactions.change((db) =>
      db.update(Person, { id: personId }, { guestCaseId: null, guestUntil: null }),
    );
  });

  it.each([
    ['guestUntil', '2027-12-24'],
    ['guestSeesFiles', true],
    ['roles', ['TRI']],
    ['guestCaseId', null],
  ] as const)('get in by no link whose %s was written by hand', async (column, value) => {
    const secret = await invite();
    const guestCaseId = await caseId();
    const rows = house.source.getRepository(Invitation);
    const before = await rows.findBy({ guestCaseId });
    await rows.update({ guestCaseId }, { [column]: value });
    await expect(join(secret)).rejects.toThrow(/not valid/);
    if (column === 'roles')
      expect((await house.verify()).differences.map((each) => each.column)).toContain('roles');
    await rows.save(before);
  });
});
