import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { EvidenceFiles } from '../../../src/casework/evidence-files';
import { MaskedFiles } from '../../../src/casework/sharing/masked-files';
import { Packets } from '../../../src/casework/sharing/packets';
import { Redactions } from '../../../src/casework/sharing/redactions';
import { readEntry } from '../../../src/ledger/entry';
import { Case } from '../../../src/records/entities/case';
import { Entry } from '../../../src/records/entities/entry';
import { Transactions } from '../../../src/records/transactions';
import { ZipFiles } from '../../../src/vault/cleaning/zip';
import type { Engine } from '../../harness/database';
import { House } from '../../harness/house';
import { SENDING_NOWHERE } from '../../harness/mail-servers';
import { hireStaff, Walk, type Staff } from '../../harness/walk';

export const NAME = 'Noor el Amrani';
export const STORY = `I am Noor el Amrani, RD-7K3F-9QXM, write to noor@example.org.\nMy boss Karl stopped my pay. noor EL amra\u0301ni again.`;
export const WHY = 'The authority asked for all of it.';
export const COMPLAINT = { kind: 'COMPLAINT', n: 1 } as const;

/** What a refusal says of this need. */
export const refused = (name: string) => ({
  needs: expect.arrayContaining([expect.objectContaining({ name })]),
});

/** For the tests of one describe block: a house, and before each test a case in it with staff of its own, since what one puts together on a day is limited. */
export function passingOn(engine: Engine) {
  const on = {} as { house: House; staff: Staff; walk: Walk };

  beforeAll(async () => {
    on.house = await House.open(
      engine,
      () => undefined,
      () => SENDING_NOWHERE,
    );
  });
  afterAll(() => on.house.close());
  beforeEach(async () => {
    on.staff = await hireStaff(on.house);
    on.walk = await lodge();
  });

  const lodge = (more: object = {}) =>
    Walk.lodge(on.house, on.staff, STORY, {
      identityMode: 'NAMED',
      name: NAME,
      contact: { kind: 'email', value: 'noor@example.org' },
      consents: [
        { code: 'CN-SHARE-VENDOR', given: true },
        { code: 'CN-SHARE-UNIT', given: true },
      ],
      ...more,
    });

  const redactions = () => on.house.get(Redactions);
  const packets = () => on.house.get(Packets);
  const maskedFiles = () => on.house.get(MaskedFiles);
  const mask = (...passages: string[]) =>
    redactions().keep(on.staff.INT, on.walk.reference, COMPLAINT, passages);
  const make = (...parts: Parameters<Packets['make']>[2][number][]) =>
    packets().make(on.staff.INT, on.walk.reference, parts);
  const share = (packetNumber: number, more: object = {}) =>
    on.walk.by('INT', 'share', {
      sharedWith: 'VENDOR',
      recipient: 'Acme, Ms Li',
      sharedWhat: 'What happened.',
      identityShared: false,
      scopeKept: true,
      packetNumber,
      ...more,
    });
  const takeOut = async (n: number, visitor = on.staff.INT) => {
    const taken = await packets().takeOut(visitor, on.walk.reference, n);
    return new ZipFiles(await buffer(taken.content));
  };
  const addFile = async (content: Buffer, fileName = 'Noor el Amrani.bin', who = on.staff.INT) =>
    (
      await on.house
        .get(EvidenceFiles)
        .add(who, { fileName, content: Readable.from([content]) }, on.walk.reference)
    ).n;
  const entries = (act: string) =>
    on.house.get(Transactions).read(async (db) => {
      const { ledgerId } = await db.findOneByOrFail(Case, { reference: on.walk.reference });
      const rows = await db.find(Entry, { where: { ledgerId }, order: { n: 'ASC' } });
      return rows.map(({ body }) => readEntry(body)!).filter((entry) => entry.act === act);
    });

  return Object.assign(on, {
    lodge,
    redactions,
    packets,
    maskedFiles,
    mask,
    make,
    share,
    takeOut,
    addFile,
    entries,
  });
}
