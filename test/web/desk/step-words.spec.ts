import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ASKS } from '../../../src/rules/asks';
import { isHers } from '../../../src/rules/policy';
import { STEPS, type StepRow } from '../../../src/rules/steps';
import { isTold as reads, toldAsks } from '../../../src/rules/told';
import { toldHint } from '../../../src/web/desk/step-words';

const ROWS: readonly StepRow[] = STEPS;
const letters = readFileSync(join(__dirname, '../../../src/notices/render-letter.ts'), 'utf8');

describe('the forms of steps', () => {
  it('say of everything that staff write and the person reads, in a letter or in her case, that she does, and of nothing else', () => {
    const told = ROWS.filter((row) => !isHers(row)).flatMap((row) =>
      [...row.asks, ...(row.mayAsk ?? [])].map((name) => {
        const said = `${ASKS[name].label}. ${toldHint(row.step, name) ?? ''}`;
        const isTold = reads(row.step, name);
        if (isTold)
          expect([row.step, name, said]).toEqual([
            row.step,
            name,
            expect.stringMatching(/reads this|will read it/),
          ]);
        else expect([row.step, name, toldHint(row.step, name)]).toEqual([row.step, name, null]);
        return isTold;
      }),
    );
    for (const step of ['record-finding', 'correct-finding', 'confirm-mandate', 'end-mandate'])
      expect([step, toldHint(step, 'reasons')]).toEqual([step, 'The person reads this.']);
    expect(told.filter(Boolean).length).toBeGreaterThan(40);
  });

  it('ask nothing as told that no letter quotes', () => {
    for (const name of new Set(ROWS.flatMap(toldAsks))) expect(letters).toContain(`'${name}'`);
  });
});
