import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { EvidenceSweepJob } from '../../src/jobs/evidence-sweep.job';
import { Evidence } from '../../src/records/entities/evidence';
import { engines } from '../harness/database';
import { CaseFiles, HOUSES, type WatchedHouse } from '../harness/evidence-files';
import { picture } from '../vault/cleaning/pictures';

const HOUR = 3_600_000;

describe.each(engines())('the sweep of files on %s', (engine) => {
  describe.each(Object.entries(HOUSES))('in %s', (kind, open) => {
    let house: WatchedHouse;
    let files: CaseFiles;

    beforeEach(async () => {
      house = await open(engine);
      // The disk and the server tell their own time.
      house.app.time.goTo(new Date().toISOString());
      files = await CaseFiles.of(house.app);
      await files.send(await picture().jpeg().toBuffer());
    });
    afterEach(() => house.close());

    const sweep = () => house.app.get(EvidenceSweepJob).run();
    /** A file bears noon of its day, which is up to twelve hours from now. */
    const later = (hours: number) => house.app.time.goTo(new Date(Date.now() + hours * HOUR).toISOString());
    async function ids(): Promise<string[]> {
      const all = [];
      for await (const id of house.store.list()) all.push(id);
      return all.sort();
    }

    it('takes away what no row knows once it is a day old, and nothing that a row knows', async () => {
      const known = await ids();
      expect(known).toHaveLength(2);
      const lost = randomUUID();
      for (const id of [lost, `${lost}.working`, `${randomUUID()}.working`])
        await house.store.write(id, Readable.from([Buffer.from('sealed')]));
      later(11);
      expect(await sweep()).toEqual({ removed: 0, missing: 0 });
      expect(await ids()).toHaveLength(5);
      later(49);
      expect(await sweep()).toEqual({ removed: 3, missing: 0 });
      expect(await ids()).toEqual(known);
      expect((await files.copy(1)).status).toBe(200);
    });

    it('reports a file that is gone in log, history, custody and pages, the history once only', async () => {
      for (const id of await ids()) await house.store.remove(id);
      expect(await sweep()).toEqual({ removed: 0, missing: 2 });
      expect(await sweep()).toEqual({ removed: 0, missing: 2 });
      expect(house.logged.filter((line) => line.includes('stored files are missing'))).toHaveLength(2);
      expect(await files.acts()).toEqual([
        'lodge RH',
        'add-evidence RH',
        'report-file-fault SYS',
        'report-file-fault SYS',
      ]);
      const custody = await files.custody<Record<string, unknown>>(1);
      expect(custody.body).toMatchObject({
        fault: 'MISSING',
        originalIsThere: false,
        workingCopyIsThere: false,
      });
      type Mine = { evidence: { fault: string }[] };
      const mine = await house.app.ask<Mine>('GET', '/api/v1/my-case', { token: files.lodged.token });
      expect(mine.body.evidence[0]!.fault).toBe('MISSING');
      expect((await house.app.verify()).differences).toEqual([]);
    });

    it('goes on when a case is erased while it looks', async () => {
      const { app } = house;
      const lost = await CaseFiles.of(app);
      await lost.send(Buffer.from('Another file.'));
      for (const id of await ids()) await house.store.remove(id);
      const [erased, other] = await app.source.getRepository(Evidence).find({ order: { id: 'ASC' } });
      const has = house.store.has.bind(house.store);
      let looked = 0;
      house.store.has = async (id: string) => {
        looked += 1;
        if (looked === 1)
          await app.source.query(
            `UPDATE "cases" SET "erasedOn" = '${app.time.today()}' WHERE "id" = '${erased!.caseId}'`,
          );
        return has(id);
      };
      const { missing } = await sweep();
      expect(missing).toBe(other!.workingSha256 ? 2 : 1);
    });

    it('says nothing of files of a case whose key was destroyed', async () => {
      for (const id of await ids()) await house.store.remove(id);
      await house.app.source.query(`DELETE FROM "data_keys" WHERE "ownerKind" = 'case'`);
      expect(await sweep()).toEqual({ removed: 0, missing: 0 });
    });

    if (kind === 'a folder') {
      it('takes away what a killed process had stored or half stored, once it is a day old', async () => {
        const { dataDir } = house.app.database;
        const known = await ids();
        const child = fork(join(__dirname, 'upload-child.ts'), [dataDir], {
          execArgv: ['-r', join(__dirname, '..', 'records', 'typescript-child.js')],
        });
        const gone = once(child, 'exit');
        await once(child, 'message');
        child.kill('SIGKILL');
        await gone;
        expect(await ids()).toHaveLength(known.length + 1);
        const half = join(dataDir, 'evidence', 'draft-of-a-killed-upload');
        writeFileSync(half, 'half');
        expect(await sweep()).toEqual({ removed: 0, missing: 0 });
        const old = new Date(Date.now() - 25 * HOUR);
        utimesSync(half, old, old);
        expect(await sweep()).toEqual({ removed: 1, missing: 0 });
        later(49);
        expect(await sweep()).toEqual({ removed: 1, missing: 0 });
        expect(await ids()).toEqual(known);
      });
    }
  });
});
