const { readFileSync, existsSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { createHash } = require('node:crypto');
const swc = require('@swc/core');

/** Nest 12 and a few others ship ES modules only, which Jest's require cannot load: those files alone are compiled. */
const typeOfFolder = new Map();

function packageType(folder) {
  if (!typeOfFolder.has(folder)) {
    const manifest = join(folder, 'package.json');
    const parent = dirname(folder);
    if (existsSync(manifest)) {
      const { type, name } = JSON.parse(readFileSync(manifest, 'utf8'));
      typeOfFolder.set(folder, type ?? (name || parent === folder ? 'commonjs' : packageType(parent)));
    } else {
      typeOfFolder.set(folder, parent === folder ? 'commonjs' : packageType(parent));
    }
  }
  return typeOfFolder.get(folder);
}

function isEsModule(path) {
  return path.endsWith('.mjs') || (path.endsWith('.js') && packageType(dirname(path)) === 'module');
}

/** CommonJS files that `await import()` an ES module, which Jest cannot do either. */
function importsLate(path, source) {
  return path.includes('node_modules') && /\bawait import\(/.test(source);
}

module.exports = {
  getCacheKey: (source, path) =>
    createHash('sha1').update('esm-2\0').update(path).update('\0').update(source).digest('hex'),
  process(source, path) {
    if (!isEsModule(path) && !importsLate(path, source)) return { code: source };
    return swc.transformSync(source, {
      filename: path,
      configFile: false,
      swcrc: false,
      jsc: { target: 'es2022', parser: { syntax: 'ecmascript' } },
      module: { type: 'commonjs', ignoreDynamic: false },
    });
  },
};
