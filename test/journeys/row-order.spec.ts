import { OpenCase } from '../../src/casework/intake/open-case';
import { OpenInEmergency } from '../../src/casework/team/open-in-emergency';
import { ENDINGS } from '../../src/commands/demo/endings';
import type { StaffPlace } from '../../src/commands/demo/organisation';
import { populate, type Populated } from '../../src/commands/demo/populate';
import { ApiTokens } from '../../src/people/api-tokens';
import { CASE_COOKIE, OFFICER_COOKIE } from '../../src/people/cookies';
import { Sessions } from '../../src/people/sessions';
import { SCOPE_CODES } from '../../src/rules/scopes';
import { TestApp, type Asked } from '../harness/app';
import { engines } from '../harness/database';
import { moveRows } from '../harness/row-order';
import { addressOf } from '../harness/routes';
import { withoutNonce } from '../harness/without-nonce';
import { everyRoute, type Route } from '../matrix/routes';

/** Each time that the history of the house is read stands in it. */
const READS = everyRoute().filter(({ changes, path }) => !changes && !path.endsWith('/audit/house'));
const READERS: readonly StaffPlace[] = [
  'triage',
  'decider',
  'protection',
  'dataProtection',
  'auditor',
  'administrator',
];
/** Here all of it happens at one moment: whatever is only in the order of time is in none. */
const IN_AN_EMERGENCY: readonly StaffPlace[] = ['legal', 'executive', 'dataProtection'];

/** Ways in which one visitor asks: as a browser and as a program. */
type Ways = { page: Asked; program: Asked };

describe.each(engines())('what is read twice, on %s', (engine) => {
  let app: TestApp;
  let house: Populated;

  beforeAll(async () => {
    app = await TestApp.start(engine);
    await app.nest.listen(0, '127.0.0.1');
    house = await populate(app, (await app.nest.getUrl()).replace('[::1]', '127.0.0.1'));
    for (const place of IN_AN_EMERGENCY)
      for (const { reference } of house.lodged.slice(0, 6))
        await app.get(OpenInEmergency).run(house.staff[place].visitor, reference, 'Somebody is in danger.');
  });
  afterAll(() => app?.close());

  async function staffWays(place: StaffPlace): Promise<Ways> {
    const { personId } = house.staff[place];
    const session = await app.get(Sessions).startOfficer(personId, null);
    const expiresAt = new Date(app.time.now().getTime() + 86_400_000).toISOString();
    const { token } = await app
      .get(ApiTokens)
      .create({ personId, scopes: SCOPE_CODES, label: 'test', expiresAt });
    return { page: { headers: { cookie: `${OFFICER_COOKIE}=${session.token}` } }, program: { token } };
  }

  async function herWays(receipt: string): Promise<Ways> {
    const page = await app.get(OpenCase).byReceipt(receipt, 'page');
    const program = await app.get(OpenCase).byReceipt(receipt, 'program');
    return { page: { headers: { cookie: `${CASE_COOKIE}=${page.token}` } }, program };
  }

  /** Every address that reads, asked for by staff about each case that ended, and by each of those whose case it is. */
  async function everyQuestion(): Promise<[who: string, url: string, asked: Asked][]> {
    const ended = house.lodged.filter(({ id }) => ENDINGS.some(({ caseId }) => caseId === id));
    const questions: [string, string, Asked][] = [];
    const add = (who: string, route: Route, known: Record<string, string>, { page, program }: Ways) =>
      questions.push([who, addressOf(route, known), route.isApi ? program : page]);
    for (const place of READERS) {
      const ways = await staffWays(place);
      for (const route of READS)
        for (const { reference } of route.path.includes(':reference') ? ended : ended.slice(0, 1))
          add(place, route, { reference }, ways);
    }
    for (const { id, receipt } of ended) {
      const ways = await herWays(receipt);
      for (const route of READS.filter(({ row }) => row.by === 'rightsholder')) add(id, route, {}, ways);
    }
    return questions;
  }

  it('is the same to the byte, wherever the rows lie that it is read from', async () => {
    const questions = await everyQuestion();
    const answers = async () => {
      const told = new Map<string, string>();
      for (const [who, url, asked] of questions) {
        const { status, text } = await app.ask('GET', url, asked);
        // Each form bears a number of its own, so that pressing its button twice is known.
        told.set(
          `${who} ${url}`,
          `${status} ${withoutNonce(text).replaceAll(/name="form" value="[^"]+"/g, '')}`,
        );
      }
      return told;
    };
    // The first look at a case on a day stands in its history.
    await answers();
    const before = await answers();
    await moveRows(app);
    const after = await answers();
    expect([...before].filter(([name, told]) => after.get(name) !== told).map(([name]) => name)).toEqual([]);
    expect([...before.values()].filter((told) => told.startsWith('200 ')).length).toBeGreaterThan(1000);
  });
});
