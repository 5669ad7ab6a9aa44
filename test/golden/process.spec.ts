import { processText } from '../../src/rules/process-text';
import { expectGolden } from './golden-file';
import { BUILT_IN } from '../../src/rules/policy';

describe('the process', () => {
  it('is the one that was committed, so that every change of the process is a readable difference', () => {
    expectGolden('process.txt', `${processText(BUILT_IN)}\n`);
  });
});
