import 'reflect-metadata';
import { agreementsOf } from '../../../src/rules/workflow';
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
});
