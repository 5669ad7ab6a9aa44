import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize, relative } from 'node:path';
import ts from 'typescript';

const TOP = join(__dirname, '..');
const SRC = join(TOP, 'src');

/** The order of the house, from the roof down. A room imports only from lines below its own. The first line is composition. */
const ORDER: readonly (readonly string[])[] = [
  ['main.ts', 'cli.ts', 'app.ts', 'app.module.ts', 'error.filter.ts'],
  ['web', 'api', 'jobs', 'commands'],
  ['casework', 'insight'],
  ['people'],
  ['ledger', 'notices', 'mail'],
  ['vault'],
  ['records'],
  ['rules', 'words'],
  ['platform'],
];
const COMPOSITION = ORDER[0]!;
const ROOMS = ORDER.slice(1).flat();

/** A door asks, it does not decide: what pages and API may use, however far below they stand. */
const OPEN_TO_DOORS = ['casework', 'insight', 'people', 'rules', 'words', 'platform'];

/** What may be taken from TypeORM outside records/: a change's manager and the words of a condition. */
const TYPEORM_EVERYWHERE =
  /^(EntityManager|EntityTarget|ObjectLiteral|SelectQueryBuilder|In|IsNull|Not|Like|Between|LessThan|LessThanOrEqual|MoreThan|MoreThanOrEqual)$/;

/** What says how the table in code has it, which is not how every case has it. */
const OF_THE_CODE = ['*', 'STEPS', 'stepRow', 'CLOCKS', 'BUILT_IN', 'POLICY_VERSION', 'graphFaults'];
/** Those that are about no case, by file. */
const OF_NO_CASE: Readonly<Record<string, readonly string[]>> = {
  // Refuses a table that is not sound at the start.
  'app.ts': ['graphFaults'],
  // Describe what may be sent under any policy, and which steps there are.
  'api/document.ts': ['STEPS'],
  'api/forms.ts': ['STEPS'],
  // Prints the table in code.
  'commands/process.ts': ['BUILT_IN'],
  // Labels of clocks.
  'web/desk/code-label.ts': ['CLOCKS'],
  // Make the versions from it.
  'casework/policies/draft-policies.ts': ['BUILT_IN', 'POLICY_VERSION'],
  'casework/policies/policies.ts': ['BUILT_IN'],
  'casework/policies/policy-of.ts': ['BUILT_IN'],
};

const FORBIDDEN_NAMES = /(^|[-./])(utils?|helpers?|common|shared|base|managers?|misc)([-./]|$)/;

interface SourceFile {
  /** From src/, with slashes. */
  path: string;
  room: string;
  text: string;
  tree: ts.SourceFile;
  imports: { from: string; names: string[] }[];
}

const files: SourceFile[] = filesUnder(SRC)
  .filter((path) => path.endsWith('.ts'))
  .map((path) => {
    const text = readFileSync(join(SRC, path), 'utf8');
    const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    return { path, room: path.split('/')[0]!, text, tree, imports: importsOf(tree) };
  });
const known = new Set(files.map(({ path }) => path));

describe('the order of the house', () => {
  it('has a place for every folder and file of src', () => {
    const places = new Set([...COMPOSITION, ...ROOMS]);
    expect(readdirSync(SRC).filter((name) => !places.has(name))).toEqual([]);
  });

  it('lets a room import only from rooms below it, never from a neighbour', () => {
    const wrong = crossings().filter(({ file, room }) => level(room) <= level(file.room));
    expect(wrong.map(({ file, to }) => `${file.path} imports ${to}`)).toEqual([]);
  });

  it('lets web and api reach no further than casework, insight and people, beside rules, words and platform', () => {
    const wrong = crossings().filter(
      ({ file, room }) => ['web', 'api'].includes(file.room) && !OPEN_TO_DOORS.includes(room),
    );
    expect(wrong.map(({ file, to }) => `${file.path} imports ${to}`)).toEqual([]);
  });

  it('has no circle between files, not by a late import nor by a type either', () => {
    expect(firstCircle()).toBeNull();
  });

  it('imports only what is there, and no package that package.json does not name', () => {
    const { dependencies } = manifest();
    const wrong = files.flatMap(({ path, imports }) =>
      imports
        .filter(({ from }) =>
          from.startsWith('.') ? !target(path, from) && !isData(path, from) : !isNamed(from, dependencies),
        )
        .map(({ from }) => `${path} imports ${from}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps rules pure: no framework, no database, no file, no clock', () => {
    const wrong = files
      .filter(({ room }) => room === 'rules')
      .flatMap(({ path, text, imports }) => [
        ...imports
          .filter(({ from }) => /^(@nestjs\/|typeorm$|node:|pg$|better-sqlite3$)/.test(from))
          .map(({ from }) => `${path} imports ${from}`),
        ...(/\bDate\.now\(|new Date\(\)/.test(text) ? [`${path} reads the clock`] : []),
      ]);
    expect(wrong).toEqual([]);
  });

  it('decides no case by the table in code: what one is held to, its policy says', () => {
    const wrong = files
      .filter(({ room }) => room !== 'rules')
      .flatMap(({ path, imports }) =>
        imports
          .filter(({ from }) => /\/rules\/(steps|workflow|clocks|policy)$/.test(from))
          .flatMap(({ names }) => names)
          .filter((name) => OF_THE_CODE.includes(name) && !OF_NO_CASE[path]?.includes(name))
          .map((name) => `${path} imports ${name}`),
      );
    expect(wrong).toEqual([]);
    const gone = Object.entries(OF_NO_CASE).filter(([path, names]) => {
      const imported = files.find((file) => file.path === path)?.imports.flatMap((each) => each.names) ?? [];
      return !names.every((name) => imported.includes(name));
    });
    expect(gone).toEqual([]);
  });

  it('leaves the data source, repositories and transactions to records', () => {
    const wrong = files
      .filter(({ room }) => room !== 'records')
      .flatMap(({ path, tree, imports }) => [
        ...imports.flatMap(({ from, names }) => {
          if (['@nestjs/typeorm', 'better-sqlite3', 'pg'].includes(from)) return [`${path} imports ${from}`];
          if (from !== 'typeorm') return [];
          return names
            .filter((name) => !TYPEORM_EVERYWHERE.test(name))
            .map((name) => `${path} imports ${name}`);
        }),
        ...callsOf(tree, ['transaction', 'startTransaction', 'getRepository', 'createQueryRunner']).map(
          (name) => `${path} calls ${name}`,
        ),
      ]);
    expect(wrong).toEqual([]);
  });

  it('loads @nestjs/swagger only when somebody asks for the document', () => {
    const wrong = files
      .filter(({ tree }) =>
        tree.statements.some(
          (each) =>
            ts.isImportDeclaration(each) &&
            (each.moduleSpecifier as ts.StringLiteral).text === '@nestjs/swagger' &&
            each.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword,
        ),
      )
      .map(({ path }) => `${path} imports it; take its decorators from platform/api-decorators.ts`);
    expect(wrong).toEqual([]);
  });

  it('ties no knots: no forwardRef, no @Global, no barrel', () => {
    const wrong = files.flatMap(({ path, tree, imports }) => [
      ...imports
        .flatMap(({ names }) => names)
        .filter((name) => ['forwardRef', 'Global'].includes(name))
        .map((name) => `${path} imports ${name}`),
      ...(/(^|\/)index\.ts$/.test(path) || tree.statements.every(isForeignExport)
        ? [`${path} is a barrel`]
        : []),
    ]);
    expect(wrong).toEqual([]);
  });

  it('names files and folders in kebab-case after what they hold', () => {
    const paths = [
      ...filesUnder(SRC).map((path) => `src/${path}`),
      ...filesUnder(__dirname).map((path) => `test/${path}`),
    ].filter((path) => !path.startsWith('test/golden/') && !path.endsWith('/README.md'));
    const wrong = paths.filter((path) => FORBIDDEN_NAMES.test(path) || !/^[a-z0-9][a-z0-9./-]*$/.test(path));
    expect(wrong).toEqual([]);
  });
});

describe('what the project says about itself', () => {
  it('tells in at most 15 lines what lives in each room of src', () => {
    const wrong = ROOMS.filter((room) => existsSync(join(SRC, room))).flatMap((room) => {
      const path = join(SRC, room, 'README.md');
      if (!existsSync(path)) return [`src/${room} has no README.md`];
      const lines = readFileSync(path, 'utf8').trimEnd().split('\n').length;
      return lines > 15 ? [`src/${room}/README.md has ${lines} lines`] : [];
    });
    expect(wrong).toEqual([]);
  });

  it('names only paths and commands that exist', () => {
    const { scripts } = manifest();
    const commands = files
      .filter(({ room }) => room === 'commands')
      .flatMap(({ text }) => [...text.matchAll(/new Command\('([a-z-]+)/g)].map(([, name]) => name!));
    const papers = [
      'README.md',
      ...filesUnder(SRC)
        .filter((path) => path.endsWith('README.md'))
        .map((path) => `src/${path}`),
    ];
    const wrong = papers.flatMap((paper) => {
      const text = existsSync(join(TOP, paper)) ? readFileSync(join(TOP, paper), 'utf8') : '';
      return [
        ...(text === '' ? ['is missing'] : []),
        ...found(text, /npm run (?:--?[a-z]+ )*([a-z][a-z:-]*)/g)
          .filter((name) => !scripts[name])
          .map((name) => `npm run ${name}`),
        ...found(text, /npm run redress -- ([a-z][a-z-]*)/g)
          .filter((name) => !commands.includes(name))
          .map((name) => `redress ${name}`),
        ...found(text, /`((?:src|test)\/[^`\s*<{…]*)`/g).filter((path) => !existsSync(join(TOP, path))),
      ].map((what) => `${paper}: ${what}`);
    });
    expect(wrong).toEqual([]);
  });
});

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

function manifest(): { scripts: Record<string, string>; dependencies: Record<string, string> } {
  return JSON.parse(readFileSync(join(TOP, 'package.json'), 'utf8')) as ReturnType<typeof manifest>;
}

function found(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name]) => name!);
}

/** Everything that ties a file to another: import and export from, `import()` as a value or a type, `require()`. */
function importsOf(tree: ts.SourceFile): SourceFile['imports'] {
  const imports: SourceFile['imports'] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier))
      imports.push({ from: node.moduleSpecifier.text, names: namesOf(node.importClause) });
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier))
      imports.push({ from: node.moduleSpecifier.text, names: ['*'] });
    else if (
      ts.isImportTypeNode(node) &&
      ts.isLiteralTypeNode(node.argument) &&
      ts.isStringLiteral(node.argument.literal)
    )
      imports.push({ from: node.argument.literal.text, names: [node.qualifier?.getText(tree) ?? '*'] });
    else if (ts.isExternalModuleReference(node) && ts.isStringLiteral(node.expression))
      imports.push({ from: node.expression.text, names: ['*'] });
    else if (
      ts.isCallExpression(node) &&
      (node.expression.kind === ts.SyntaxKind.ImportKeyword ||
        (ts.isIdentifier(node.expression) && node.expression.text === 'require'))
    ) {
      const [from] = node.arguments;
      imports.push({
        from: from && ts.isStringLiteralLike(from) ? from.text : './a-name-made-at-run-time',
        names: ['*'],
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return imports;
}

function namesOf(clause: ts.ImportClause | undefined): string[] {
  const bindings = clause?.namedBindings;
  return [
    ...(clause?.name ? ['default'] : []),
    ...(bindings && ts.isNamespaceImport(bindings) ? ['*'] : []),
    ...(bindings && ts.isNamedImports(bindings)
      ? bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
      : []),
  ];
}

function callsOf(tree: ts.SourceFile, names: string[]): string[] {
  const calls: string[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      names.includes(node.expression.name.text)
    )
      calls.push(node.expression.name.text);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return calls;
}

function isForeignExport(statement: ts.Statement): boolean {
  return ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined;
}

/** The file of ours that an import means; undefined when it means none. */
function target(path: string, from: string): string | undefined {
  const plain = normalize(join(dirname(path), from)).replaceAll('\\', '/');
  return [`${plain}.ts`, `${plain}/index.ts`].find((candidate) => known.has(candidate));
}

function isData(path: string, from: string): boolean {
  return from.endsWith('.json') && existsSync(join(SRC, dirname(path), from));
}

function isNamed(from: string, dependencies: Record<string, string>): boolean {
  const name = from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');
  return from.startsWith('node:')
    ? builtinModules.includes(from.slice('node:'.length))
    : dependencies[name] !== undefined;
}

function level(room: string): number {
  return ORDER.findIndex((line) => line.includes(room));
}

/** Every import that leaves its room. The files of composition count as one room. */
function crossings(): { file: SourceFile; to: string; room: string }[] {
  const roomOf = (room: string) => (COMPOSITION.includes(room) ? 'composition' : room);
  return files.flatMap((file) =>
    file.imports.flatMap(({ from }) => {
      if (!from.startsWith('.')) return [];
      const to = target(file.path, from) ?? normalize(join(dirname(file.path), from)).replaceAll('\\', '/');
      const room = to.split('/')[0]!;
      return roomOf(room) === roomOf(file.room) ? [] : [{ file, to, room }];
    }),
  );
}

/** The first circle, as the way round; null when there is none. */
function firstCircle(): string | null {
  const edges = new Map(
    files.map(({ path, imports }) => [
      path,
      imports.flatMap(({ from }) => (from.startsWith('.') ? (target(path, from) ?? []) : [])),
    ]),
  );
  const done = new Set<string>();
  const walk = (path: string, way: string[]): string | null => {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path].join(' → ');
    if (done.has(path)) return null;
    for (const next of edges.get(path) ?? []) {
      const circle = walk(next, [...way, path]);
      if (circle) return circle;
    }
    done.add(path);
    return null;
  };
  for (const path of edges.keys()) {
    const circle = walk(path, []);
    if (circle) return circle;
  }
  return null;
}
