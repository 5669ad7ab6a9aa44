import { Readable } from 'node:stream';
import { Consents } from '../../src/casework/consents';
import { EvidenceFiles } from '../../src/casework/evidence-files';
import { Lodge } from '../../src/casework/intake/lodge';
import { OpenCase } from '../../src/casework/intake/open-case';
import type { ComplaintForm } from '../../src/casework/intake/complaint-form';
import { ReadCase } from '../../src/casework/read-case';
import { ReadMyCase } from '../../src/casework/read-my-case';
import { Receipts } from '../../src/casework/receipts';
import { Sessions } from '../../src/people/sessions';
import type { Visitor } from '../../src/people/visitor';
import { Mandate } from '../../src/records/entities/mandate';
import { CHOSEN_COVERS, MANDATE_COVER_CODES, TOLD_BASES } from '../../src/rules/mandates';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

type Holder = Visitor & { kind: 'rightsholder' };
/** `by('RH')` is whoever holds the receipt of the walk, in their own role. */
const OWN = 'RH';
const ALL = { mandateCovers: [...CHOSEN_COVERS] };
const LOOKED = { reasons: 'We read the paper that she signed.' };

describe.each(engines())('who speaks for somebody, on %s', (engine) => {
  let house: House;
  let staff: Staff;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  afterAll(() => house.close());

  const unmet = (...names: string[]) => ({
    needs: names.map((name) => expect.objectContaining({ name })),
  });
  async function opened(reference: string, receipt: string): Promise<Walk> {
    const { token, taken } = await house.get(OpenCase).byReceipt(receipt, 'program');
    const holder = (await house.get(Sessions).resolve(token))!.visitor as Holder;
    return new Walk(house, staff, reference, taken?.receipt ?? receipt, holder);
  }
  /** A case that a representative lodged. */
  async function lodged(more: Partial<ComplaintForm> = {}): Promise<Walk> {
    const form = { narrative: 'It refused her.', identityMode: 'REPRESENTED', ...more } as ComplaintForm;
    const { reference, receipt } = await house.get(Lodge).run(form, { role: 'REP' });
    return opened(reference, receipt);
  }
  /** The person with a receipt of her own, from staff. */
  async function personOf(union: Walk): Promise<Walk> {
    return opened(union.reference, await union.numberForPerson());
  }
  const mandates = async (walk: Walk) => (await house.get(ReadMyCase).view(walk.holder)).mandates;
  const openTo = async (walk: Walk) =>
    (await house.get(ReadMyCase).steps(walk.holder)).map(({ step }) => step);

  it('lets everybody lodge for somebody, whatever they say of a paper, and takes it as said', async () => {
    for (const mandateBasis of [undefined, null, ...TOLD_BASES]) {
      const union = await lodged({ mandateBasis });
      expect(await mandates(union)).toMatchObject([
        {
          n: 1,
          own: true,
          status: 'CLAIMED',
          basis: mandateBasis ?? null,
          covers: ['MC-ACT'],
          byRole: 'REP',
        },
      ]);
      expect(await openTo(union)).toContain('record-mandate');
    }
    const own = await Walk.lodge(house, staff);
    expect(await mandates(own)).toEqual([]);
  });

  it('keeps what gives something up for her until somebody confirmed it, and tells what to do', async () => {
    const union = await lodged({ mandateBasis: 'MB-WRITTEN' });
    await expect(union.by(OWN, 'withdraw')).rejects.toMatchObject(unmet('mandateForEnding'));
    await expect(union.by(OWN, 'request-erasure', { erasureScope: 'PERSON' })).rejects.toMatchObject(
      unmet('mandateForErasure'),
    );
    await union.by(OWN, 'report-retaliation', { threat: 'They moved her to nights.' });
    await union.by(OWN, 'request-support', { supportKind: 'INTERPRETER' });
    await union.by(OWN, 'plan-check-ins', { checkInEvery: '7' });
    await expect(union.by(OWN, 'stop-check-ins')).rejects.toMatchObject(unmet('mandateForEnding'));
    await union.by(OWN, 'record-mandate', {
      mandateBasis: 'MB-WRITTEN',
      mandateCovers: ['MC-END'],
      mandateUntil: '2026-12-31',
      mandateLimits: 'Not the pension.',
    });
    await expect(union.by(OWN, 'withdraw')).rejects.toMatchObject(unmet('mandateForEnding'));
    expect((await mandates(union))[0]).toMatchObject({
      covers: ['MC-ACT', 'MC-END'],
      limits: 'Not the pension.',
    });
    const confirm = { mandateNumber: 1, mandateCovers: ['MC-END'] };
    await expect(union.by('INT', 'confirm-mandate', confirm)).rejects.toMatchObject(
      unmet('staffGiveReasons'),
    );
    await union.by('INT', 'confirm-mandate', { ...confirm, ...LOOKED });
    expect((await mandates(union))[0]).toMatchObject({
      status: 'CONFIRMED',
      confirmedBy: 'INT',
      covers: ['MC-ACT', 'MC-END'],
      until: '2026-12-31',
      limits: 'Not the pension.',
      reasons: null,
    });
    const forStaff = await house.get(ReadCase).forStaff(union.reference, staff.INT);
    expect(forStaff.mandates[0]!.reasons).toBe(LOOKED.reasons);
    await expect(union.by(OWN, 'request-erasure', { erasureScope: 'PERSON' })).rejects.toMatchObject(
      unmet('mandateForErasure'),
    );
    await union.by(OWN, 'stop-check-ins');
    await union.by(OWN, 'withdraw');
    await union.by(OWN, 'come-back');
  });

  it('lets accept and confirm only whoever may, and refuse or appeal whoever speaks', async () => {
    const union = await lodged({ mandateBasis: 'MB-SPOKEN', systemKnown: 'BenefitBot' });
    await union.toInvestigation();
    await union.toFindings();
    await union.toOffer();
    await expect(union.by(OWN, 'accept-offer', { understood: true })).rejects.toMatchObject(
      unmet('mandateForRemedy'),
    );
    await union.by(OWN, 'counter-offer', { counterOfferText: 'And a letter that says so.' });
    await union.by('DEC', 'renew-offer', {
      offerText: 'The benefit, and a letter.',
      reply: 'Yes.',
      noWaiver: true,
      adviceOffered: true,
    });
    await union.by('INT', 'confirm-mandate', { mandateNumber: 1, ...ALL, ...LOOKED });
    await union.by(OWN, 'accept-offer', { understood: true });
    const over = { mandateNumber: 1, reasons: 'She wrote that she wants another.' };
    expect(await union.by('TRI', 'end-mandate', over)).toMatchObject({ proposed: true });
    expect((await mandates(union))[0]).toMatchObject({ status: 'CONFIRMED', endedBy: null });
    await union.by('PRT', 'end-mandate', {}, true);
    // Why may be that she fears exactly them.
    expect((await mandates(union))[0]).toMatchObject({ status: 'ENDED', reasons: null });
    await expect(union.by(OWN, 'take-back-acceptance')).rejects.toMatchObject(
      unmet('representativeMayAct', 'mandateForRemedy'),
    );
    await union.by(OWN, 'report-retaliation', { threat: 'They phoned her.' });
    await expect(union.by(OWN, 'appeal')).rejects.toMatchObject(
      unmet('representativeMayAct', 'remedyNotAccepted'),
    );
    // We have not the last word on who speaks for her: it is told anew, and waits again for somebody to confirm it.
    await union.by(OWN, 'record-mandate', { mandateBasis: 'MB-SPOKEN', ...ALL });
    expect(
      (await mandates(union)).map(({ n, status, endedBy, covers }) => [n, status, endedBy, covers]),
    ).toEqual([
      [1, 'ENDED', 'TRI', MANDATE_COVER_CODES],
      [2, 'CLAIMED', null, MANDATE_COVER_CODES],
    ]);
    await expect(union.by(OWN, 'take-back-acceptance')).rejects.toMatchObject(unmet('mandateForRemedy'));
    await union.by('TRI', 'end-mandate', { ...over, mandateNumber: 2 });
    await union.by('PRT', 'end-mandate', {}, true);
    await union.by('INT', 'record-mandate', { mandateNumber: 2, mandateBasis: 'MB-SPOKEN', ...ALL });
    expect((await mandates(union))[2]).toMatchObject({ n: 3, own: true, status: 'CLAIMED', byRole: 'INT' });
    const newer = { mandateNumber: 3, ...ALL };
    await union.by('INT', 'confirm-mandate', { ...newer, ...LOOKED });
    await expect(
      union.by('INT', 'record-mandate', { mandateNumber: 1, mandateBasis: 'MB-SPOKEN', ...ALL }),
    ).rejects.toMatchObject(unmet('mandateNumberOpen'));
    await union.by(OWN, 'take-back-acceptance');
  });

  it('lets nobody unconfirmed call anything done as promised, and everybody say what is missing', async () => {
    const union = await lodged({ mandateBasis: 'MB-SPOKEN', systemKnown: 'BenefitBot' });
    await union.toInvestigation();
    await union.toFindings();
    await union.toOffer();
    await union.by('INT', 'confirm-mandate', { mandateNumber: 1, ...ALL, ...LOOKED });
    await union.toVerification();
    await union.by('TRI', 'end-mandate', { mandateNumber: 1, reasons: 'She wrote to us.' });
    await union.by('PRT', 'end-mandate', {}, true);
    await union.by(OWN, 'record-mandate', { mandateBasis: 'MB-SPOKEN' });
    const of = (actionResult: string) => ({ actionNumber: 1, actionResult });
    await expect(union.by(OWN, 'verify-action', of('FULL'))).rejects.toMatchObject(
      unmet('mandateForVerifying'),
    );
    await union.by(OWN, 'verify-action', of('PARTLY'));
    await expect(
      union.by(OWN, 'report-not-delivered', { notDelivered: 'NO', actionResults: { 1: 'FULL' } }),
    ).rejects.toMatchObject(unmet('mandateForVerifying', 'missingFollowsActions'));
    await union.by('INT', 'confirm-mandate', { mandateNumber: 2, mandateCovers: ['MC-REMEDY'], ...LOOKED });
    await union.by(OWN, 'verify-action', of('FULL'));
  });

  it('leaves to her whether a case that she withdrew goes on', async () => {
    const union = await lodged();
    const person = await personOf(union);
    await person.by(OWN, 'withdraw');
    await expect(union.by(OWN, 'come-back')).rejects.toMatchObject(unmet('isHersToDecide'));
    await person.by(OWN, 'come-back');
  });

  it('tells her alone by which name they go, if they gave one', async () => {
    const named = await lodged({
      identityMode: 'CONFIDENTIAL',
      complainantRole: 'representative',
      name: 'Ines Roth',
    });
    const person = await personOf(named);
    expect(await mandates(named)).toMatchObject([{ own: true, name: null }]);
    expect(await mandates(person)).toMatchObject([{ own: false, name: 'Ines Roth' }]);
    const { receipt } = await house.get(Receipts).add(person.holder, 'SUPPORTER');
    expect(await mandates(await opened(person.reference, receipt))).toMatchObject([{ name: null }]);
    expect((await house.get(ReadCase).forStaff(named.reference, staff.PRT)).mandates).toMatchObject([
      { name: null },
    ]);
    expect(await mandates(await personOf(await lodged()))).toMatchObject([{ name: null }]);
  });

  it('leaves it to her where she can be asked, but for what law, court or authority decided', async () => {
    const union = await lodged({ mandateBasis: 'MB-SPOKEN' });
    const person = await personOf(union);
    const confirm = { mandateNumber: 1, ...ALL };
    await expect(union.by('INT', 'confirm-mandate', { ...confirm, ...LOOKED })).rejects.toMatchObject(
      unmet('mandateIsForStaff'),
    );
    await person.by(OWN, 'confirm-mandate', { ...confirm, mandateUntil: '2026-12-01' });
    expect((await mandates(person))[0]).toMatchObject({ status: 'CONFIRMED', confirmedBy: 'RH', own: false });
    expect((await mandates(union))[0]).toMatchObject({ own: true });
    const guardian = await lodged({ mandateBasis: 'MB-PARENT' });
    await personOf(guardian);
    expect(await guardian.by('TRI', 'confirm-mandate', { ...confirm, ...LOOKED })).toMatchObject({
      proposed: true,
    });
    expect((await mandates(guardian))[0]).toMatchObject({ status: 'CLAIMED' });
    await guardian.by('PRT', 'confirm-mandate', {}, true);
    expect((await mandates(guardian))[0]).toMatchObject({ status: 'CONFIRMED', confirmedBy: 'TRI' });
  });

  it('never makes whoever speaks for her the person: staff give her a number, two of them, and know her', async () => {
    const union = await lodged();
    await expect(union.by('INT', 'issue-receipt')).rejects.toMatchObject(unmet('numberReachesHer'));
    const [first, second] = [await union.numberForPerson(), await union.numberForPerson()];
    await expect(opened(union.reference, first)).rejects.toMatchObject({ kind: 'not-found' });
    const pending = (await house.get(Receipts).list(union.holder)).filter(({ holder }) => holder === 'RH');
    expect(pending).toMatchObject([{ own: false, mayEnd: false }]);
    await expect(house.get(Receipts).end(union.holder, pending[0]!.id)).rejects.toMatchObject({
      kind: 'not-found',
    });
    const person = await opened(union.reference, second);
    expect(person.holder.role).toBe('RH');
    expect(person.receipt).not.toBe(second);
    await expect(union.by('INT', 'issue-receipt', { reasons: 'She rang.' })).rejects.toMatchObject(
      unmet('numberCanBeGiven'),
    );
    await person.by(OWN, 'withdraw');
    const alone = await Walk.lodge(house, staff);
    await expect(alone.by('INT', 'issue-receipt', { reasons: 'She rang.' })).rejects.toMatchObject(
      unmet('numberCanBeGiven'),
    );
  });

  it('is ended by her with one deed: nothing is done for her and nothing read any more', async () => {
    const union = await lodged({ mandateBasis: 'MB-BODY' });
    const person = await personOf(union);
    await person.by(OWN, 'confirm-mandate', { mandateNumber: 1, ...ALL });
    await person.by(OWN, 'end-mandate', { mandateNumber: 1 });
    expect((await mandates(person))[0]).toMatchObject({ status: 'ENDED', endedBy: 'RH', reasons: null });
    await expect(union.by(OWN, 'report-retaliation', { threat: 'x' })).rejects.toMatchObject({
      kind: 'not-signed-in',
    });
    await expect(opened(union.reference, union.receipt)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(person.by(OWN, 'end-mandate', { mandateNumber: 1 })).rejects.toMatchObject(
      unmet('mandateStands'),
    );
    const other = await lodged();
    const refusing = await personOf(other);
    await refusing.by(OWN, 'end-mandate', { mandateNumber: 1 });
    expect((await mandates(refusing))[0]).toMatchObject({ status: 'REFUSED' });
  });

  it('takes with it whoever the representative brought in, at any remove, and nobody whom she brought in', async () => {
    const give = async (by: Walk, holder: 'SUPPORTER' | 'REPRESENTATIVE') =>
      opened(by.reference, (await house.get(Receipts).add(by.holder, holder)).receipt);
    for (const way of ['end-mandate', 'end-receipt']) {
      const union = await lodged();
      const lawyer = await give(union, 'REPRESENTATIVE');
      const clerk = await give(lawyer, 'SUPPORTER');
      const steward = await give(union, 'SUPPORTER');
      const person = await personOf(union);
      const sister = await give(person, 'SUPPORTER');
      const receipts = house.get(Receipts);
      if (way === 'end-mandate') await person.by(OWN, 'end-mandate', { mandateNumber: 1 });
      else await receipts.end(person.holder, union.holder.partyId);
      for (const gone of [union, lawyer, clerk, steward])
        await expect(opened(gone.reference, gone.receipt)).rejects.toMatchObject({ kind: 'not-found' });
      expect((await opened(sister.reference, sister.receipt)).holder.role).toBe('SUP');
      expect((await receipts.list(person.holder)).map(({ holder }) => holder).sort()).toEqual(['RH', 'SUP']);
      expect((await mandates(person)).map(({ status, endedBy }) => [status, endedBy])).toEqual([
        ['REFUSED', 'RH'],
        ['REFUSED', 'RH'],
      ]);
    }
  });

  it('ends with the receipt of a representative, and begins with one that she gives', async () => {
    const walk = await Walk.lodge(house, staff);
    const add = async (by: Walk) =>
      opened(walk.reference, (await house.get(Receipts).add(by.holder, 'REPRESENTATIVE')).receipt);
    const lawyer = await add(walk);
    expect(await mandates(walk)).toMatchObject([
      { status: 'CONFIRMED', basis: 'MB-RECEIPT', covers: MANDATE_COVER_CODES, confirmedBy: 'RH' },
    ]);
    await lawyer.by(OWN, 'withdraw');
    const list = await house.get(Receipts).list(walk.holder);
    await house.get(Receipts).end(walk.holder, list.find(({ holder }) => holder === 'REP')!.id);
    expect((await mandates(walk))[0]).toMatchObject({ status: 'ENDED', endedBy: 'RH' });
    const union = await lodged();
    const second = await opened(
      union.reference,
      (await house.get(Receipts).add(union.holder, 'REPRESENTATIVE')).receipt,
    );
    expect((await mandates(second)).map(({ n, own, status }) => [n, own, status])).toEqual([
      [1, false, 'CLAIMED'],
      [2, true, 'CLAIMED'],
    ]);
    await expect(second.by(OWN, 'end-mandate', { mandateNumber: 1 })).rejects.toMatchObject(
      unmet('mandateIsOfReader'),
    );
    await union.by('INT', 'record-mandate', { mandateNumber: 2, mandateBasis: 'MB-BODY', ...ALL });
    await union.by('INT', 'confirm-mandate', { mandateNumber: 2, ...ALL, ...LOOKED });
    await expect(union.by(OWN, 'withdraw')).rejects.toMatchObject(unmet('mandateForEnding'));
    await second.by(OWN, 'withdraw');
  });

  it('lets nobody whose mandate is over bring another one in, but the person', async () => {
    const union = await lodged();
    await union.by(OWN, 'end-mandate', { mandateNumber: 1 });
    expect((await mandates(union))[0]).toMatchObject({ status: 'ENDED', endedBy: 'REP' });
    for (const holder of ['SUPPORTER', 'REPRESENTATIVE'] as const)
      await expect(house.get(Receipts).add(union.holder, holder)).rejects.toMatchObject({
        kind: 'forbidden',
      });
    const person = await personOf(union);
    expect(await openTo(person)).toContain('withdraw');
  });

  it('is over after its last day, and can be claimed anew', async () => {
    const union = await lodged();
    const last = house.time.today();
    await union.by(OWN, 'record-mandate', { mandateBasis: 'MB-SPOKEN', ...ALL, mandateUntil: last });
    await union.by('INT', 'confirm-mandate', { mandateNumber: 1, ...ALL, ...LOOKED });
    await expect(
      union.by('INT', 'record-mandate', { mandateNumber: 1, mandateBasis: 'MB-SPOKEN', ...ALL }),
    ).rejects.toMatchObject(unmet('mandateNumberOpen'));
    house.time.addDays(1);
    const later = await opened(union.reference, union.receipt);
    expect((await mandates(later))[0]).toMatchObject({ status: 'EXPIRED', until: last });
    await expect(later.by(OWN, 'withdraw')).rejects.toMatchObject(
      unmet('representativeMayAct', 'mandateForEnding'),
    );
    const past = { mandateBasis: 'MB-SPOKEN', ...ALL, mandateUntil: last };
    await expect(later.by(OWN, 'record-mandate', past)).rejects.toMatchObject(unmet('mandateEndsAhead'));
    await later.by(OWN, 'record-mandate', { ...past, mandateUntil: house.time.today() });
    expect((await mandates(later)).map(({ status }) => status)).toEqual(['EXPIRED', 'CLAIMED']);
    await later.by(OWN, 'pause', { pauseFor: 'WEEK' });
  });

  it('may be shown by a file of the case, and by no other', async () => {
    const union = await lodged();
    const told = { mandateBasis: 'MB-WRITTEN', ...ALL, mandateProof: 1 };
    await expect(union.by(OWN, 'record-mandate', told)).rejects.toMatchObject(unmet('mandateProofIsThere'));
    await house.get(EvidenceFiles).add(union.holder, {
      fileName: 'mandate.txt',
      describes: '',
      content: Readable.from([Buffer.from('She signed.')]),
    });
    await union.by(OWN, 'record-mandate', told);
    const view = await house.get(ReadCase).forStaff(union.reference, staff.TRI);
    expect(view.mandates).toMatchObject([{ n: 1, own: false, proof: 1, basis: 'MB-WRITTEN' }]);
  });

  it('confirms nobody while she says that nobody acts for her', async () => {
    const union = await lodged({ mandateBasis: 'MB-SPOKEN' });
    const person = await personOf(union);
    const decide = (given: boolean) => house.get(Consents).decide(person.holder, [{ code: 'CN-REP', given }]);
    await decide(false);
    const confirm = { mandateNumber: 1, ...ALL };
    await expect(person.by(OWN, 'confirm-mandate', confirm)).rejects.toMatchObject(
      unmet('representationNotRefused'),
    );
    await decide(true);
    await person.by(OWN, 'confirm-mandate', confirm);
    await decide(false);
    await expect(union.by(OWN, 'withdraw')).rejects.toMatchObject(unmet('representativeMayAct'));
  });

  it('stands in histories that can be verified', async () => {
    await house.integrate();
    expect((await house.verify()).differences).toEqual([]);
  });

  // The last of all: rows are taken away behind the back of the house.
  it('is written down by staff for a representative from before there were mandates', async () => {
    const union = await lodged();
    await house.source.getRepository(Mandate).delete({ caseId: union.holder.caseId });
    const told = { mandateBasis: 'MB-BODY', ...ALL };
    await union.by('INT', 'record-mandate', told);
    expect(await mandates(union)).toMatchObject([{ n: 1, own: true, basis: 'MB-BODY', byRole: 'INT' }]);
    await expect(union.by('INT', 'record-mandate', told)).rejects.toMatchObject(unmet('mandateNumberOpen'));
    const alone = await Walk.lodge(house, staff);
    await expect(alone.by('INT', 'record-mandate', told)).rejects.toMatchObject({
      needs: expect.arrayContaining([expect.objectContaining({ name: 'representativeIsThere' })]),
    });
  });
});
