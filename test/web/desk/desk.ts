import { STAFF_ROLES, type RoleCode } from '../../../src/rules/roles';
import { TestApp } from '../../harness/app';
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
    private readonly browsers: ReadonlyMap<RoleCode, DeskBrowser>,
  ) {}

  static async open(engine: Engine): Promise<Desk> {
    const app = await TestApp.start(engine);
    const browsers = new Map<RoleCode, DeskBrowser>();
    for (const role of ['ADM', ...STAFF_ROLES.filter((each) => each !== 'ADM')] as RoleCode[])
      browsers.set(role, await DeskBrowser.of(app, await app.officer(role)));
    return new Desk(app, browsers);
  }

  as(role: RoleCode): DeskBrowser {
    return this.browsers.get(role)!;
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
