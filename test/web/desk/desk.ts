import { STAFF_ROLES, type RoleCode } from '../../../src/rules/roles';
import { TestApp, type TestOfficer } from '../../harness/app';
import type { Engine } from '../../harness/database';
import { DeskBrowser } from './desk-browser';

/** What an intake officer answers to acknowledge a complaint. */
export const ACKNOWLEDGED = {
  safeChannelChosen: 'yes',
  noConflict: 'yes',
  jurisdiction: 'EU',
  isDataRightsRequest: 'no',
  reporterIsWorker: 'no',
  concernsListedLaw: 'no',
};

/** A house with a signed-in browser for each role of staff. */
export class Desk {
  private constructor(
    readonly app: TestApp,
    private readonly officers: ReadonlyMap<RoleCode, TestOfficer>,
    private readonly browsers: ReadonlyMap<RoleCode, DeskBrowser>,
  ) {}

  static async open(engine: Engine): Promise<Desk> {
    const app = await TestApp.start(engine);
    const officers = new Map<RoleCode, TestOfficer>();
    const browsers = new Map<RoleCode, DeskBrowser>();
    for (const role of ['ADM', ...STAFF_ROLES.filter((each) => each !== 'ADM')] as RoleCode[]) {
      const officer = await app.officer(role);
      officers.set(role, officer);
      browsers.set(role, await DeskBrowser.of(app, officer));
    }
    return new Desk(app, officers, browsers);
  }

  as(role: RoleCode): DeskBrowser {
    return this.browsers.get(role)!;
  }

  /** The token with which a program acts as whoever sits at the desk in this role. */
  tokenOf(role: RoleCode): string {
    return this.officers.get(role)!.token;
  }

  /** Brings whoever sits at the desk in these roles onto the team of a case. */
  bring(reference: string, ...roles: RoleCode[]): Promise<void> {
    return this.app.bring(reference, ...roles.map((role) => this.officers.get(role)!));
  }

  /** Fills in the form of a step as this role, and sends it. */
  async take(role: RoleCode, reference: string, step: string, answers: Record<string, string | string[]>) {
    const form = await this.as(role).get(stepAt(reference, step));
    if (form.status !== 200) throw new Error(`${role} gets ${form.status} for the form of ${step}.`);
    return this.as(role).post(stepAt(reference, step), answers);
  }

  async toEligibility(reference: string): Promise<void> {
    await this.take('INT', reference, 'acknowledge', ACKNOWLEDGED);
    await this.take('TRI', reference, 'begin-eligibility', { noConflict: 'yes' });
  }
}

export function stepAt(reference: string, step: string): string {
  return `/desk/cases/${reference}/steps/${step}`;
}
