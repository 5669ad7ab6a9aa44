import { Consents } from '../../src/casework/consents';
import { Lodge } from '../../src/casework/intake/lodge';
import { OpenCase } from '../../src/casework/intake/open-case';
import { ReadCase } from '../../src/casework/read-case';
import { ReadMyCase } from '../../src/casework/read-my-case';
import { Receipts } from '../../src/casework/receipts';
import { TakeStep } from '../../src/casework/take-step';
import { Sessions } from '../../src/people/sessions';
import type { Visitor } from '../../src/people/visitor';
import { SENSITIVE_LAW_CODES } from '../../src/rules/groups';
import { LANGUAGES, say } from '../../src/words/words';
import { Case } from '../../src/records/entities/case';
import {
  CONSENT_CODES,
  GUEST_CONSENTS,
  SHARED_WITH,
  type ConsentCode,
  type GuestRole,
  type SharedWith,
} from '../../src/rules/consents';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff, riskOf } from '../harness/walk';

type Holder = Visitor & { kind: 'rightsholder' };
type Deed = (walk: Walk) => Promise<unknown>;

const SHARE = {
  recipient: 'Mr Bakker, head of payments',
  sharedWhat: 'The dates of the three decisions',
  identityShared: false,
  scopeKept: true,
};
const share =
  (sharedWith: SharedWith, more: Record<string, unknown> = {}): Deed =>
  (walk) =>
    walk.by('INV', 'share', { ...SHARE, sharedWith, ...more });
const PUBLISH = { action: 'RA-15', actionDescription: 'We publish what we found.', dueOn: '2026-12-10' };

const CLASSIFIED = {
  rights: ['HR-SOCS'],
  harms: ['AIH-04'],
  useDomain: 'DOM-SVC-BEN',
  lifecycleStage: 'LC-OPER',
  stateNexus: 'SN-NONE',
  decisionMode: 'SOLELY_AUTOMATED',
  track: 'INVESTIGATION',
  systemSearch: 'NAMED',
  groups: ['AG-POV', 'AG-DISAB'],
};

async function toDialogue(walk: Walk): Promise<void> {
  await walk.toInvestigation();
  await walk.assign('DIA', 'DIA');
  await walk.facilitate();
}
const moveToDialogue: Deed = (walk) =>
  walk.by('DIA', 'move-to-dialogue', {
    supportOffered: true,
    violenceAdviceTaken: true,
    evidenceSnapshot: 'Vault A, shelf 3.',
  });
const inviteGuest =
  (guestRole: GuestRole): Deed =>
  async (walk) => {
    await walk.joinTeam('INV');
    return walk.take('INV', 'invite-guest', {
      guestRole,
      guestUntil: '2026-12-24',
      guestSeesFiles: false,
      reasons: 'Nobody here can read the model.',
    });
  };
const planPublication: Deed = (walk) =>
  walk.by('DEC', 'plan-action', { ...PUBLISH, owner: walk.staff.REM.personId });

/** Every deed that rests on a consent: the need it has, how to come to it, and the deed. */
const DEEDS: { deed: string; code: ConsentCode; need: string; before?: Deed; run: Deed }[] = [
  ...(Object.keys(SHARED_WITH) as SharedWith[]).map((sharedWith) => ({
    deed: `sharing with ${sharedWith}`,
    code: SHARED_WITH[sharedWith].consent,
    need: 'sharingConsented',
    run: share(sharedWith),
  })),
  ...(Object.keys(GUEST_CONSENTS) as GuestRole[]).map((guestRole) => ({
    deed: `bringing in ${guestRole} from outside`,
    code: GUEST_CONSENTS[guestRole],
    need: 'guestConsented',
    run: inviteGuest(guestRole),
  })),
  ...(['UNIT', 'VENDOR'] as const).map((sharedWith) => ({
    deed: `telling ${sharedWith} who the person is`,
    code: 'CN-SHARE-ID' as const,
    need: 'identitySharingConsented',
    before: async ({ house, holder }: Walk) =>
      house.get(Consents).decide(holder, [{ code: SHARED_WITH[sharedWith].consent, given: true }]),
    run: share(sharedWith, { identityShared: true }),
  })),
  {
    deed: 'passing the case on',
    code: 'CN-SHARE-AUTH',
    need: 'referralConsented',
    before: async (walk) => {
      await walk.toEligibility();
      await walk.rate();
    },
    run: (walk) =>
      walk.by('TRI', 'refer', {
        body: 'The ombudsman',
        referralMode: 'WITH_CONSENT',
        sharedWhat: 'The dates and the decision.',
        followUpOn: '2026-12-24',
        reasons: 'It can decide this.',
      }),
  },
  {
    deed: 'opening a dialogue',
    code: 'CN-DIALOGUE',
    need: 'dialogueConsented',
    before: toDialogue,
    run: moveToDialogue,
  },
  {
    deed: 'planning a publication',
    code: 'CN-STORY',
    need: 'publicationConsented',
    before: async (walk) => {
      await walk.toInvestigation();
      await walk.toFindings();
    },
    run: planPublication,
  },
  {
    deed: 'noting a group that tells of health',
    code: 'CN-SENS',
    need: 'sensitiveConsented',
    before: async (walk) => {
      await walk.toEligibility();
      await walk.by('TRI', 'accept', { affectsPeople: true, plausibleLink: true });
    },
    run: (walk) => walk.by('TRI', 'classify', CLASSIFIED),
  },
  {
    deed: 'proposing a story',
    code: 'CN-STORY',
    need: 'storyConsented',
    before: async (walk) => {
      await walk.toInvestigation();
      await walk.toFindings();
      await walk.toOffer();
      await walk.toMonitoring();
      await walk.close();
    },
    run: (walk) =>
      walk.by('DIA', 'publish-story', {
        storyText: 'A system stopped a benefit.',
        storyLanguage: 'en',
        nothingIdentifies: true,
        scopeKept: true,
      }),
  },
];

describe.each(engines())('consents on %s', (engine) => {
  let house: House;
  let staff: Staff;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  afterAll(() => house.close());

  const decide = (walk: Walk, code: ConsentCode, given: boolean, scope?: string) =>
    house.get(Consents).decide(walk.holder, [{ code, given, scope }]);
  const seen = async (walk: Walk, code: ConsentCode) =>
    (await house.get(Consents).list(walk.holder)).find((each) => each.code === code)!;
  const refused = (need: string) => ({
    kind: 'unmet',
    needs: expect.arrayContaining([expect.objectContaining({ name: need })]) as unknown,
  });
  async function holderOf(receipt: string): Promise<Holder> {
    const { token } = await house.get(OpenCase).byReceipt(receipt, 'program');
    return (await house.get(Sessions).resolve(token))!.visitor as Holder;
  }

  it.each(DEEDS)(
    '$deed: not unanswered, not after a no, not after a withdrawal, only after a yes',
    async (each) => {
      const walk = await Walk.lodge(house, staff);
      await each.before?.(walk);
      const look = async () => (await house.get(ReadCase).forStaff(walk.reference, staff.INT)).state;
      const state = await look();
      await expect(each.run(walk)).rejects.toMatchObject(refused(each.need));
      for (const given of [false, true, false]) {
        await decide(walk, each.code, given);
        if (!given) await expect(each.run(walk)).rejects.toMatchObject(refused(each.need));
      }
      expect(await look()).toBe(state);
      expect(await seen(walk, each.code)).toMatchObject({ holds: false, withdrawnOn: '2026-11-24' });
      await decide(walk, each.code, true);
      await each.run(walk);
    },
  );

  it.each(CONSENT_CODES)('%s is decided on its own, and its decisions are all kept', async (code) => {
    const walk = await Walk.lodge(house, staff);
    const others = async () =>
      (await house.get(Consents).list(walk.holder)).filter((each) => each.code !== code);
    const before = await others();
    expect(await seen(walk, code)).toMatchObject({
      given: null,
      holds: code === 'CN-STAT',
      withdrawnOn: null,
    });
    await decide(walk, code, true, 'Only this year.');
    house.time.addDays(1);
    await decide(walk, code, false);
    expect(await seen(walk, code)).toMatchObject({
      given: false,
      holds: false,
      decidedOn: house.time.today(),
      withdrawnOn: house.time.today(),
      scope: null,
      byRole: 'RH',
    });
    const rows = await house.source.query<{ given: unknown; decidedOn: string; endedOn: string | null }[]>(
      `SELECT "given", "decidedOn", "endedOn" FROM "consents" WHERE "caseId" = '${walk.holder.caseId}' ORDER BY "n"`,
    );
    expect(rows.map(({ given, decidedOn, endedOn }) => [Boolean(given), decidedOn, endedOn])).toEqual([
      [true, '2026-11-24', '2026-11-25'],
      [false, '2026-11-25', null],
    ]);
    expect(await others()).toEqual(before);
    house.time.goTo('2026-11-24T09:00:00.000Z');
  });

  it('writes nothing for a decision that says the same again', async () => {
    const walk = await Walk.lodge(house, staff);
    const revision = async () =>
      (await house.source.getRepository(Case).findOneByOrFail({ reference: walk.reference })).revision;
    await decide(walk, 'CN-STORY', true, ' No names of places ');
    const after = await revision();
    await decide(walk, 'CN-STORY', true, 'No names of places');
    expect(await revision()).toBe(after);
    await decide(walk, 'CN-STORY', true, 'No names at all');
    expect(await revision()).toBe(after + 1);
  });

  it('shows what was already done under a consent, also after it was withdrawn, and writes a letter of it', async () => {
    const walk = await Walk.lodge(house, staff);
    await decide(walk, 'CN-SHARE-UNIT', true, 'Only the dates.');
    await share('UNIT')(walk);
    await decide(walk, 'CN-SHARE-UNIT', false);
    expect((await seen(walk, 'CN-SHARE-UNIT')).disclosures).toEqual([
      {
        on: '2026-11-24',
        step: 'share',
        byRole: 'INV',
        to: SHARE.recipient,
        what: SHARE.sharedWhat,
        parts: [],
        legalDuty: null,
      },
    ]);
    const { letters } = await house.get(ReadMyCase).view(walk.holder);
    const letter = letters.find((each) => each.letter === 'shared')!;
    expect(letter.paragraphs.join('\n')).toContain(SHARE.recipient);
    const { consents } = await house.get(ReadCase).forStaff(walk.reference, staff.INT);
    expect(consents).toEqual([expect.objectContaining({ code: 'CN-SHARE-UNIT', given: false })]);
  });

  it('lets a law take the place of consent for an authority only, and tells the person which', async () => {
    const walk = await Walk.lodge(house, staff);
    const law = { legalDuty: 'Art. 73 of Regulation (EU) 2024/1689' };
    await decide(walk, 'CN-SHARE-AUTH', false);
    for (const sharedWith of ['UNIT', 'VENDOR', 'UNION', 'REPRESENTATIVE'] as const)
      await expect(share(sharedWith, law)(walk)).rejects.toMatchObject(refused('sharingConsented'));
    await share('AUTHORITY', law)(walk);
    expect((await seen(walk, 'CN-SHARE-AUTH')).disclosures).toEqual([expect.objectContaining(law)]);
    const { letters } = await house.get(ReadMyCase).view(walk.holder);
    expect(letters.at(-1)!.paragraphs.join('\n')).toContain(law.legalDuty);
  });

  it('lets a law take the place of consent for what is sensitive, and shows the person which', async () => {
    const walk = await Walk.lodge(house, staff);
    await walk.toEligibility();
    await walk.by('TRI', 'accept', { affectsPeople: true, plausibleLink: true });
    await walk.by('TRI', 'classify', { ...CLASSIFIED, groups: ['AG-POV'] });
    expect((await seen(walk, 'CN-SENS')).disclosures).toEqual([]);
    await decide(walk, 'CN-SENS', false);
    for (const sensitiveLaw of ['x', 'Section 26(3) of the Federal Data Protection Act', ['ART9-B']])
      await expect(walk.by('TRI', 'classify', { ...CLASSIFIED, sensitiveLaw })).rejects.toMatchObject({
        kind: 'invalid',
      });
    for (const sensitiveLaw of SENSITIVE_LAW_CODES) {
      await walk.by('TRI', 'classify', { ...CLASSIFIED, sensitiveLaw });
      for (const language of LANGUAGES)
        expect(
          (await house.get(Consents).list(walk.holder, language))
            .flatMap(({ disclosures }) => disclosures)
            .at(-1),
        ).toMatchObject({
          step: 'classify',
          byRole: 'TRI',
          legalDuty: say(language, `sensitive-law.${sensitiveLaw}`),
        });
    }
  });

  it('say truthfully on which of them no deed rests', async () => {
    const walk = await Walk.lodge(house, staff);
    const guarding = new Set<ConsentCode>([
      ...DEEDS.map(({ code }) => code),
      // Stop a representative, leave a case out of the statistics, and end a membership.
      ...(['CN-REP', 'CN-STAT', 'CN-GROUP'] as const),
    ]);
    const list = await house.get(Consents).list(walk.holder);
    expect(list.filter(({ onlyRecorded }) => onlyRecorded).map(({ code }) => code)).toEqual(
      CONSENT_CODES.filter((code) => !guarding.has(code)),
    );
  });

  it('needs an approved disclosure plan too before the unit or the vendor learns anything, from medium risk on', async () => {
    const walk = await Walk.lodge(house, staff);
    await decide(walk, 'CN-SHARE-VENDOR', true);
    await decide(walk, 'CN-REP', true);
    await walk.by('PRT', 'assess-reprisal', riskOf('MEDIUM'));
    await expect(share('VENDOR')(walk)).rejects.toMatchObject(refused('respondentDisclosurePlanned'));
    await share('UNION')(walk);
  });

  it('stops a publication that is no longer agreed to, and lets it be dropped', async () => {
    const walk = await Walk.lodge(house, staff);
    await walk.toInvestigation();
    await walk.toFindings();
    await decide(walk, 'CN-STORY', true);
    await planPublication(walk);
    await walk.toOffer();
    await walk.by('RH', 'accept-offer', { understood: true });
    const drop = () => walk.by('DEC', 'drop-action', { actionNumber: 1, reasons: 'No longer agreed to.' });
    await expect(drop()).rejects.toMatchObject(refused('actionMayBeDropped'));
    await decide(walk, 'CN-STORY', false);
    await expect(
      walk.by('REM', 'complete-action', { actionNumber: 1, evidenceText: 'It is on our page.' }),
    ).rejects.toMatchObject(refused('publicationConsented'));
    await drop();
  });

  it('never lets a dialogue come to an agreement once the person has left it', async () => {
    const walk = await Walk.lodge(house, staff);
    await toDialogue(walk);
    await decide(walk, 'CN-DIALOGUE', true);
    await moveToDialogue(walk);
    await walk.by('DIA', 'plan-action', {
      ...PUBLISH,
      action: 'RA-01',
      owner: staff.REM.personId,
    });
    await decide(walk, 'CN-DIALOGUE', false);
    await expect(
      walk.by('DIA', 'propose-agreement', {
        offerText: 'We decide anew.',
        noWaiver: true,
        adviceOffered: true,
      }),
    ).rejects.toMatchObject(refused('dialogueConsented'));
  });

  it('lets staff write down what the person said elsewhere, with a letter, but never over a no of her own', async () => {
    const walk = await Walk.lodge(house, staff);
    const record = (consentGiven: boolean) =>
      walk.by('INT', 'record-consent', {
        consent: 'CN-INTERP',
        consentGiven,
        consentSaid: 'On the phone.',
        limits: 'A woman, please.',
      });
    await record(true);
    expect(await seen(walk, 'CN-INTERP')).toMatchObject({
      given: true,
      byRole: 'INT',
      scope: 'A woman, please.',
    });
    expect((await house.get(ReadMyCase).view(walk.holder)).letters.at(-1)!.letter).toBe('consent-recorded');
    await record(false);
    await record(true);
    await decide(walk, 'CN-INTERP', false);
    await expect(record(true)).rejects.toMatchObject(refused('consentIsNotOverruled'));
    await record(false);
  });

  it('are asked at lodging without a row for what was left open, and say who wrote them down', async () => {
    const count = async () =>
      Number((await house.source.query<{ n: number }[]>('SELECT COUNT(*) AS n FROM "consents"'))[0]!.n);
    const before = await count();
    await house.get(Lodge).run({ narrative: 'It refused me.' }, { role: 'RH' });
    await house.get(Lodge).run({ narrative: 'It refused me.', consents: [] }, { role: 'RH' });
    expect(await count()).toBe(before);
    const { receipt } = await house.get(Lodge).run(
      {
        narrative: 'She says that it refused her.',
        language: 'ar-EG',
        consents: [
          { code: 'CN-SENS', given: true },
          { code: 'CN-SHARE-UNIT', given: false, scope: 'Never the shift leader.' },
        ],
      },
      { role: 'INT', personId: staff.INT.personId },
    );
    expect(await count()).toBe(before + 2);
    const list = await house.get(Consents).list(await holderOf(receipt), 'ar');
    expect(list.filter(({ given }) => given !== null)).toEqual([
      expect.objectContaining({ code: 'CN-SENS', given: true, language: 'ar', byRole: 'INT', version: 1 }),
      expect.objectContaining({ code: 'CN-SHARE-UNIT', given: false, scope: 'Never the shift leader.' }),
    ]);
  });

  it('are for the person to decide, and stop a representative whom she no longer wants', async () => {
    const walk = await Walk.lodge(house, staff);
    const receipts = house.get(Receipts);
    const companion = await holderOf((await receipts.add(walk.holder, 'SUPPORTER')).receipt);
    const representative = await holderOf((await receipts.add(walk.holder, 'REPRESENTATIVE')).receipt);
    for (const other of [companion, representative])
      await expect(
        house.get(Consents).decide(other, [{ code: 'CN-STORY', given: true }]),
      ).rejects.toMatchObject({ kind: 'forbidden' });
    const suspend = () => house.get(TakeStep).run({ step: 'withdraw', visitor: representative, answers: {} });
    await decide(walk, 'CN-REP', false);
    await expect(suspend()).rejects.toMatchObject(refused('representativeMayAct'));
    await house.get(TakeStep).run({
      step: 'report-retaliation',
      visitor: representative,
      answers: { threat: 'They moved her to nights.' },
    });
    await decide(walk, 'CN-REP', true);
    await suspend();
  });

  it('are decided by whoever lodged for somebody, but for their own mandate', async () => {
    const { receipt, reference } = await house
      .get(Lodge)
      .run({ narrative: 'It refused her.', identityMode: 'REPRESENTED' }, { role: 'REP' });
    const representative = await holderOf(receipt);
    const decides = (code: ConsentCode, given: boolean) =>
      house.get(Consents).decide(representative, [{ code, given }]);
    await decides('CN-STORY', false);
    await expect(decides('CN-SHARE-UNIT', true)).rejects.toMatchObject(refused('mandateForConsent'));
    const take = (visitor: Visitor, step: string, answers: object) =>
      house.get(TakeStep).run({ reference, step, visitor, answers: { ...answers } });
    await take(representative, 'record-mandate', { mandateBasis: 'MB-BODY', mandateCovers: ['MC-CONSENT'] });
    await expect(decides('CN-SHARE-UNIT', true)).rejects.toMatchObject(refused('mandateForConsent'));
    await take(staff.INT, 'confirm-mandate', {
      mandateNumber: 1,
      mandateCovers: ['MC-CONSENT'],
      reasons: 'The statute of the union says so.',
    });
    await decides('CN-SHARE-UNIT', true);
    await expect(
      house.get(Consents).decide(representative, [{ code: 'CN-REP', given: true }]),
    ).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('leave histories that can be verified, and no words of people in them', async () => {
    await house.integrate();
    expect((await house.verify()).differences).toEqual([]);
    const entries = await house.source.query<{ body: string }[]>('SELECT "body" FROM "entries"');
    const notices = await house.source.query<Record<string, unknown>[]>('SELECT * FROM "notices"');
    const all = JSON.stringify([entries, notices]);
    for (const phrase of [SHARE.recipient, SHARE.sharedWhat, 'Only the dates', 'A woman, please', 'Art. 73'])
      expect(all).not.toContain(phrase);
  });
});
