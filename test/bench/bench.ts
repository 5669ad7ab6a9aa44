import { parseArgs } from 'node:util';
import { measureDashboards } from './dashboards';
import { tableOf, type Figure } from './figures';
import { measureFurtherMessages } from './further-messages';
import { measureLodging } from './lodging';
import { FEW, measurePages, measurePagesOnPostgres } from './pages';
import { measureSearch } from './search';
import { measureSealing } from './sealing';
import { measureStart } from './start';
import { measureVerify } from './verify';

const PARTS: Record<string, (options: { cases?: number }) => Promise<Figure[]>> = {
  dashboards: measureDashboards,
  lodging: measureLodging,
  pages: measurePages,
  'pages-postgres': measurePagesOnPostgres,
  search: async () => [...(await measureSearch()), ...(await measureFurtherMessages())],
  sealing: measureSealing,
  start: measureStart,
  verify: measureVerify,
};

/** Takes minutes of its own. */
const ONLY_WHEN_NAMED = 'pages-postgres';

/**
 * Measures the budgets on this machine, in one run. Exit code 1: a budget is broken. 2: it could not be measured. With `--cases 1000000`,
 * pages are measured with that many; to write a million takes minutes, so that a hundred thousand stand there otherwise. On PostgreSQL they
 * are measured with `--only pages-postgres`.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true },
      json: { type: 'boolean', default: false },
      cases: { type: 'string' },
    },
  });
  const cases = values.cases === undefined ? undefined : Number(values.cases);
  if (cases !== undefined && !(Number.isInteger(cases) && cases > FEW))
    throw new Error(`--cases ${values.cases} is not a whole number above ${FEW}.`);
  const parts = values.only ?? Object.keys(PARTS).filter((part) => part !== ONLY_WHEN_NAMED);
  const unknown = parts.filter((part) => !(part in PARTS));
  if (unknown.length > 0)
    throw new Error(`--only ${unknown.join(', ')} is unknown; name ${Object.keys(PARTS).join(', ')}.`);
  const figures: Figure[] = [];
  for (const part of parts) {
    const measured = await PARTS[part]!({ cases });
    figures.push(...measured);
    if (!values.json) process.stdout.write(`${tableOf(measured)}\n\n`);
  }
  const broken = figures.filter(({ kept }) => kept === false);
  if (values.json) process.stdout.write(`${JSON.stringify({ figures, broken: broken.length }, null, 2)}\n`);
  else
    process.stdout.write(
      broken.length === 0
        ? 'Every budget is kept.\n'
        : `Broken: ${broken.map(({ name }) => name).join('; ')}.\n`,
    );
  process.exitCode = broken.length > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  process.stderr.write(
    `Not measured. ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 2;
});
