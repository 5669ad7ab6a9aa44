import ts from 'typescript';

/** One small change of a source file that a test has to notice. */
export interface Mutant {
  line: number;
  /** The code that is replaced, and what stands in its place. */
  from: string;
  to: string;
  start: number;
  end: number;
}

const SWAPPED = new Map<ts.SyntaxKind, string[]>([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, ['!==']],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, ['===']],
  [ts.SyntaxKind.LessThanToken, ['<=', '>=']],
  [ts.SyntaxKind.LessThanEqualsToken, ['<', '>']],
  [ts.SyntaxKind.GreaterThanToken, ['>=', '<=']],
  [ts.SyntaxKind.GreaterThanEqualsToken, ['>', '<']],
  [ts.SyntaxKind.AmpersandAmpersandToken, ['||']],
  [ts.SyntaxKind.BarBarToken, ['&&']],
  [ts.SyntaxKind.PlusToken, ['-']],
]);
const OTHER_CALLS: Record<string, string> = { some: 'every', every: 'some', andWhere: 'orWhere' };
/** Links of a chain that can be left out of it. */
const LINKS = ['filter', 'andWhere', 'trim', 'normalize', 'toLowerCase', 'replace', 'setParameters'];
const HOLDS_ALWAYS = '1 = 1';

/**
 * Every mutant of a source: operators swapped or one side left out, conditions and answers turned into true and false, members of lists,
 * links of chains and whole statements left out, codes and conditions of SQL replaced. `within` names the constants, functions, classes and
 * properties to look at; all of the file when it is left out. Types, imports, decorators and sentences to people stay as they are.
 */
export function mutantsOf(text: string, within?: readonly string[]): Mutant[] {
  const file = ts.createSourceFile('source.ts', text, ts.ScriptTarget.ES2023, true);
  const mutants = new Map<string, Mutant>();
  const put = (node: ts.Node, to: string) => {
    const [start, end] = [node.getStart(file), node.getEnd()];
    const from = text.slice(start, end);
    const line = file.getLineAndCharacterOfPosition(start).line + 1;
    if (from !== to) mutants.set(`${start} ${end} ${to}`, { line, from, to, start, end });
  };
  const visit = (node: ts.Node, isIn: boolean): void => {
    if (isLeftAlone(node)) return;
    const named = isIn || within!.includes(nameOf(node));
    if (named) mutate(node, file, put);
    ts.forEachChild(node, (child) => visit(child, named));
  };
  visit(file, within === undefined);
  return [...mutants.values()].sort((a, b) => a.start - b.start);
}

export function applied(text: string, { start, end, to }: Mutant): string {
  return text.slice(0, start) + to + text.slice(end);
}

function isLeftAlone(node: ts.Node): boolean {
  return (
    ts.isTypeNode(node) ||
    ts.isImportDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isDecorator(node)
  );
}

function nameOf(node: ts.Node): string {
  const isNamed =
    ts.isVariableDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isPropertyAssignment(node);
  return (isNamed && node.name && ts.isIdentifier(node.name) && node.name.text) || '';
}

type Put = (node: ts.Node, to: string) => void;

function mutate(node: ts.Node, file: ts.SourceFile, put: Put): void {
  if (ts.isBinaryExpression(node)) mutateBinary(node, file, put);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    put(node, node.operand.getText(file));
  if (ts.isConditionalExpression(node)) asCondition(node.condition, put);
  if (ts.isIfStatement(node)) asCondition(node.expression, put);
  if (ts.isForStatement(node) && node.condition) put(node.condition, 'false');
  if (ts.isReturnStatement(node) && node.expression) asAnswer(node.expression, put);
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) asAnswer(node.body, put);
  if (ts.isExpressionStatement(node) || ts.isThrowStatement(node)) put(node, ';');
  if (ts.isArrayLiteralExpression(node)) withoutEach(node, file, put);
  if (ts.isCallExpression(node)) mutateCall(node, file, put);
  if (ts.isNumericLiteral(node)) put(node, String(Number(node.text) + 1));
  if (node.kind === ts.SyntaxKind.TrueKeyword) put(node, 'false');
  if (node.kind === ts.SyntaxKind.FalseKeyword) put(node, 'true');
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) mutateText(node, file, put);
}

function mutateBinary(node: ts.BinaryExpression, file: ts.SourceFile, put: Put): void {
  const { left, right, operatorToken } = node;
  const [before, after] = [left.getText(file), right.getText(file)];
  for (const to of SWAPPED.get(operatorToken.kind) ?? []) put(node, `(${before}) ${to} (${after})`);
  const joins = [
    ts.SyntaxKind.AmpersandAmpersandToken,
    ts.SyntaxKind.BarBarToken,
    ts.SyntaxKind.QuestionQuestionToken,
  ];
  if (!joins.includes(operatorToken.kind)) return;
  put(node, `(${before})`);
  put(node, `(${after})`);
}

function mutateCall(node: ts.CallExpression, file: ts.SourceFile, put: Put): void {
  if (!ts.isPropertyAccessExpression(node.expression)) return;
  const { expression, name } = node.expression;
  if (OTHER_CALLS[name.text]) put(name, OTHER_CALLS[name.text]!);
  if (LINKS.includes(name.text)) put(node, expression.getText(file));
}

/** Codes become empty, conditions of SQL hold always. What begins like a sentence is said to people, and no rule. */
function mutateText(node: ts.StringLiteralLike | ts.TemplateExpression, file: ts.SourceFile, put: Put): void {
  const isKey = ts.isPropertyAssignment(node.parent) && node.parent.name === node;
  const text = node.getText(file).slice(1, -1);
  if (isKey || /^[A-Z“][^ ]* .* /.test(text)) return;
  put(node, / (=|>|IN|IS|OR) /.test(text) ? `'${HOLDS_ALWAYS}'` : "''");
}

function withoutEach(node: ts.ArrayLiteralExpression, file: ts.SourceFile, put: Put): void {
  const texts = node.elements.map((each) => each.getText(file));
  texts.forEach((_, index) => put(node, `[${texts.filter((_each, at) => at !== index).join(', ')}]`));
}

function asCondition(node: ts.Expression, put: Put): void {
  put(node, 'true');
  put(node, 'false');
}

/** What a function answers: yes and no where it answers that, and nothing where it answers anything else. */
function asAnswer(node: ts.Expression, put: Put): void {
  const bare = ts.isAwaitExpression(node) || ts.isParenthesizedExpression(node) ? node.expression : node;
  if (bare.kind === ts.SyntaxKind.TrueKeyword || bare.kind === ts.SyntaxKind.FalseKeyword) return;
  if (isYesOrNo(bare)) asCondition(node, put);
  else put(node, 'undefined');
}

const YES_OR_NO_CALLS = ['some', 'every', 'includes', 'has', 'test', 'getExists'];

function isYesOrNo(node: ts.Expression): boolean {
  if (ts.isPrefixUnaryExpression(node)) return node.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isBinaryExpression(node)) return SWAPPED.has(node.operatorToken.kind);
  const called =
    ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)
      ? node.expression.name.text
      : '';
  return YES_OR_NO_CALLS.includes(called);
}
