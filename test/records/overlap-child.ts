import { openRecords } from './open-records';
import { overlap } from './overlap';

async function main(): Promise<void> {
  const [dataDir = '', url = '', count = '0'] = process.argv.slice(2);
  const records = await openRecords({ dataDir, url });
  const result = await overlap(records.transactions, Number(count));
  await records.close();
  process.send?.(result);
}

void main();
