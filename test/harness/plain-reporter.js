const { writeSync } = require('node:fs');

/** Ends a run with one plain line that programs can read; a file that could not even be loaded counts as failed. */
module.exports = class PlainReporter {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) {
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    // Jest adds its own summary behind every other reporter: the line waits for it.
    process.once('exit', () => writeSync(1, `${numPassedTests} passed, ${failed} failed\n`));
  }
};
