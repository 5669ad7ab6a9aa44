/** How TypeScript is compiled in tests: like tsconfig.json, without type checks. */
module.exports = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    keepClassNames: true,
  },
  module: { type: 'commonjs', strictMode: true, ignoreDynamic: false },
  sourceMaps: 'inline',
};
