import { Accounts } from '../../src/people/accounts';
import { Invitations } from '../../src/people/invitations';
import type { Visitor } from '../../src/people/visitor';
import { OpenCase } from '../../src/casework/intake/open-case';
import { ReadCase } from '../../src/casework/read-case';
import { areTwoPersons } from '../../src/people/second-person';
import { EraseOnRequest } from '../../src/casework/erasure/erase-on-request';
import { Lodge } from '../../src/casework/intake/lodge';
import { TakeStep } from '../../src/casework/take-step';
import { OpenInEmergency } from '../../src/casework/team/open-in-emergency';
import { Sessions } from '../../src/people/sessions';
import type { Refusal } from '../../src/platform/refusal';
import { Person } from '../../src/records/entities/person';
import { Transactions } from '../../src/records/transactions';
import { ROLES, type RoleCode } from '../../src/rules/roles';
import { reachOf } from '../../src/rules/sight';
import { STEPS, type StepName, type StepRow } from '../../src/rules/steps';
import { dictatedRow } from '../../src/rules/dictated-row';
import { agreementsOf } from '../../src/rules/workflow';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { threeAttempts } from '../harness/attempts';
import { BY_PHONE } from '../harness/phone-walk';
import { hireStaff, riskOf, Walk, type Staff } from '../harness/walk';

type Officer = Visitor & { kind: 'officer' };

const REASONS = { reasons: 'As the case file shows.' };
const SEVERE = {
  nature: 'ACTUAL',
  scale: 5,
  scope: 3,
  irremediability: 5,
  vulnerable: false,
  delayMakesIrremediable: false,
  ...REASONS,
};
const REFERRED = {
  body: 'The ombudsman.',
  referralMode: 'SIGNPOST_ONLY',
  followUpOn: '2026-12-24',
  ...REASONS,
};
const SLIGHT = { ...SEVERE, scale: 2, scope: 1, irremediability: 1 };

async function toEligibility(walk: Walk, severity: Record<string, unknown> = SLIGHT): Promise<void> {
  await walk.toEligibility();
  await walk.rate(severity);
}

const SAID = { ...BY_PHONE, saidOn: '2026-11-24' };
async function toOffer(walk: Walk): Promise<void> {
  await walk.toInvestigation();
  await walk.toFindings();
  await walk.toOffer();
}

/** For every row that a second person has to agree to: how to come to it, and what is said in it. */
const BRINKS: Partial<Record<StepName, (walk: Walk, other: Walk) => Promise<Record<string, unknown>>>> = {
  'lower-severity': async (walk) => {
    await toEligibility(walk, SEVERE);
    return SLIGHT;
  },
  'lower-reprisal': async (walk) => {
    await walk.by('PRT', 'assess-reprisal', riskOf('HIGH'));
    return { reprisalLevel: 'LOW', isDefender: false, ...REASONS };
  },
  'end-protection': async (walk) => {
    await walk.by('PRT', 'assess-reprisal', { reprisalLevel: 'LOW', isDefender: false });
    await walk.by('TRI', 'plan-protection', {
      protects: 'COMPLAINANT',
      protectionMeasures: ['PM-01'],
      owner: walk.staff.PRT.personId,
      reviewOn: '2026-12-20',
    });
    return { protectionNumber: 1, ...REASONS };
  },
  'lift-exclusion': async (walk) => {
    await walk.by('TRI', 'exclude', { exclusionGround: 'EX-UNIT', unit: 'Claims' });
    return { exclusionNumber: 1, ...REASONS };
  },
  decline: async (walk) => {
    await toEligibility(walk);
    return { declineCode: 'DC-COMM', effectOnPeople: false, signposting: 'A court.', ...REASONS };
  },
  refer: async (walk) => {
    await toEligibility(walk);
    return REFERRED;
  },
  'confirm-referral': async (walk) => {
    await toEligibility(walk, SEVERE);
    await walk.by('IRV2', 'sight-decline', REASONS);
    await walk.by('TRI', 'refer', REFERRED);
    await walk.by('DEC', 'refer', {}, true);
    return { ...REASONS, withoutAnswer: 'She was told where to turn and goes there herself.' };
  },
  'propose-agreement': async (walk) => {
    await walk.toInvestigation();
    await walk.assign('DIA', 'DIA');
    await walk.by('DIA', 'record-consent', {
      consent: 'CN-DIALOGUE',
      consentGiven: true,
      consentSaid: 'On the phone, today.',
    });
    await walk.facilitate();
    await walk.by('DIA', 'move-to-dialogue', {
      supportOffered: true,
      violenceAdviceTaken: true,
      evidenceSnapshot: 'Vault A, shelf 3.',
    });
    await walk.by('DIA', 'plan-action', {
      action: 'RA-01',
      actionDescription: 'A person decides anew.',
      owner: walk.staff.REM.personId,
      dueOn: '2026-12-10',
    });
    return { offerText: 'We decide anew.', noWaiver: true, adviceOffered: true };
  },
  close: async (walk) => {
    await walk.toInvestigation(SEVERE);
    await walk.toFindings();
    await walk.toOffer();
    await walk.toMonitoring();
    await walk.monitor();
    return {
      closedSooner: 'The system is switched off for good.',
      closureCode: 'CR-REM-V',
      systemicEffects: ['SE-OVERSIGHT'],
      recurrenceChecked: true,
      reprisalReviewed: true,
      surveyOffered: true,
      lessons: 'Look first.',
      ...REASONS,
    };
  },
  'close-unsubstantiated': async (walk) => {
    await walk.toInvestigation(SEVERE);
    await walk.toFindings('FC-UNSUB', 'NOT_INVOLVED');
    return { residualConsidered: true, systemicEffects: ['SE-NONE'], ...REASONS };
  },
  'close-without-remedy': async (walk) => {
    await walk.toInvestigation();
    await walk.toFindings();
    return { systemicEffects: ['SE-NONE'], lessons: 'None.', ...REASONS };
  },
  'close-linked': async (walk) => {
    await walk.toInvestigation(SEVERE);
    await walk.toFindings('FC-SUBST', 'DIRECTLY_LINKED');
    return {
      leverageUsed: 'The vendor pays from now on, and lets others look.',
      signposting: 'The labour court.',
      systemicEffects: ['SE-CONTRACT'],
      lessons: 'Ask vendors sooner.',
      ...REASONS,
    };
  },
  'close-resolved-elsewhere': async (walk) => {
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.by('TRI', 'record-proceeding', {
      proceedingType: 'PP-LABT',
      proceedingCourse: 'CONTINUE',
    });
    await walk.by('TRI', 'end-proceeding', {
      proceedingNumber: 1,
      proceedingOutcome: 'PE-FOR',
      proceedingResult: 'She was reinstated.',
    });
    return { complainantAgrees: true, body: 'The labour court.', proceedingNumber: 1, ...REASONS };
  },
  'close-lost-contact': async (walk) => {
    await toEligibility(walk);
    walk.house.time.addDays(2);
    for (const attempt of threeAttempts(walk.house.time.today()))
      await walk.by('INT', 'record-contact-attempt', attempt);
    return REASONS;
  },
  'close-merged': async (walk, other) => {
    await toEligibility(walk);
    await walk.by('TRI', 'link-case', { otherCase: other.reference, linkType: 'DUPLICATE' });
    return { otherCase: other.reference, ...REASONS };
  },
  'undo-merge': async (walk, other) => {
    await toEligibility(walk);
    await walk.by('TRI', 'link-case', { otherCase: other.reference, linkType: 'DUPLICATE' });
    await walk.by('TRI', 'close-merged', { otherCase: other.reference, ...REASONS });
    await other.assign('DEC', 'DEC');
    await walk.by('DEC', 'close-merged', {}, true);
    return REASONS;
  },
  'close-own-initiative': async (walk) => {
    await walk.toInvestigation(SEVERE);
    await walk.by('TRI', 'determine-involvement', {
      involvement: 'CAUSE',
      involvementBasis: 'We set the threshold.',
      rootCauses: ['RC-THRESH'],
    });
    await walk.by('RH', 'withdraw');
    await walk.by('TRI', 'continue-own-initiative', {
      identityRemoved: true,
      othersAtRisk: true,
      ...REASONS,
    });
    return { systemicEffects: ['SE-NONE'], lessons: 'None.', ...REASONS };
  },
  'publish-story': async (walk) => {
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.toOffer();
    await walk.toMonitoring();
    await walk.close();
    const given = { consent: 'CN-STORY', consentGiven: true, consentSaid: 'On the phone, today.' };
    await walk.by('INT', 'record-consent', given);
    return {
      storyText: 'A system stopped a benefit.',
      storyLanguage: 'en',
      nothingIdentifies: true,
      scopeKept: true,
    };
  },
  'issue-receipt': () => Promise.resolve(REASONS),
  'confirm-mandate': async (walk) => {
    await walk.house.get(OpenCase).byReceipt(await walk.numberForPerson(), 'program');
    return { mandateNumber: 1, mandateCovers: ['MC-END'], ...REASONS };
  },
  'end-mandate': () => Promise.resolve({ mandateNumber: 1, ...REASONS }),
  'reveal-identity': async (walk) => {
    await walk.by('PRT', 'assess-reprisal', riskOf('HIGH'));
    return { revealReason: 'To warn her before the meeting.' };
  },
  'close-withdrawn': async (walk) => {
    await toEligibility(walk, SEVERE);
    await walk.by('RH', 'withdraw');
    return { othersAtRisk: false, ...REASONS };
  },
  // What is hers, where she says it and intake writes it down.
  withdraw: () => Promise.resolve(SAID),
  'stop-check-ins': async (walk) => {
    await walk.by('RH', 'plan-check-ins', { checkInEvery: '7' });
    return SAID;
  },
  'request-erasure': () => Promise.resolve({ ...SAID, erasureScope: 'CASE' }),
  'refuse-offer': async (walk) => {
    await toOffer(walk);
    return SAID;
  },
  'accept-offer': async (walk) => {
    await toOffer(walk);
    return { ...SAID, understood: true };
  },
  'counter-offer': async (walk) => {
    await toOffer(walk);
    return { ...SAID, counterOfferText: 'Three months more.' };
  },
  'take-back-acceptance': async (walk) => {
    await toOffer(walk);
    await walk.by('RH', 'accept-offer', { understood: true });
    return SAID;
  },
  'approve-transcript': async (walk) => {
    await walk.by('TRI', 'record-transcript', {
      occasion: 'MEETING',
      occasionOn: '2026-11-24',
      writtenIn: 'en',
      transcriptText: 'She said May.',
    });
    return { ...SAID, transcriptNumber: 1 };
  },
  'accept-facilitator': async (walk) => {
    await walk.toInvestigation();
    await walk.by('TRI', 'propose-facilitator', {
      facilitator: 'Somebody of the chamber',
      facilitatorNeutral: 'The chamber pays.',
    });
    return { ...SAID, facilitatorNumber: 1 };
  },
  appeal: async (walk) => {
    await toOffer(walk);
    return SAID;
  },
  'verify-action': async (walk) => {
    await toOffer(walk);
    await walk.toVerification();
    return { ...SAID, actionNumber: 1, actionResult: 'FULL' };
  },
  'confirm-remedy': async (walk) => {
    await toOffer(walk);
    await walk.toVerification();
    return { ...SAID, remedyResult: 'FULL' };
  },
};

/** How the case is lodged, where it is not by the person for herself. */
const LODGED: Partial<Record<StepName, object>> = {
  'issue-receipt': { identityMode: 'REPRESENTED' },
  'confirm-mandate': { identityMode: 'REPRESENTED', mandateBasis: 'MB-PARENT' },
  'end-mandate': { identityMode: 'REPRESENTED' },
};

/** Who has to agree on the brink, where that is not the first whom the row names. */
const SECOND: Partial<Record<StepName, RoleCode>> = { 'close-withdrawn': 'DEC' };

const ROWS = (STEPS as readonly StepRow[]).filter(({ agreedBy }) => agreedBy);

it('has a way to every row that a second person agrees to', () => {
  expect(Object.keys(BRINKS).sort()).toEqual(ROWS.map(({ step }) => step).sort());
});

describe.each(engines())('the second person on %s', (engine) => {
  let house: House;
  let staff: Staff;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  beforeEach(() => house.time.goTo('2026-11-24T09:00:00.000Z'));
  afterAll(() => house.close());

  /** Somebody whom this person invited. */
  async function invitedBy(inviter: Officer, role: RoleCode): Promise<Officer> {
    const accounts = house.get(Accounts);
    const invitations = house.get(Invitations);
    // Only administrators invite; whoever takes the step was one for a while.
    const roles = inviter.roles;
    await accounts.changeRoles(inviter.personId, [...roles, 'ADM'], inviter.personId);
    const secret = await invitations.invite({ roles: [role], unit: null, invitedBy: inviter.personId });
    const { id } = await accounts.acceptInvitation(secret, {
      name: 'Invited',
      email: `invited-${secret
        .slice(0, 12)
        .toLowerCase()
        .replace(/[^a-z0-9]/g, 'x')}@example.org`,
      password: 'a long enough phrase for a test',
    });
    await accounts.changeRoles(inviter.personId, roles, inviter.personId);
    return { kind: 'officer', personId: id, roles: [role], unitHash: null, sessionHash: '' };
  }

  /** What a second person says who refuses what somebody wrote down for the person. */
  const WHY = { dictationRefusedFor: 'DR-WHAT' };

  it.each(ROWS.map((row) => [row.step, row] as const))(
    'is another one than whoever proposed “%s”, and until then nothing is taken',
    async (step, row) => {
      const role = SECOND[step as StepName] ?? agreementsOf(row)[0]!.role;
      const walk = await Walk.lodge(house, staff, 'It refused her.', LODGED[step as StepName]);
      const other = await Walk.lodge(house, staff);
      const investigator = await house.officer('INV', role);
      await walk.bring(investigator, 'INV');
      // Whoever agrees that two cases are one sees both.
      const seenBesides = step === 'close-merged' ? [other] : [];
      for (const each of seenBesides) await each.bring(investigator, role);
      const answers = await BRINKS[step as StepName]!(walk, other);
      const own = row.by.find((each) => ROLES[each].staff);
      const by = own ?? row.dictatedTo![0]!;
      const dictated = own === undefined;
      await walk.joinTeam(by as keyof Staff);
      const proposer: Officer = { ...staff[by as keyof Staff], roles: [by, role] };
      const take = (visitor: Officer, agree?: boolean) =>
        house.get(TakeStep).run({
          reference: walk.reference,
          step,
          visitor,
          answers: agree === undefined ? answers : agree === false && dictated ? WHY : {},
          agree,
        });
      // What waits for its second person is shown and told as waiting, and the team grows by those who are asked for their word.
      const look = async () => {
        const { stories, proposals, tasks, revision, assignments, heldBy, said, letters, ...view } =
          await house.get(ReadCase).forStaff(walk.reference, proposer);
        return {
          ...view,
          letters: letters.filter(({ letter }) => letter !== 'dictation-waits'),
          tasks: tasks.filter(({ kind }) => kind !== 'AGREEMENT'),
          stories: stories.filter(({ status }) => status !== 'PROPOSED'),
          said: said.filter((each) => !['assign', 'declare-no-conflict'].includes(each.step)),
          isReal: revision > 0 && Array.isArray(proposals) && assignments.length > 0 && heldBy.role !== 'RH',
        };
      };
      const onTeam = async (visitor: Officer) => {
        if (reachOf(visitor.roles) === 'TEAM')
          for (const each of [walk, ...seenBesides]) await each.bring(visitor, role);
        return visitor;
      };

      const openTo = async (visitor: Officer) => {
        const steps = await house.get(ReadCase).openSteps(walk.reference, visitor);
        expect(new Set(steps.map((each) => `${each.step} ${each.dictated}`)).size).toBe(steps.length);
        return steps.find((each) => each.step === step && each.dictated === dictated);
      };
      const waiting = (maySettle: boolean) => ({
        readiness: 'PROPOSED',
        agreedBy: role,
        proposal: { byRole: by, proposedOn: house.time.today(), maySettle },
      });

      const before = await look();
      expect(await openTo(proposer)).toMatchObject({ proposal: null, agreedBy: role });
      expect(await take(proposer)).toMatchObject({ proposed: true, state: before.state });
      expect(await look()).toEqual(before);
      // Whoever may propose it reads that it waits, and may replace it; who else holds the role of the second person reads why they are none.
      expect(await openTo({ ...proposer, roles: [by] })).toMatchObject({
        ...waiting(false),
        asks: dictated ? dictatedRow(row).asks : row.asks,
        unmet: [],
      });
      expect(await openTo(proposer)).toMatchObject({ ...waiting(false), unmet: [{ name: 'secondPerson' }] });
      // Of a review that the person asks for by telephone, who investigated neither agrees nor refuses.
      const isOut = dictated && row.to === 'appeal';
      expect(await openTo(investigator)).toMatchObject({
        ...waiting(!isOut),
        unmet: [{ name: 'secondPersonIndependent' }],
      });
      const { tasks } = await house.get(ReadCase).forStaff(walk.reference, proposer);
      expect(tasks.filter(({ kind }) => kind === 'AGREEMENT')).toMatchObject([{ step, owedBy: role }]);

      const refusal = (name: string) => ({ kind: 'unmet', needs: [expect.objectContaining({ name })] });
      await expect(take(proposer, true)).rejects.toMatchObject(refusal('secondPerson'));
      await expect(take(await onTeam(await invitedBy(proposer, role)), true)).rejects.toMatchObject(
        refusal('secondPerson'),
      );
      await expect(take(investigator, true)).rejects.toMatchObject(refusal('secondPersonIndependent'));
      if (isOut)
        await expect(take(investigator, false)).rejects.toMatchObject(refusal('secondPersonIndependent'));
      await expect(take(await onTeam(await invitedBy(investigator, role)), true)).rejects.toMatchObject(
        refusal('secondPersonIndependent'),
      );
      await expect(take(staff.DPO, true)).rejects.toMatchObject({ kind: 'forbidden' });
      expect(await look()).toEqual(before);

      const second = await onTeam(await house.officer(role));
      expect(await openTo(second)).toMatchObject({ ...waiting(true), asks: [], unmet: [] });
      expect(await take(second, false)).toMatchObject({ proposed: false, state: before.state });
      await expect(take(second, true)).rejects.toMatchObject({ kind: 'conflict' });
      expect(await openTo({ ...proposer, roles: [by] })).toMatchObject({ proposal: null });
      await take(proposer);
      const state = row.to === 'same' ? before.state : row.to === 'before' ? 'eligibility' : row.to;
      expect(await take(second, true)).toMatchObject({ proposed: false, state });
    },
  );

  describe('who looks at what somebody did', () => {
    let first: Officer;
    let brought: Officer;
    let another: Officer;
    let walk: Walk;

    beforeAll(async () => {
      first = await house.officer('PRT', 'DPO', 'INT');
      another = await house.officer('PRT', 'DPO');
      const { personId } = await invitedBy(first, 'PRT');
      brought = { ...another, personId };
      await house.get(Accounts).changeRoles(personId, ['PRT', 'DPO'], (await house.administrator()).personId);
    });
    beforeEach(async () => (walk = await Walk.lodge(house, staff)));

    const take = (visitor: Officer, step: string, answers: object, agree?: boolean) =>
      house.get(TakeStep).run({ reference: walk.reference, step, visitor, answers: { ...answers }, agree });

    async function onlyAnother(step: string, answers: object, name: string): Promise<void> {
      for (const none of [first, brought])
        await expect(take(none, step, answers)).rejects.toMatchObject({ kind: 'unmet', needs: [{ name }] });
      await take(another, step, answers);
    }

    it('is another person after an emergency opening', async () => {
      await house.get(OpenInEmergency).run(first, walk.reference, 'Somebody is in danger.');
      const review = { breakGlassNumber: 1, breakGlassNeeded: true, ...REASONS };
      await onlyAnother('review-break-glass', review, 'glassBrokenByAnother');
    });

    it('is another person where a legal hold was placed', async () => {
      await take(first, 'place-hold', {
        holdGround: 'LEGAL_CLAIM',
        reasons: 'A court asks for the whole file.',
      });
      const { holds } = await house.get(ReadCase).forStaff(walk.reference, first);
      const { n } = holds.find(({ ground }) => ground === 'LEGAL_CLAIM')!;
      const release = { holdNumber: n, reasons: 'The court has decided and nothing is open any more.' };
      await onlyAnother('release-hold', release, 'holdOfAnother');
    });

    it('is another person where she objects to what was written down', async () => {
      await take(first, 'pause', { pauseFor: 'WEEK', ...SAID });
      await walk.by('RH', 'object-to-dictation', { dictationNumber: 1 });
      const answer = { dictationNumber: 1, dictationHolds: false, reply: 'We are sorry.' };
      await onlyAnother('answer-objection', answer, 'objectionIsOfAnother');
    });

    it('is another person where something is to be erased that was written down, or lodged, for her', async () => {
      const needs = async (visitor: Officer, reference: string) =>
        house
          .get(EraseOnRequest)
          .run(visitor, reference)
          .then(
            () => [],
            (error: Refusal) => error.needs.map(({ name }) => name),
          );
      await take(first, 'request-erasure', { erasureScope: 'PERSON', ...SAID });
      await take(another, 'request-erasure', {}, true);
      for (const none of [first, brought, another])
        expect(await needs(none, walk.reference)).toEqual(['secondPerson', 'objection']);
      expect(await needs(staff.DPO, walk.reference)).toEqual(['objection']);

      const by = { role: 'INT', personId: first.personId } as const;
      const lodged = await house
        .get(Lodge)
        .run({ narrative: 'Told on the telephone.', channel: 'phone' }, by);
      const { token } = await house.get(OpenCase).byReceipt(lodged.receipt, 'program');
      const { visitor } = (await house.get(Sessions).resolve(token))!;
      await house
        .get(TakeStep)
        .run({ step: 'request-erasure', visitor, answers: { erasureScope: 'PERSON' } });
      for (const none of [first, brought])
        expect(await needs(none, lodged.reference)).toEqual(['secondPerson']);
      expect(await needs(another, lodged.reference)).toEqual([]);
    });
  });

  it('is nobody whom the first brought in through others, at any remove, and may have the same host', async () => {
    const twoPersons = (one: Officer, other: Officer) =>
      house.get(Transactions).read((db) => areTwoPersons(db, one.personId, other.personId));
    const line = [await house.officer('ADM')];
    for (let n = 0; n < 4; n += 1) line.push(await invitedBy(line[n]!, 'ADM'));
    for (const one of line) for (const other of line) expect(await twoPersons(one, other)).toBe(false);
    const [host, guest] = [line[0]!, await invitedBy(line[0]!, 'DEC')];
    expect(await twoPersons(line[4]!, guest)).toBe(true);
    expect(await twoPersons(guest, line[4]!)).toBe(true);
    const write = (createdBy: string | null) =>
      house.source.query(
        `UPDATE "people" SET "createdBy" = ${createdBy ? `'${createdBy}'` : 'NULL'} WHERE "id" = '${host.personId}'`,
      );
    const { createdBy } = await house.source.getRepository(Person).findOneByOrFail({ id: host.personId });
    await write(line[4]!.personId);
    expect(await twoPersons(host, line[2]!)).toBe(false);
    expect(await twoPersons(host, staff.DEC)).toBe(true);
    await write(createdBy);
  });

  it('leaves a history that can be verified', async () => {
    await house.integrate();
    expect((await house.verify()).differences).toEqual([]);
  });
});
