import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { complaintOf, openCases, type OpenCaseRecord } from '../../src/commands/demo/complaints';
import { foundOrganisation, type Staff } from '../../src/commands/demo/organisation';
import { Walk } from '../../src/commands/demo/walk';
import { classify, legalAnswers, rate, takeIn } from '../../src/commands/demo/way-in';
import { ReadCase } from '../../src/casework/read-case';
import type { HarmCode } from '../../src/rules/harms';
import { clocksFromFacts, type LegalFacts } from '../../src/rules/legal-clocks';
import { engines } from '../harness/database';
import { TestApp } from '../harness/app';

const FOUR_CLOCKS = ['WBD-ACK', 'WBD-FB', 'GDPR-RTS', 'UK-164A'];

const factsOf = (record: OpenCaseRecord): LegalFacts => ({
  ...legalAnswers(record),
  harms: record.expected.harms as HarmCode[],
});

const expectedClocks = ({ expected }: OpenCaseRecord): string[] =>
  expected.clocks.filter((code) => FOUR_CLOCKS.includes(code)).sort();

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
  });
});

describe.each(engines())('26 real complaints on %s', (engine) => {
  let app: TestApp;
  let staff: Staff;

  beforeAll(async () => {
    app = await TestApp.start(engine);
    staff = await foundOrganisation(app);
  });

  afterAll(() => app.close());

  it.each(openCases())(
    '$id ($language) is lodged, read back as written, and treated as a careful reader would',
    async (record) => {
      const form = complaintOf(record);
      const { status, body: lodged } = await app.ask<{ reference: string; receipt: string }>(
        'POST',
        '/api/v1/complaints',
        { body: form },
      );
      expect(status).toBe(201);
      const { body: session } = await app.ask<{ token: string }>('POST', '/api/v1/complaint-sessions', {
        body: { receipt: lodged.receipt },
      });
      const { body: read } = await app.ask<Record<string, unknown>>('GET', '/api/v1/my-case', {
        token: session.token,
      });
      for (const [field, said] of Object.entries(form)) {
        expect([field, read[field]]).toEqual([field, said]);
        if (typeof said === 'string') expect(Buffer.from(read[field] as string)).toEqual(Buffer.from(said));
      }

      const walk = await Walk.start(app, staff, record, lodged);
      await takeIn(walk);
      await rate(walk);
      const { severity, eligibility } = record.expected;
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
      else {
        await expect(commercial).rejects.toMatchObject({
          kind: 'unmet',
          needs: expect.arrayContaining([expect.objectContaining({ name: 'declineAllowed' })]),
        });
        await walk.step('triage', 'accept', { affectsPeople: true, plausibleLink: true });
        await classify(walk, 'INVESTIGATION');
      }

      const view = await app.get(ReadCase).forStaff(lodged.reference, staff.triage.visitor);
      expect(view.state).toBe(eligibility === 'ACCEPT' ? 'triage' : 'declined');
      expect(view.assessment.tier).toBe(severity.tier);
      expect(
        view.clocks
          .filter(({ basis }) => basis === 'legal')
          .map(({ code }) => code)
          .sort(),
      ).toEqual(expectedClocks(record));
    },
  );

  it('leaves a ledger without a difference', async () => {
    await app.integrate();
    expect(await app.verify()).toMatchObject({ cases: 26, differences: [] });
  });
});
