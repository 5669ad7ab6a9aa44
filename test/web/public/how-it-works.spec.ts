import 'reflect-metadata';
import { agreementsOf } from '../../../src/rules/workflow';
import { DraftPolicies } from '../../../src/casework/policies/draft-policies';
import { Policy, type PolicyAmendment } from '../../../src/rules/policy';
import { amendmentFaults, FURTHER_NEEDS } from '../../../src/rules/policy-amendments';
import { STEPS, type StepRow } from '../../../src/rules/steps';
import { LANGUAGES, say } from '../../../src/words/words';
import { TestApp } from '../../harness/app';

const ROWS: readonly StepRow[] = STEPS;

describe('how it works', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start('sqlite');
  });
  afterAll(() => app.close());

  it.each(LANGUAGES)('says in %s of every step who has to agree, and in which cases', async (language) => {
    const { text } = await app.ask('GET', `/how-it-works?lang=${language}`);
    for (const row of ROWS.filter(({ agreedBy }) => agreedBy)) {
      const name = `<strong>${say(language, `step.${row.step}.name`)}</strong>`;
      const told = text.slice(text.indexOf(name)).split('</li>')[0]!;
      for (const { role, when } of agreementsOf(row)) {
        const key = when === 'always' ? 'how.agreed' : `how.agreed.${when}`;
        expect(told).toContain(say(language, key, { role: say(language, `role.${role}`) }));
      }
      expect(told.split('<br>').length - 1).toBeGreaterThanOrEqual(2 + agreementsOf(row).length);
    }
  });

  it('says in every language what a version needs besides, at the step that needs it, and of no other version', async () => {
    const amendments: PolicyAmendment[] = [];
    for (const need of FURTHER_NEEDS) {
      const before = new Policy('', amendments);
      const found = ROWS.map(({ step }): PolicyAmendment => ({
        kind: 'FURTHER_NEED',
        of: step,
        code: need,
        length: null,
      })).find((amendment) => amendmentFaults(amendment, before).length === 0);
      amendments.push(found!);
    }
    const drafts = app.get(DraftPolicies);
    const house = [await app.officer('TRI'), await app.officer('DEC')].map(
      ({ personId, roles }) =>
        ({ kind: 'officer', personId, roles, unitHash: null, sessionHash: '' }) as const,
    );
    await drafts.replace(house[0]!, amendments, (await drafts.view()).seen);
    await drafts.settle(house[1]!, true, (await drafts.view()).seen);
    for (const language of LANGUAGES) {
      const page = async (query: string) =>
        (await app.ask('GET', `/how-it-works?lang=${language}${query}`)).text;
      const [newest, first] = [await page(''), await page('&policy=2026-11')];
      for (const { of, code } of amendments) {
        const words = say(language, `how.need.${code}`);
        const at = newest.indexOf(`<strong>${say(language, `step.${of}.name`)}</strong>`);
        expect([language, code, newest.slice(at).split('</li>')[0]!.includes(words)]).toEqual([
          language,
          code,
          true,
        ]);
        expect([language, code, first.includes(words)]).toEqual([language, code, false]);
      }
    }
  });
});
