// Lets a child process of a test run TypeScript: node -r ./typescript-child.js script.ts
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { threadId } = require('node:worker_threads');
require('reflect-metadata');

const OPTIONS = {
  swcrc: false,
  module: { type: 'commonjs' },
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
  },
};

/** What was compiled once is kept under the hash of everything that it came from: hundreds of processes and threads start in one run. */
const KEPT = join(tmpdir(), 'redress-test-typescript');
const KIND = JSON.stringify([OPTIONS, require('@swc/core/package.json').version]);

function compiled(filename) {
  const source = readFileSync(filename, 'utf8');
  const kept = join(KEPT, `${createHash('sha256').update(KIND).update(source).digest('hex')}.js`);
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    const { code } = require('@swc/core').transformSync(source, { filename, ...OPTIONS });
    keep(kept, code);
    return code;
  }
}

/** Whole or not at all, as such processes are killed; where nothing can be kept, the next one compiles again. */
function keep(path, code) {
  const own = `${path}-${process.pid}-${threadId}`;
  try {
    mkdirSync(KEPT, { recursive: true });
    writeFileSync(own, code);
    renameSync(own, path);
  } catch {
    return;
  }
}

require.extensions['.ts'] = (module, filename) => module._compile(compiled(filename), filename);
