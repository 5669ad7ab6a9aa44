import { Readable } from 'node:stream';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EvidenceFiles } from '../../src/casework/evidence-files';
import { Lodge } from '../../src/casework/intake/lodge';
import { Messages } from '../../src/casework/messages';
import { RevealContact } from '../../src/casework/reveal-contact';
import { ENTITIES } from '../../src/records/entity-list';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

const SEVERITY = {
  nature: 'ACTUAL',
  scale: 4,
  scope: 1,
  irremediability: 2,
  vulnerable: false,
  delayMakesIrremediable: false,
  reasons: 'Rent unpaid.',
};

/** More than any use case needs; a loop that passes it would never end. */
const MOST_STATEMENTS = 150;

describe.each(engines())('every statement of a change failing in turn on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let failAt = 0;
  let count = 0;
  let fired = false;

  beforeAll(async () => {
    house = await House.open(engine, () => {
      count += 1;
      if (count !== failAt) return;
      fired = true;
      throw new Error('the disk is on fire');
    });
    staff = await hireStaff(house);
  });
  afterAll(() => house.close());

  async function rowCounts(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const entity of ENTITIES) counts[entity.name] = await house.source.getRepository(entity).count();
    return counts;
  }

  /** Fails statement 1, 2, 3 … of the use case until it goes through; after each failure nothing may have changed. */
  async function failEachStatementOf(useCase: () => Promise<unknown>): Promise<number> {
    for (let n = 1; n <= MOST_STATEMENTS; n++) {
      const before = await rowCounts();
      count = 0;
      failAt = n;
      fired = false;
      const outcome = await useCase().then(
        () => 'done',
        (error: unknown) => error,
      );
      failAt = 0;
      expect((await house.verify()).differences).toEqual([]);
      if (!fired) {
        // Nothing was made to fail, so nothing may have.
        expect(outcome).toBe('done');
        return n - 1;
      }
      expect(outcome).not.toBe('done');
      expect(await rowCounts()).toEqual(before);
    }
    throw new Error(`The use case still fails after ${MOST_STATEMENTS} statements.`);
  }

  const useCases: [string, (walk: Walk) => Promise<unknown>, ((walk: Walk) => Promise<unknown>)?][] = [
    [
      'lodging',
      () =>
        house
          .get(Lodge)
          .run(
            { narrative: 'Again.', contact: { kind: 'email', value: 'a@example.org' } },
            { role: 'RH' },
            'key-of-one-lodging',
          ),
    ],
    [
      'acknowledging',
      (walk) =>
        walk.by('INT', 'acknowledge', {
          safeChannelChosen: true,
          jurisdiction: 'EU',
          isDataRightsRequest: true,
          reporterIsWorker: true,
          concernsListedLaw: true,
        }),
    ],
    ['writing a message', (walk) => house.get(Messages).write(walk.holder, 'Hello?')],
    [
      'adding a file',
      (walk) =>
        house.get(EvidenceFiles).add(walk.holder, {
          fileName: 'a.txt',
          mediaType: 'text/plain',
          content: Readable.from([Buffer.from('x')]),
        }),
    ],
    [
      'opening the contact',
      (walk) => house.get(RevealContact).run(staff.INT, walk.reference, 'To call back as agreed.'),
    ],
    ['setting the severity', (walk) => walk.by('TRI', 'set-severity', SEVERITY)],
    [
      'proposing',
      (walk) => walk.by('TRI', 'lower-severity', { ...SEVERITY, scale: 2 }),
      (walk) => walk.by('TRI', 'set-severity', SEVERITY),
    ],
    [
      'agreeing',
      (walk) => walk.by('DEC', 'lower-severity', {}, true),
      async (walk) => {
        await walk.by('TRI', 'set-severity', SEVERITY);
        await walk.by('TRI', 'lower-severity', { ...SEVERITY, scale: 2 });
      },
    ],
    [
      'sharing findings',
      (walk) =>
        walk.by('INV', 'share-findings', {
          aiRole: 'It scored.',
          evidenceList: 'Logs.',
          affectedOthers: 'Forty.',
          vendorReply: 'Yes.',
        }),
      async (walk) => {
        await walk.toInvestigation();
        await walk.by('INV', 'record-finding', {
          allegationNumber: 1,
          finding: 'FC-SUBST',
          reasons: 'The log.',
        });
        await walk.by('INV', 'determine-involvement', {
          involvement: 'CAUSE',
          involvementBasis: 'We set it.',
          rootCauses: ['RC-THRESH'],
        });
      },
    ],
    [
      'accepting an offer',
      (walk) => walk.by('RH', 'accept-offer', { understood: true }),
      async (walk) => {
        await walk.toInvestigation();
        await walk.toFindings();
        await walk.toOffer();
      },
    ],
    ['withdrawing', (walk) => walk.by('RH', 'withdraw', { withdrawalPressure: true })],
    ['integrating the log', () => house.integrate()],
  ];

  it.each(useCases.map(([name, useCase, prepare]) => ({ name, useCase, prepare })))(
    'leaves state, clocks, ledger and notices agreeing: $name',
    async ({ useCase, prepare }) => {
      const walk = await Walk.lodge(house, staff);
      await prepare?.(walk);
      expect(await failEachStatementOf(() => useCase(walk))).toBeGreaterThanOrEqual(3);
    },
    120_000,
  );

  it('leaves no sealed file behind without its row', async () => {
    const files = readdirSync(join(house.database.dataDir, 'evidence'));
    const rows = await house.source.query<{ id: string }[]>('SELECT "id" FROM "evidence"');
    expect(files.sort()).toEqual(rows.map(({ id }) => id).sort());
  });
});
