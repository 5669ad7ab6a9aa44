import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../../src/app';
import { openCases } from '../../../src/commands/demo/complaints';
import { demo } from '../../../src/commands/demo/demo.command';
import { freshDemoFolder } from '../../../src/commands/demo/demo-folder';
import { verifyLedger } from '../../../src/ledger/verify';
import { Time } from '../../../src/platform/time';
import { Transactions } from '../../../src/records/transactions';
import type { PoliciesView } from '../../../src/casework/policies/views';
import type { SharingView } from '../../../src/casework/sharing/views';
import { STAFF_ROLES } from '../../../src/rules/roles';

describe('The demo', () => {
  const before = { ...process.env };
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'demo-'));
  });

  afterEach(() => {
    process.env = { ...before };
    rmSync(folder, { recursive: true, force: true });
  });

  it('serves a fictional organisation in which all 26 complaints came in by HTTP, and says how to sign in', async () => {
    process.env.DATA_DIR = folder;
    process.env.DATABASE_URL = '';
    const printed: string[] = [];
    const write = jest
      .spyOn(process.stdout, 'write')
      .mockImplementation((text) => printed.push(String(text)) > 0);
    let app: Awaited<ReturnType<typeof createApp>>;
    const { details, close } = await demo(async () => (app = await createApp()), {
      json: true,
      port: 0,
    }).finally(() => write.mockRestore());
    try {
      expect(JSON.parse(printed.join(''))).toEqual(details);
      // An outside expert is always the guest of one case, and nobody of the house.
      const ofTheHouse = STAFF_ROLES.filter((role) => role !== 'EXP');
      expect(new Set(details.people.map(({ role }) => role))).toEqual(new Set(ofTheHouse));
      expect(details.receipts).toHaveLength(26);

      for (const { token, role } of details.people) {
        const queue = await fetch(`${details.url}/api/v1/cases`, {
          headers: { authorization: `Bearer ${token}` },
        });
        expect([role, queue.status]).toEqual([role, ['AUD', 'ADM'].includes(role) ? 403 : 200]);
      }
      const triage = details.people.find(({ role }) => role === 'TRI')!;
      for (const register of ['systems', 'vendors', 'engagements', 'leverage', 'tenders', 'proceedings']) {
        const answer = await fetch(`${details.url}/api/v1/${register}`, {
          headers: { authorization: `Bearer ${triage.token}` },
        });
        const listed = JSON.stringify(await answer.json()).length;
        expect([register, answer.status, listed > 200]).toEqual([register, 200, true]);
      }
      const ask = async (path: string) =>
        (
          await fetch(`${details.url}${path}`, { headers: { authorization: `Bearer ${triage.token}` } })
        ).text();
      const { draft, versions } = JSON.parse(await ask('/api/v1/policies')) as PoliciesView;
      expect([versions.length, draft?.faults, draft?.leftToNobody]).toEqual([1, [], []]);
      expect(draft!.changes.map(({ of }) => of)).toEqual(['accept', 'add-allegation', 'TARGET-ACK']);
      const told = details.receipts.find(({ id }) => id === 'open-06')!;
      const { packets } = JSON.parse(await ask(`/api/v1/cases/${told.reference}/sharing`)) as SharingView;
      expect(packets).toMatchObject([{ n: 1, passedWith: 'share', downloads: 1 }]);
      for (const { id, receipt } of details.receipts) {
        const opened = await fetch(`${details.url}/api/v1/complaint-sessions`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ receipt }),
        });
        const { token } = (await opened.json()) as { token: string };
        const answer = await fetch(`${details.url}/api/v1/my-case`, {
          headers: { authorization: `Bearer ${token}` },
        });
        const mine = (await answer.json()) as { narrative: string };
        expect(mine.narrative).toBe(openCases().find((one) => one.id === id)!.narrative);
      }
      const verified = await app!
        .get(Transactions, { strict: false })
        .read((db) => verifyLedger(db, app!.get(Time).today()));
      expect(verified).toMatchObject({ cases: 26, differences: [] });
    } finally {
      await close();
    }
  });

  it('empties only a folder that it made', () => {
    const mine = join(folder, 'mine');
    freshDemoFolder(mine, { mayEmpty: true });
    writeFileSync(join(mine, 'redress.db'), 'old');
    freshDemoFolder(mine, { mayEmpty: true });
    expect(existsSync(join(mine, 'redress.db'))).toBe(false);
    expect(() => freshDemoFolder(mine, { mayEmpty: false })).toThrow('keys of a database elsewhere');

    writeFileSync(join(folder, 'redress.db'), 'somebody’s');
    expect(() => freshDemoFolder(folder, { mayEmpty: true })).toThrow(
      'holds data that the demo did not make',
    );
    expect(existsSync(join(folder, 'redress.db'))).toBe(true);
  });
});
