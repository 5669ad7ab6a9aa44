import { TakeStep } from '../../../src/casework/take-step';
import { OpenInEmergency } from '../../../src/casework/team/open-in-emergency';
import { Accounts } from '../../../src/people/accounts';
import { Invitations } from '../../../src/people/invitations';
import { unitHashOf } from '../../../src/people/units';
import type { Officer } from '../../../src/people/visitor';
import { Refusal } from '../../../src/platform/refusal';
import type { RoleCode } from '../../../src/rules/roles';
import { Vault } from '../../../src/vault/vault';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { hireStaff, Walk, type Staff } from '../../harness/walk';

describe.each(engines())('separation of duty on a case, on %s', (engine) => {
  let house: House;
  let staff: Staff;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  afterAll(() => house?.close());

  let joined = 0;
  async function officerOf(unit: string, ...roles: RoleCode[]): Promise<Officer> {
    const accounts = house.get(Accounts);
    const invitations = house.get(Invitations);
    const { personId: invitedBy } = await house.administrator();
    const secret = await invitations.invite({ roles, unit, invitedBy });
    joined += 1;
    const { id: personId } = await accounts.acceptInvitation(secret, {
      name: `Colleague ${joined}`,
      email: `colleague.${joined}@example.org`,
      password: 'a long enough phrase for a test',
    });
    return {
      kind: 'officer',
      personId,
      roles,
      unitHash: unitHashOf(house.get(Vault), unit),
      sessionHash: '',
    };
  }

  /** Names of what is missing, or the kind of the refusal; “taken” where nothing is. */
  async function outcome(
    walk: Walk,
    visitor: Officer,
    step: string,
    answers: Record<string, unknown>,
    agree?: boolean,
  ): Promise<string> {
    try {
      await house.get(TakeStep).run({ reference: walk.reference, step, visitor, answers, agree });
      return 'taken';
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return error.needs.map(({ name }) => name).join() || error.kind;
    }
  }

  it('keeps the unit concerned off the team, in every way onto it', async () => {
    const walk = await Walk.lodge(house, staff);
    await walk.toInvestigation();
    const concerned = await officerOf('Claims  Berlin', 'INV', 'REM', 'DEC', 'TRI');
    const { personId: person } = concerned;
    await walk.take('TRI', 'exclude', { exclusionGround: 'EX-UNIT', unit: 'claims berlin ' });
    const { TRI, INV, DEC } = staff;
    await walk.joinTeam('DEC');
    expect(await outcome(walk, TRI, 'assign', { role: 'INV', person })).toBe('personNotKeptOut');
    expect(await outcome(walk, INV, 'hand-over', { person, note: 'Go on.' })).toBe('personNotKeptOut');
    const due = { owner: person, dueOn: '2026-12-10' };
    expect(
      await outcome(walk, TRI, 'order-interim-measure', { measure: 'RA-01', measureReason: 'Now.', ...due }),
    ).toBe('personNotKeptOut');
    expect(await outcome(walk, TRI, 'assign', { role: 'INV', person: staff.INV.personId })).toBe('taken');
    await walk.take('INV', 'declare-no-conflict', { noConflict: true });
    await walk.toFindings();
    const action = { action: 'RA-01', actionDescription: 'A person decides anew.', ...due };
    expect(await outcome(walk, DEC, 'plan-action', action)).toBe('personNotKeptOut');
    const ofAnother = await officerOf('Claims Bonn', 'REM');
    expect(await outcome(walk, DEC, 'plan-action', { ...action, owner: ofAnother.personId })).toBe('taken');
  });

  it('takes whoever belongs to the unit off the team when it is named', async () => {
    const walk = await Walk.lodge(house, staff);
    const concerned = await officerOf('Payments', 'LEG');
    await walk.bring(concerned, 'LEG');
    const hold = { holdGround: 'LEGAL_CLAIM', reasons: 'A court asks for it.' };
    expect(await outcome(walk, concerned, 'place-hold', hold)).toBe('taken');
    await walk.take('TRI', 'exclude', { exclusionGround: 'EX-UNIT', unit: 'PAYMENTS' });
    expect(await outcome(walk, concerned, 'place-hold', hold)).toBe('not-found');
  });

  it('lets nobody lift their own exclusion, neither first nor as the second', async () => {
    const walk = await Walk.lodge(house, staff);
    const [protection, decider] = [await house.officer('PRT'), await house.officer('DEC')];
    for (const { personId } of [protection, decider])
      await walk.take('TRI', 'exclude', { exclusionGround: 'EX-CLOSE', person: personId });
    const lift = { exclusionNumber: 1, reasons: 'It was an error.' };
    expect(await outcome(walk, protection, 'lift-exclusion', lift)).toBe('not-found');
    expect(await outcome(walk, staff.PRT, 'lift-exclusion', { ...lift, exclusionNumber: 2 })).toBe('taken');
    expect(await outcome(walk, decider, 'lift-exclusion', {}, true)).toBe('not-found');
    await walk.joinTeam('DEC');
    expect(await outcome(walk, staff.DEC, 'lift-exclusion', {}, true)).toBe('taken');
    expect(await outcome(walk, decider, 'recuse', { recusalGround: 'CI-CLOSE' })).toBe('not-found');
    expect(await outcome(walk, protection, 'recuse', { recusalGround: 'CI-CLOSE' })).toBe('not-found');
  });

  it('has an emergency opening looked at by another protection officer, once', async () => {
    const walk = await Walk.lodge(house, staff);
    const opener = await house.officer('PRT');
    await house.get(OpenInEmergency).run(opener, walk.reference, 'Somebody is in danger.');
    const review = { breakGlassNumber: 1, breakGlassNeeded: true, reasons: 'It was right.' };
    expect(await outcome(walk, opener, 'review-break-glass', review)).toBe('glassBrokenByAnother');
    expect(await outcome(walk, staff.PRT, 'review-break-glass', review)).toBe('taken');
    expect(await outcome(walk, staff.PRT, 'review-break-glass', review)).toBe('glassToReview');
  });

  it('keeps investigator, decider, remedy owner and reviewer apart', async () => {
    const walk = await Walk.lodge(house, staff);
    await walk.toInvestigation();
    const both = await house.officer('INV', 'DEC', 'IRV', 'REM');
    await walk.bring(both, 'INV');
    const assign = (role: RoleCode) => outcome(walk, staff.TRI, 'assign', { role, person: both.personId });
    expect(await assign('DEC')).toBe('assigneeIndependent');
    expect(await assign('IRV')).toBe('assigneeIndependent');
    await walk.toFindings();
    const offer = {
      offerText: 'We decide anew.',
      wishes: 'As she asked.',
      noWaiver: true,
      adviceOffered: true,
    };
    expect(await outcome(walk, both, 'propose-remedy', offer)).toContain('deciderIsNotInvestigator');
    await walk.toOffer();
    await walk.by('RH', 'appeal', {});
    await walk.joinTeam('IRV');
    expect(await assign('IRV')).toBe('assigneeIndependent');
    expect(
      await outcome(walk, both, 'confirm-offer', { reasons: 'So it is.', signposting: 'A court.' }),
    ).toContain('reviewerTookNoEarlierPart');
  });
});
