import { addDays } from '../../src/rules/counting';
import { Readable } from 'node:stream';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Alerts } from '../../src/casework/alerts/alerts';
import { ChangeIdentity } from '../../src/casework/change-identity';
import { Consents } from '../../src/casework/consents';
import { EraseOnRequest } from '../../src/casework/erasure/erase-on-request';
import { EvidenceFiles } from '../../src/casework/evidence-files';
import { LodgeWithFiles } from '../../src/casework/intake/lodge-with-files';
import type { FormPart } from '../../src/casework/file-form';
import { ReceiveForm } from '../../src/casework/intake/receive-form';
import { Lodge } from '../../src/casework/intake/lodge';
import { Messages } from '../../src/casework/messages';
import { Openings } from '../../src/casework/openings';
import { MaskedFiles } from '../../src/casework/sharing/masked-files';
import { Packets } from '../../src/casework/sharing/packets';
import { Redactions } from '../../src/casework/sharing/redactions';
import { TakeStep } from '../../src/casework/take-step';
import { complaintOf, openCase } from '../../src/commands/demo/complaints';
import { ENDINGS } from '../../src/commands/demo/endings';
import { foundOrganisation, type Staff as Organisation } from '../../src/commands/demo/organisation';
import { Walk as DemoWalk } from '../../src/commands/demo/walk';
import { engines } from '../harness/database';
import { FaultyHouse } from '../harness/faulty-house';
import type { House } from '../harness/house';
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

const STORY = { kind: 'COMPLAINT', n: 1 } as const;
const WHY = 'The authority asked for all of it.';
const SHARED = {
  sharedWith: 'AUTHORITY',
  recipient: 'The inspectorate',
  sharedWhat: 'What happened.',
  identityShared: false,
  scopeKept: true,
  legalDuty: 'A law.',
  packetNumber: 1,
};

/** The parts of a form that brings two files, as its reader gives them. */
async function* formWithFiles(): AsyncGenerator<FormPart> {
  for (const fileName of ['a.txt', 'b.txt']) {
    const file = Readable.from([Buffer.from('x')]);
    yield { type: 'file', fieldname: 'file', filename: fileName, file };
    yield { type: 'field', fieldname: 'describes', value: 'It shows this.' };
  }
}

describe.each(engines())('every statement of a change failing in turn on %s', (engine) => {
  let faulty: FaultyHouse;
  let house: House;
  let staff: Staff;

  beforeAll(async () => {
    faulty = await FaultyHouse.open(engine);
    house = faulty.house;
    staff = await hireStaff(house);
  });
  afterAll(() => house.close());

  const useCases: [string, (walk: Walk) => Promise<unknown>, ((walk: Walk) => Promise<unknown>)?][] = [
    [
      'lodging',
      () =>
        house.get(Lodge).run(
          {
            narrative: 'Again.',
            name: 'Noor',
            contact: { kind: 'email', value: 'a@example.org' },
            consents: [{ code: 'CN-SENS', given: true }],
          },
          { role: 'RH' },
          'key-of-one-lodging',
        ),
    ],
    [
      'lodging with files',
      async () => {
        const form = { narrative: 'Again.' };
        const key = 'key-of-one-lodging-with-files';
        const { files } = await house.get(ReceiveForm).run(formWithFiles());
        return house.get(LodgeWithFiles).run({ form, needs: [] }, files, { role: 'RH' }, key);
      },
    ],
    [
      'acknowledging',
      (walk) =>
        walk.by('INT', 'acknowledge', {
          safeChannelChosen: true,
          noConflict: true,
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
          content: Readable.from([Buffer.from('x')]),
        }),
    ],
    [
      'opening who the person is',
      (walk) => walk.by('INT', 'reveal-identity', { revealReason: 'To call back as agreed.' }),
    ],
    [
      'changing who she is to us',
      (walk) => house.get(ChangeIdentity).run(walk.holder, { identityMode: 'NAMED', name: 'Noor' }),
    ],
    [
      'changing where an e-mail about news goes',
      (walk) => house.get(Alerts).set(walk.holder, 'new@example.org'),
      (walk) => house.get(Alerts).set(walk.holder, 'old@example.org'),
    ],
    [
      'switching an e-mail about news off',
      (walk) => house.get(Alerts).end(walk.holder),
      (walk) => house.get(Alerts).set(walk.holder, 'old@example.org'),
    ],
    [
      'deciding about consents',
      (walk) =>
        house.get(Consents).decide(
          walk.holder,
          [
            { code: 'CN-STORY', given: false },
            { code: 'CN-SHARE-UNIT', given: true, scope: 'Only the dates.' },
          ],
          'en',
        ),
      (walk) => house.get(Consents).decide(walk.holder, [{ code: 'CN-STORY', given: true }], 'en'),
    ],
    [
      'masking a text',
      (walk) => house.get(Redactions).keep(staff.INT, walk.reference, STORY, ['benefit']),
      (walk) => house.get(Openings).ofCase(staff.INT, walk.reference),
    ],
    [
      'adding a masked copy',
      (walk) =>
        house.get(MaskedFiles).upload(staff.INT, walk.reference, 1, {
          fileName: 'b.txt',
          content: Readable.from([Buffer.from('y')]),
        }),
      (walk) =>
        house
          .get(EvidenceFiles)
          .add(walk.holder, { fileName: 'a.txt', content: Readable.from([Buffer.from('x')]) }),
    ],
    [
      'putting a packet together',
      (walk) => house.get(Packets).make(staff.INT, walk.reference, [{ ...STORY, reason: WHY }]),
      (walk) => house.get(Openings).ofCase(staff.INT, walk.reference),
    ],
    [
      'passing a packet on',
      (walk) => walk.by('INT', 'share', SHARED),
      (walk) => house.get(Packets).make(staff.INT, walk.reference, [{ ...STORY, reason: WHY }]),
    ],
    [
      'taking a packet out',
      (walk) => house.get(Packets).takeOut(staff.INT, walk.reference, 1),
      async (walk) => {
        await house.get(Packets).make(staff.INT, walk.reference, [{ ...STORY, reason: WHY }]);
        await walk.by('INT', 'share', SHARED);
      },
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
        await walk.joinTeam('DEC');
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
          standardOfProof: 'SP-BALANCE',
          findingCauses: ['RC-THRESH'],
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
    [
      'placing a hold',
      (walk) => walk.by('TRI', 'place-hold', { holdGround: 'EVIDENCE', reasons: 'Another case needs it.' }),
    ],
    [
      'releasing the hold from receipt',
      (walk) => walk.by('DEC', 'release-hold', { holdNumber: 1, reasons: 'The logs are copied.' }),
      (walk) => walk.joinTeam('DEC'),
    ],
    ['asking for erasure', (walk) => walk.by('RH', 'request-erasure', { erasureScope: 'PERSON' })],
    [
      'erasing a person who asked for it',
      (walk) => house.get(EraseOnRequest).run(staff.DPO, walk.reference),
      async (walk) => {
        await house.get(Alerts).set(walk.holder, 'old@example.org');
        await walk.by('DEC', 'release-hold', { holdNumber: 1, reasons: 'The logs are copied.' });
        await walk.by('RH', 'request-erasure', { erasureScope: 'PERSON' });
      },
    ],
    [
      'erasing a case',
      (walk) => house.get(EraseOnRequest).run(staff.DPO, walk.reference),
      async (walk) => {
        await walk.by('DEC', 'release-hold', { holdNumber: 1, reasons: 'The logs are copied.' });
        await walk.by('RH', 'withdraw', { withdrawalPressure: false });
        await walk.by('RH', 'request-erasure', { erasureScope: 'CASE' });
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
      expect(
        (await faulty.failEachStatementOf(() => useCase(walk), walk.reference)).failed,
      ).toBeGreaterThanOrEqual(3);
    },
  );

  it('leaves no sealed file behind without its row', async () => {
    const files = readdirSync(join(house.database.dataDir, 'evidence'));
    const rows = await house.source.query<{ id: string }[]>('SELECT "id" FROM "evidence"');
    expect(files.sort()).toEqual(rows.flatMap(({ id }) => [id, `${id}.working`]).sort());
  });
});

describe.each(engines())('every statement of every step failing in turn on %s', (engine) => {
  let faulty: FaultyHouse;
  let organisation: Organisation;

  beforeAll(async () => {
    faulty = await FaultyHouse.open(engine);
    organisation = await foundOrganisation(faulty.house);
  });
  afterAll(() => faulty.house.close());

  /** The house as the stories know it, where a step goes through only after each of its statements has failed once. */
  const rooms = {
    get: <T>(type: abstract new (...args: never[]) => T): T => {
      const found = faulty.house.get(type);
      if (!(found instanceof TakeStep)) return found;
      const run = async (given: Parameters<TakeStep['run']>[0]) => {
        const { failed, result } = await faulty.failEachStatementOf(() => found.run(given), given.reference);
        expect(failed).toBeGreaterThanOrEqual(3);
        return result;
      };
      return { run } as T;
    },
  };

  it.each(ENDINGS)('leaves them agreeing on the way to: $title', async (ending) => {
    const record = openCase(ending.caseId);
    const receivedOn = addDays(faulty.house.time.today(), -(ending.receivedDaysAgo ?? 0));
    const lodged = await faulty.house.get(Lodge).run(complaintOf(record), { role: 'RH', receivedOn });
    await ending.walk(await DemoWalk.start(rooms, organisation, record, lodged));
  });
});
