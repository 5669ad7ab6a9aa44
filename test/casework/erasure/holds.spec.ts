import { TestApp, type TestOfficer } from '../../harness/app';
import { engines } from '../../harness/database';
import { ClosedCases } from './closed-cases';

interface Hold {
  n: number;
  ground: string;
  placedBy: string | null;
  reason: string | null;
  reviewedBy: string | null;
  releasedOn: string | null;
}

describe.each(engines())('legal holds on %s', (engine) => {
  let app: TestApp;
  let cases: ClosedCases;
  let dpo: TestOfficer;
  let decider: TestOfficer;
  let legal: TestOfficer;

  beforeAll(async () => {
    app = await TestApp.start(engine);
    cases = new ClosedCases(app);
    [dpo, decider, legal] = [await app.officer('DPO'), await app.officer('DEC'), await app.officer('LEG')];
  });
  afterAll(() => app.close());

  const view = async (reference: string) =>
    (
      await app.ask<{ legalHold: boolean; holds: Hold[]; said: { answers: { reasons?: string } }[] }>(
        'GET',
        `/api/v1/cases/${reference}`,
        { token: dpo.token },
      )
    ).body;
  const REASONS = { reasons: 'Looked at it with counsel.' };

  it('stand from receipt where a system is named, and only there, without a row of their own', async () => {
    const [named, unnamed] = [await cases.one({ systemKnown: 'BenefitBot' }), await cases.one()];
    expect(await view(named.reference)).toMatchObject({
      legalHold: true,
      holds: [{ n: 1, ground: 'SYSTEM_NAMED', placedBy: null, releasedOn: null }],
    });
    expect(await view(unnamed.reference)).toMatchObject({ legalHold: false, holds: [] });
    expect((await app.rowCounts()).legal_holds).toBe(0);
  });

  it('are reviewed and released with a reason, by somebody else than who placed them', async () => {
    const { reference } = await cases.one({ systemKnown: 'BenefitBot' });
    await app.bring(reference, decider, legal);
    const ground = { holdGround: 'AUTHORITY_ORDER' };
    const short = await cases.staff(legal, reference, 'place-hold', { ...ground, reasons: 'short' });
    expect([short.status, short.body.needs[0]!.name]).toEqual([422, 'reasonsSpelledOut']);
    const placed = { ...ground, reasons: 'The authority asked in writing.' };
    expect((await cases.staff(legal, reference, 'place-hold', placed)).status).toBe(201);
    for (const step of ['review-hold', 'release-hold']) {
      const own = await cases.staff(legal, reference, step, { holdNumber: 2, ...REASONS });
      expect([own.status, own.body.needs[0]!.name]).toEqual([422, 'holdOfAnother']);
    }
    for (const holdNumber of [1, 2])
      expect((await cases.staff(decider, reference, 'review-hold', { holdNumber, ...REASONS })).status).toBe(
        201,
      );
    expect((await view(reference)).holds).toMatchObject([
      { n: 1, ground: 'SYSTEM_NAMED', reviewedBy: 'DEC 3' },
      { n: 2, ground: 'AUTHORITY_ORDER', reason: placed.reasons, placedBy: 'LEG 4', reviewedBy: 'DEC 3' },
    ]);
    for (const [holdNumber, stands] of [
      [1, true],
      [2, false],
    ] as const) {
      expect((await cases.staff(decider, reference, 'release-hold', { holdNumber, ...REASONS })).status).toBe(
        201,
      );
      expect((await view(reference)).legalHold).toBe(stands);
    }
    const again = await cases.staff(decider, reference, 'release-hold', { holdNumber: 1, ...REASONS });
    expect([again.status, again.body.needs[0]!.name]).toEqual([422, 'holdStands']);
    expect((await app.verify()).differences).toEqual([]);
  });

  it('number those of staff after the one from receipt, also when that one is gone', async () => {
    const { reference } = await cases.one({ systemKnown: 'BenefitBot' });
    await app.bring(reference, decider, legal);
    await cases.staff(decider, reference, 'release-hold', { holdNumber: 1, ...REASONS });
    const placed = { holdGround: 'EVIDENCE', reasons: 'A sister case needs it.' };
    for (const n of [2, 3]) {
      expect((await cases.staff(legal, reference, 'place-hold', placed)).status).toBe(201);
      expect((await view(reference)).holds.at(-1)!.n).toBe(n);
    }
  });
});
