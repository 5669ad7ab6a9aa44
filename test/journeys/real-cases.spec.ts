import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { complaintOf, openCases, type OpenCaseRecord } from '../../src/commands/demo/complaints';
import { foundOrganisation, type Staff } from '../../src/commands/demo/organisation';
import { Walk } from '../../src/commands/demo/walk';
import { legalAnswers, takeIn } from '../../src/commands/demo/way-in';
import { ComplaintForm } from '../../src/casework/intake/complaint-form';
import { Lodge } from '../../src/casework/intake/lodge';
import { OpenCase } from '../../src/casework/intake/open-case';
import { ReadCase } from '../../src/casework/read-case';
import { ReadMyCase } from '../../src/casework/read-my-case';
import { Sessions } from '../../src/people/sessions';
import { clocksFromFacts, type LegalFacts } from '../../src/rules/clocks';
import { engines } from '../harness/database';
import { House } from '../harness/house';

const FOUR_CLOCKS = ['WBD-ACK', 'WBD-FB', 'GDPR-RTS', 'UK-164A'];

/**
 * Law and standing of each complainant, as the complaint tells it: where the person lives, whether she asks for data, correction,
 * erasure or a human review, whether she works for the organisation, and whether she reports a breach of law that the whistleblower
 * directive lists. Lives elsewhere, or nothing of that: no line.
 */
const FACTS: Record<
  string,
  [jurisdiction: 'EU' | 'UK' | 'OTHER', asksForData: boolean, works: boolean, listedLaw: boolean]
> = {
  'open-01': ['UK', true, true, false],
  'open-02': ['EU', true, false, false],
  'open-03': ['OTHER', true, false, false],
  'open-04': ['EU', false, false, false],
  'open-05': ['OTHER', true, false, false],
  'open-06': ['EU', true, false, false],
  'open-07': ['EU', true, true, true],
  'open-09': ['EU', true, true, false],
  'open-10': ['OTHER', false, true, false],
  'open-11': ['EU', true, true, false],
  'open-12': ['EU', false, true, true],
  'open-13': ['OTHER', true, false, false],
  'open-14': ['OTHER', false, true, false],
  'open-15': ['EU', true, false, false],
  'open-16': ['OTHER', true, false, false],
  'open-17': ['OTHER', false, true, false],
  'open-18': ['OTHER', true, false, false],
  'open-23': ['OTHER', true, false, false],
  'open-24': ['EU', true, false, false],
  'open-25': ['OTHER', false, true, false],
  'open-26': ['UK', true, false, false],
};

/** The rules hold any request on data in the UK to be a complaint about data too: one clock more than the careful reader names. */
const STRICTER: Record<string, string[]> = { 'open-26': ['UK-164A'] };

const factsOf = ({ id }: OpenCaseRecord): LegalFacts => {
  const [jurisdiction, isDataRightsRequest, reporterIsWorker, concernsListedLaw] = FACTS[id] ?? [
    'OTHER',
    false,
    false,
    false,
  ];
  return { jurisdiction, isDataRightsRequest, reporterIsWorker, concernsListedLaw };
};

const expectedClocks = ({ id, expected }: OpenCaseRecord): string[] =>
  [...expected.clocks.filter((code) => FOUR_CLOCKS.includes(code)), ...(STRICTER[id] ?? [])].sort();

describe('The complaints of the demo', () => {
  it('are those of the tests, word for word', () => {
    const given = JSON.parse(readFileSync(join(__dirname, '../cases/open-cases.json'), 'utf8')) as Record<
      string,
      unknown
    >[];
    expect(openCases()).toEqual(given.map(({ basedOn: _, ...kept }) => kept));
    expect(new Set(openCases().map(({ language }) => new Intl.Locale(language).language)).size).toBe(14);
  });

  it.each(openCases())('$id starts the legal clocks that its facts call for', (record) => {
    expect([...clocksFromFacts(factsOf(record))].sort()).toEqual(expectedClocks(record));
    expect(legalAnswers(record)).toEqual(factsOf(record));
  });
});

describe.each(engines())('26 real complaints on %s', (engine) => {
  let house: House;
  let staff: Staff;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await foundOrganisation(house);
  });

  afterAll(async () => {
    await house.close();
  });

  it.each(openCases())(
    '$id ($language) is lodged, read back as written, and treated as a careful reader would',
    async (record) => {
      const form = plainToInstance(ComplaintForm, complaintOf(record));
      expect(await validate(form, { whitelist: true, forbidNonWhitelisted: true })).toEqual([]);
      const role = record.identityMode === 'REPRESENTED' ? 'REP' : 'RH';
      const lodged = await house.get(Lodge).run(form, { role });

      const { token } = await house.get(OpenCase).byReceipt(lodged.receipt, 'program');
      const visitor = (await house.get(Sessions).resolve(token))!.visitor as { caseId: string };
      const { complaint, contact } = await house.get(ReadMyCase).view(visitor.caseId);
      const { contact: contactSaid, ...said } = complaintOf(record);
      expect(complaint).toEqual(said);
      expect(contact && { ...contact }).toEqual(contactSaid && { safeContact: null, ...contactSaid });
      for (const [field, text] of Object.entries(said))
        if (typeof text === 'string')
          expect(Buffer.from(String(complaint[field as keyof typeof complaint]))).toEqual(Buffer.from(text));

      const walk = await Walk.start(house, staff, record, lodged);
      await takeIn(walk);
      const { severity, eligibility } = record.expected;
      const { tier, ...ratings } = severity;
      await walk.step('triage', 'set-severity', {
        nature: 'ACTUAL',
        ...ratings,
        reasons: 'As rated by a careful reader.',
      });
      const commercial = walk.step(
        'triage',
        'decline',
        {
          declineCode: 'DC-COMM',
          effectOnPeople: record.expected.likelyInvolvement !== 'NOT_INVOLVED',
          reasons: 'Only a commercial matter.',
          signposting: 'The contract names a court of arbitration.',
        },
        'decider',
      );
      if (eligibility === 'DECLINE:DC-COMM') expect((await commercial).state).toBe('declined');
      else
        await expect(commercial).rejects.toMatchObject({
          kind: 'unmet',
          needs: expect.arrayContaining([expect.objectContaining({ name: 'declineAllowed' })]),
        });

      const view = await house.get(ReadCase).forStaff(lodged.reference, staff.triage.visitor);
      expect(view.state).toBe(eligibility === 'ACCEPT' ? 'eligibility' : 'declined');
      expect(view.assessment.tier).toBe(tier);
      expect(
        view.clocks
          .filter(({ basis }) => basis === 'legal')
          .map(({ code }) => code)
          .filter((code) => FOUR_CLOCKS.includes(code))
          .sort(),
      ).toEqual(expectedClocks(record));
    },
  );

  it('leaves a ledger without a difference', async () => {
    expect(await house.verify()).toMatchObject({ cases: 26, differences: [] });
  });
});
