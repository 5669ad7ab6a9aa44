import { STAFF_ROLES, type RoleCode } from '../../src/rules/roles';
import { REACH_OF } from '../../src/rules/sight';
import { TestApp, type Answer, type TestOfficer } from '../harness/app';
import type { Engine } from '../harness/database';

export const NAME = 'Noor al-Amin of Nightingale Street';
export const CONTACT = {
  kind: 'email',
  value: 'nightingale@example.org',
  safeContact: 'after the night shift',
};
export const REASON = 'To warn the person before the meeting of tomorrow.';

interface Line {
  act: string;
  byRole: string;
  on: string;
  reason: string | null;
}

/** Requests about who a complainant is, as herself and as each role of staff. */
export class IdentityHouse {
  private constructor(
    readonly app: TestApp,
    readonly staff: ReadonlyMap<RoleCode, TestOfficer>,
  ) {}

  static async open(engine: Engine): Promise<IdentityHouse> {
    const app = await TestApp.start(engine);
    const staff = new Map<RoleCode, TestOfficer>();
    for (const role of ['ADM', ...STAFF_ROLES.filter((each) => each !== 'ADM')] as RoleCode[])
      staff.set(role, await app.officer(role));
    return new IdentityHouse(app, staff);
  }

  readonly as = (role: RoleCode): string => this.staff.get(role)!.token;

  /** Somebody who gave her name. */
  readonly lodge = (form: Record<string, unknown> = {}) =>
    this.app.lodge({
      narrative: 'It refused me.',
      name: NAME,
      contact: CONTACT,
      identityMode: 'NAMED',
      ...form,
    });

  readonly change = (token: string, body: unknown) =>
    this.app.ask<{
      identityMode: string;
      name: string | null;
      needs: { sentence: string; field?: string }[];
    }>('POST', '/api/v1/my-case/identity', { token, body });

  /** Brings onto the team of a case whoever holds one of these roles and would not see it otherwise. */
  readonly bring = (reference: string, roles: readonly RoleCode[]) =>
    this.app.bring(
      reference,
      ...roles.filter((role) => REACH_OF[role] === 'TEAM').map((role) => this.staff.get(role)!),
    );

  /** What she sees was done with her case, apart from how somebody came onto its team. */
  readonly acts = async (token: string): Promise<string[]> =>
    (await this.timeline(token))
      .map(({ act }) => act)
      .filter((act) => !['assign', 'declare-no-conflict'].includes(act));

  readonly timeline = async (token: string) =>
    (await this.app.ask<Line[]>('GET', '/api/v1/my-case/timeline', { token })).body;

  readonly identity = (reference: string, token: string) =>
    this.app.ask<{ until: string; parties: unknown[] }>('GET', `/api/v1/cases/${reference}/identity`, {
      token,
    });

  readonly take = async (
    reference: string,
    token: string,
    step: string,
    answers: Record<string, unknown>,
    agree?: boolean,
  ): Promise<Answer<{ proposed: boolean; needs: { name: string; field?: string }[] }>> => {
    const { body } = await this.app.ask<{ revision: number }>('GET', `/api/v1/cases/${reference}`, {
      token: this.as('TRI'),
    });
    return this.app.ask('POST', `/api/v1/cases/${reference}/steps/${step}`, {
      token,
      headers: { 'if-match': String(body.revision) },
      body: { answers, agree },
    });
  };

  readonly reveal = (reference: string, token: string, revealReason: unknown = REASON) =>
    this.take(reference, token, 'reveal-identity', { revealReason });
}
