import { Table, type MigrationInterface, type QueryRunner, type TableColumnOptions } from 'typeorm';
import { protectRows, unprotectRows } from '../dialect';

const column = (name: string, type: string, length?: string): TableColumnOptions => ({ name, type, length });
const id = (name: string) => column(name, 'varchar', '36');
const code = (name: string) => column(name, 'varchar', '64');
const day = (name: string) => column(name, 'varchar', '10');
const instant = (name: string) => column(name, 'varchar', '24');
const text = (name: string) => column(name, 'text');
const list = (name: string) => column(name, 'text');
const whole = (name: string) => column(name, 'integer');
const yesNo = (name: string) => column(name, 'boolean');
const optional = (options: TableColumnOptions): TableColumnOptions => ({ ...options, isNullable: true });
const primary = (options: TableColumnOptions): TableColumnOptions => ({ ...options, isPrimary: true });

interface Shape {
  columns: TableColumnOptions[];
  /** Column and the table whose `id` it names. */
  parents?: Record<string, string>;
  uniques?: string[][];
  indexes?: string[][];
  /** Indexes on rows in which their first column is known. */
  knownIndexes?: string[][];
  /** SQLite keeps the row in the index of its key, where it would otherwise keep two trees; for short rows only. */
  inKeyOrder?: true;
}

const table = (
  name: string,
  { columns, parents = {}, uniques = [], indexes = [], knownIndexes = [], inKeyOrder }: Shape,
): Table =>
  new Table({
    name,
    columns,
    withoutRowid: inKeyOrder ?? false,
    foreignKeys: Object.entries(parents).map(([columnName, parent]) => ({
      columnNames: [columnName],
      referencedTableName: parent,
      referencedColumnNames: ['id'],
    })),
    uniques: uniques.map((columnNames) => ({ columnNames })),
    indices: [
      ...indexes.map((columnNames) => ({ columnNames })),
      ...knownIndexes.map((columnNames) => ({ columnNames, where: `"${columnNames[0]}" IS NOT NULL` })),
    ],
  });

/** Parents before children. Constraints get their names from TypeORM, so that the entities find them again. */
const tables = (): Table[] => [
  table('cases', {
    columns: [
      primary(id('id')),
      id('ledgerId'),
      code('reference'),
      code('state'),
      whole('revision'),
      code('policyVersion'),
      day('lodgedOn'),
      code('language'),
      code('channel'),
      code('identityMode'),
      code('complainantRole'),
      optional(code('fearOfReprisal')),
      optional(yesNo('awareOfAiUse')),
      text('narrativeSealed'),
      optional(text('desiredOutcomeSealed')),
      optional(text('whenHappenedSealed')),
      optional(text('systemKnownSealed')),
      optional(text('reprisalTextSealed')),
      optional(text('accommodationSealed')),
      yesNo('legalHold'),
      optional(code('jurisdiction')),
      optional(yesNo('isDataRightsRequest')),
      optional(yesNo('reporterIsWorker')),
      optional(yesNo('concernsListedLaw')),
      optional(code('useDomain')),
      optional(code('lifecycleStage')),
      optional(code('stateNexus')),
      optional(code('decisionMode')),
      optional(list('rights')),
      optional(list('harms')),
      optional(list('groups')),
      optional(list('rootCauses')),
      optional(code('nature')),
      optional(whole('scale')),
      optional(whole('scope')),
      optional(whole('irremediability')),
      optional(whole('likelihood')),
      optional(yesNo('vulnerable')),
      optional(yesNo('delayMakesIrremediable')),
      optional(code('tier')),
      optional(code('reprisalLevel')),
      optional(yesNo('isDefender')),
      optional(code('track')),
      optional(code('interimDecision')),
      optional(code('involvement')),
      optional(code('agreement')),
      optional(code('verification')),
      optional(code('declineCode')),
      optional(code('closureCode')),
      optional(list('systemicEffects')),
      optional(day('closedOn')),
      optional(code('suspendedGround')),
      optional(day('suspendedUntil')),
      optional(yesNo('withdrawalPressure')),
      whole('contactAttempts'),
      optional(day('nextDueOn')),
    ],
    uniques: [['ledgerId'], ['reference']],
    indexes: [
      ['lodgedOn', 'id'],
      ['nextDueOn', 'id'],
      ['state', 'nextDueOn', 'id'],
    ],
    knownIndexes: [['tier', 'nextDueOn', 'id']],
  }),
  table('clocks', {
    columns: [
      primary(id('caseId')),
      primary(id('id')),
      code('code'),
      code('basis'),
      day('startedOn'),
      day('dueInternal'),
      day('dueLegalLatest'),
      optional(instant('dueAt')),
      code('calendar'),
      code('calendarVersion'),
      code('status'),
      optional(day('pausedOn')),
      optional(day('stoppedOn')),
      optional(day('extendedOn')),
      optional(text('extensionReasonSealed')),
    ],
    parents: {
      caseId: 'cases',
    },
    inKeyOrder: true,
  }),
  table('data_keys', {
    columns: [primary(id('ownerId')), code('ownerKind'), text('wrappedKey'), code('keyEncryptionKeyId')],
    inKeyOrder: true,
  }),
  table('entries', {
    columns: [primary(id('ledgerId')), primary(whole('n')), text('body'), code('leafHash')],
  }),
  table('evidence', {
    columns: [
      primary(id('id')),
      id('caseId'),
      whole('n'),
      code('fromRole'),
      day('addedOn'),
      text('fileNameSealed'),
      optional(text('describesSealed')),
      code('mediaType'),
      whole('sizeInBytes'),
      code('sha256'),
    ],
    parents: {
      caseId: 'cases',
    },
    uniques: [['caseId', 'n']],
  }),
  table('idempotency_keys', {
    columns: [
      primary(code('keyHash')),
      code('requestHash'),
      whole('status'),
      text('answerSealed'),
      day('expiresOn'),
    ],
    indexes: [['expiresOn']],
  }),
  table('invitations', {
    columns: [
      primary(id('id')),
      code('tokenHash'),
      list('roles'),
      optional(code('unit')),
      optional(id('invitedBy')),
      instant('expiresAt'),
      optional(instant('usedAt')),
    ],
    uniques: [['tokenHash']],
  }),
  table('log_checkpoints', {
    columns: [primary(whole('size')), code('rootHash'), text('note')],
  }),
  table('log_leaves', {
    columns: [primary(whole('index')), id('ledgerId'), whole('n'), code('leafHash')],
    uniques: [['ledgerId', 'n']],
  }),
  table('notices', {
    columns: [
      primary(id('caseId')),
      primary(id('id')),
      code('letter'),
      code('language'),
      whole('revision'),
      day('queuedOn'),
      code('status'),
      optional(day('shownOn')),
      optional(text('paramsSealed')),
    ],
    parents: {
      caseId: 'cases',
    },
    inKeyOrder: true,
  }),
  table('parties', {
    columns: [
      primary(id('caseId')),
      primary(id('id')),
      code('role'),
      optional(text('contactSealed')),
      optional(code('receiptHash')),
    ],
    parents: {
      caseId: 'cases',
    },
    uniques: [['receiptHash']],
    inKeyOrder: true,
  }),
  table('people', {
    columns: [
      primary(id('id')),
      code('emailHash'),
      text('emailSealed'),
      text('nameSealed'),
      list('roles'),
      optional(code('unit')),
      optional(text('passwordHash')),
      yesNo('active'),
      optional(id('createdBy')),
    ],
    uniques: [['emailHash']],
  }),
  table('proposals', {
    columns: [
      primary(id('id')),
      id('caseId'),
      code('step'),
      id('proposedBy'),
      code('byRole'),
      day('proposedOn'),
      text('answersSealed'),
      code('status'),
      optional(id('settledBy')),
    ],
    parents: {
      caseId: 'cases',
      proposedBy: 'people',
      settledBy: 'people',
    },
    indexes: [['caseId', 'status']],
  }),
  table('questions', {
    columns: [
      primary(id('id')),
      id('caseId'),
      whole('n'),
      text('textSealed'),
      text('whySealed'),
      day('dueOn'),
      optional(day('answeredOn')),
    ],
    parents: {
      caseId: 'cases',
    },
    uniques: [['caseId', 'n']],
  }),
  table('sessions', {
    columns: [
      primary(code('tokenHash')),
      optional(id('personId')),
      optional(id('caseId')),
      optional(code('role')),
      code('csrfToken'),
      instant('expiresAt'),
    ],
    parents: {
      personId: 'people',
      caseId: 'cases',
    },
    indexes: [['expiresAt'], ['personId']],
  }),
  table('allegations', {
    columns: [
      primary(id('id')),
      id('caseId'),
      whole('n'),
      optional(code('harm')),
      text('textSealed'),
      optional(code('finding')),
      optional(text('findingReasonsSealed')),
      optional(id('foundBy')),
    ],
    parents: {
      caseId: 'cases',
      foundBy: 'people',
    },
    uniques: [['caseId', 'n']],
  }),
  table('answers', {
    columns: [
      primary(id('id')),
      id('caseId'),
      whole('revision'),
      code('step'),
      code('byRole'),
      optional(id('personId')),
      text('answersSealed'),
    ],
    parents: {
      caseId: 'cases',
      personId: 'people',
    },
    uniques: [['caseId', 'revision']],
  }),
  table('api_tokens', {
    columns: [primary(id('id')), code('tokenHash'), id('personId'), code('label'), instant('expiresAt')],
    parents: {
      personId: 'people',
    },
    uniques: [['tokenHash']],
    indexes: [['personId']],
  }),
  table('appeals', {
    columns: [
      primary(id('id')),
      id('caseId'),
      whole('n'),
      code('against'),
      optional(text('groundsSealed')),
      day('filedOn'),
      yesNo('late'),
      optional(id('reviewerId')),
      optional(code('outcome')),
      optional(text('reasonsSealed')),
      optional(day('decidedOn')),
    ],
    parents: {
      caseId: 'cases',
      reviewerId: 'people',
    },
    uniques: [['caseId', 'n']],
  }),
  table('assignments', {
    columns: [
      primary(id('id')),
      id('caseId'),
      id('personId'),
      code('role'),
      code('conflictDeclared'),
      optional(id('assignedBy')),
      optional(day('endedOn')),
    ],
    parents: {
      caseId: 'cases',
      personId: 'people',
      assignedBy: 'people',
    },
    indexes: [['personId', 'endedOn'], ['caseId']],
  }),
  table('case_links', {
    columns: [primary(id('id')), id('caseId'), id('otherCaseId'), code('type'), optional(id('linkedBy'))],
    parents: {
      caseId: 'cases',
      otherCaseId: 'cases',
      linkedBy: 'people',
    },
    uniques: [['caseId', 'otherCaseId', 'type']],
    indexes: [['otherCaseId']],
  }),
  table('interim_measures', {
    columns: [
      primary(id('id')),
      id('caseId'),
      whole('n'),
      code('measure'),
      code('status'),
      text('reasonSealed'),
      id('ownerId'),
      day('dueOn'),
      id('decidedBy'),
    ],
    parents: {
      caseId: 'cases',
      ownerId: 'people',
      decidedBy: 'people',
    },
    uniques: [['caseId', 'n']],
  }),
  table('messages', {
    columns: [
      primary(id('id')),
      id('caseId'),
      whole('n'),
      code('fromRole'),
      optional(id('personId')),
      day('writtenOn'),
      text('textSealed'),
    ],
    parents: {
      caseId: 'cases',
      personId: 'people',
    },
    uniques: [['caseId', 'n']],
  }),
  table('offers', {
    columns: [
      primary(id('id')),
      id('caseId'),
      whole('n'),
      code('kind'),
      code('madeByRole'),
      optional(id('madeBy')),
      day('madeOn'),
      text('textSealed'),
      optional(day('replyDueOn')),
      code('status'),
      optional(day('answeredOn')),
    ],
    parents: {
      caseId: 'cases',
      madeBy: 'people',
    },
    uniques: [['caseId', 'n']],
  }),
  table('remedy_actions', {
    columns: [
      primary(id('id')),
      id('caseId'),
      optional(id('offerId')),
      whole('n'),
      code('action'),
      code('form'),
      text('descriptionSealed'),
      id('ownerId'),
      day('dueOn'),
      code('status'),
      optional(text('evidenceSealed')),
      optional(text('snapshotSealed')),
      optional(day('doneOn')),
      optional(code('verifiedBy')),
      optional(day('verifiedOn')),
      optional(code('verificationResult')),
    ],
    parents: {
      caseId: 'cases',
      offerId: 'offers',
      ownerId: 'people',
    },
    uniques: [['caseId', 'n']],
    indexes: [['ownerId', 'status']],
  }),
  table('waiting_entries', {
    columns: [primary(id('ledgerId')), primary(whole('n'))],
    inKeyOrder: true,
  }),
];

const NEVER_CHANGED = ['entries', 'log_leaves', 'log_checkpoints'];

export class FirstTables1795478400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const each of tables()) await runner.createTable(each);
    await protectRows(runner, NEVER_CHANGED);
  }

  /** Takes away every table with what it holds: before the first migration there was nothing. */
  async down(runner: QueryRunner): Promise<void> {
    await unprotectRows(runner, NEVER_CHANGED);
    for (const each of tables().reverse()) await runner.dropTable(each.name);
  }
}
