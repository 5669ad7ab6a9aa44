import { TestApp } from '../harness/app';
import { engines } from '../harness/database';
import { ReadStatistics } from '../../src/insight/read-statistics';

describe.each(engines())('statistics on %s', (engine) => {
  it('leave out a case from the day on which its person says no, and count it again after a yes', async () => {
    const app = await TestApp.start(engine);
    try {
      const [mine] = [await app.lodge(), await app.lodge()];
      const decide = (given: boolean) =>
        app.ask('POST', '/api/v1/my-case/consents', {
          token: mine.token,
          body: { code: 'CN-STAT', given },
        });
      const counts = async () => {
        const { total, by, clocks } = await app.get(ReadStatistics).run();
        return [total, by.state[0]!.count, clocks[0]!.running];
      };
      expect(await counts()).toEqual([2, 2, 2]);
      await decide(false);
      expect(await counts()).toEqual([1, 1, 1]);
      await decide(true);
      expect(await counts()).toEqual([2, 2, 2]);
    } finally {
      await app.close();
    }
  });

  it('count a collective complaint once, and the case of each member as one of hers', async () => {
    const app = await TestApp.start(engine);
    try {
      const group = await app.lodge({
        narrative: 'It fires our members.',
        complainantRole: 'group',
        estimatedSize: 200,
      });
      const { body } = await app.ask<{ joinCode: string }>('POST', '/api/v1/my-case/steps/make-join-code', {
        token: group.token,
        body: { answers: { joinPlaces: '5', joinFor: '7' } },
      });
      const [member] = [await app.lodge(), await app.lodge()];
      const answers = { joinCode: body.joinCode, agreesToJoin: true };
      const joined = await app.ask('POST', '/api/v1/my-case/steps/join-group', {
        token: member.token,
        body: { answers },
      });
      expect(joined.status).toBe(201);
      const { total, kinds } = await app.get(ReadStatistics).run();
      expect([total, ...kinds.map(({ code, count }) => `${code} ${count}`)]).toEqual([
        3,
        'COLLECTIVE 1',
        'MEMBER 1',
        'SINGLE 1',
      ]);
      expect((await app.get(ReadStatistics).forPublic()).kinds.every(({ count }) => count === null)).toBe(
        true,
      );
    } finally {
      await app.close();
    }
  });

  it('count what real steps left behind, exactly for staff and without small counts for the public', async () => {
    const app = await TestApp.start(engine);
    try {
      const intake = await app.officer('INT');
      const cases = [];
      for (const language of ['en', 'en', 'en', 'en', 'en', 'ar'])
        cases.push(await app.lodge({ narrative: 'It decided about me.', language }));
      app.time.addDays(10);
      await app.ask('POST', '/api/v1/my-case/steps/withdraw', {
        token: (
          await app.ask<{ token: string }>('POST', '/api/v1/complaint-sessions', {
            body: { receipt: cases[0]!.receipt },
          })
        ).body.token,
        body: { answers: {} },
      });
      const answers = {
        safeChannelChosen: true,
        noConflict: true,
        jurisdiction: 'OTHER',
        isDataRightsRequest: false,
        reporterIsWorker: false,
        concernsListedLaw: false,
      };
      await app.ask('POST', `/api/v1/cases/${cases[1]!.reference}/steps/acknowledge`, {
        token: intake.token,
        headers: { 'if-match': '1' },
        body: { answers },
      });

      const exact = await app.get(ReadStatistics).run();
      expect(exact.total).toBe(6);
      expect(exact.by.language).toEqual([
        { code: 'ar', count: 1 },
        { code: 'en', count: 5 },
      ]);
      expect(exact.by.state).toEqual([
        { code: 'acknowledged', count: 1 },
        { code: 'received', count: 4 },
        { code: 'withdrawn', count: 1 },
      ]);
      expect(exact.daysToOutcome).toEqual({ count: 1, median: 10, p90: 10 });
      expect(exact.clocks.find(({ code }) => code === 'TARGET-ACK')).toMatchObject({
        stoppedInTime: 0,
        overdue: 4,
      });

      const open = await app.get(ReadStatistics).forPublic();
      expect(open.total).toBe(6);
      expect([open.by.language, open.by.state]).toEqual([[], []]);
      expect(open.daysToOutcome.median).toBeNull();

      // The time that a person has is over for nobody.
      const lead = await app.officer('TRI');
      await app.ask('POST', `/api/v1/cases/${cases[0]!.reference}/steps/close-withdrawn`, {
        token: lead.token,
        headers: { 'if-match': '2' },
        body: { answers: { othersAtRisk: false, reasons: 'Nobody else is met.' } },
      });
      app.time.addDays(61);
      const { by, clocks } = await app.get(ReadStatistics).run();
      expect(by.state).toContainEqual({ code: 'closed', count: 1 });
      expect(clocks.map(({ code }) => code)).not.toContain('APPEAL-WINDOW');
      expect(clocks.map(({ code }) => code)).toContain('TARGET-SAFETY-3');
    } finally {
      await app.close();
    }
  });
});
