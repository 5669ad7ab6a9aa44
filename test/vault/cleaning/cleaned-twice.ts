import { clean } from '../../../src/vault/cleaning/clean';
import type { MediaType } from '../../../src/vault/cleaning/media-type';

/** The working copy, after a look whether cleaning it again changes nothing. */
export async function cleanedTwice(
  content: Buffer,
  type: MediaType,
): Promise<{ content: Buffer; removed: string[] }> {
  const result = await clean(content, type);
  if (result.kind === 'held') throw new Error(`held: ${result.why}`);
  const again = await clean(result.content, type);
  if (again.kind === 'held') throw new Error(`held the second time: ${again.why}`);
  expect([again.content.equals(result.content), again.removed]).toEqual([true, []]);
  return result;
}
