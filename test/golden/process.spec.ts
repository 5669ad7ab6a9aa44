import { processText } from '../../src/rules/process-text';
import { expectGolden } from './golden-file';

describe('the process', () => {
  it('is the one that was committed, so that every change of the process is a readable difference', () => {
    expectGolden('process.txt', `${processText()}\n`);
  });
});
