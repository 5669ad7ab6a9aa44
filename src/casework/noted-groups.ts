import type { Case } from '../records/entities/case';
import { ordinaryGroups } from '../rules/groups';
import { forgetGroups } from '../vault/search-index';
import type { OpenWords } from './open-words';
import type { CaseContext } from './step-context';

/** The groups noted of the case, opened; null where none are. */
export function groupsNoted(row: Pick<Case, 'id' | 'groupsSealed'>, words: OpenWords): string[] | null {
  const opened = words.maybe('cases', 'groupsSealed', row.id, row.groupsSealed);
  return opened === null ? null : (JSON.parse(opened) as string[]);
}

/** Notes these groups in the place of those before; without any, none stand there any more. Inside the change. */
export async function noteGroups(context: CaseContext, groups: readonly string[]): Promise<void> {
  context.patch.groupsSealed =
    groups.length === 0
      ? null
      : context.seal('cases', 'groupsSealed', context.caseId, JSON.stringify(groups));
  await forgetGroups(context.db, context.caseId);
}

/** Takes away what was noted of a special category, whatever it rested on; the other groups stay. Inside the change. */
export async function forgetSpecialGroups(context: CaseContext): Promise<void> {
  const sealed = context.file.case.groupsSealed;
  if (sealed === null) return;
  const groups = JSON.parse(context.unseal('cases', 'groupsSealed', context.caseId, sealed)) as string[];
  const others = ordinaryGroups(groups);
  if (others.length < groups.length) await noteGroups(context, others);
}
