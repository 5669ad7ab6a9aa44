import type { ConsentView } from '../../casework/party-views';
import { say, sayDay } from '../../words/words';

/** What the person decided about a consent and when, as a sentence. `roleName`: as the reader sees it. */
export function consentStatus(
  view: ConsentView,
  language: string,
  roleName: (code: string) => string,
): string {
  const { given, withdrawnOn, decidedOn, answeredVersion, version, optOut, byRole } = view;
  if (given === null) return say(language, optOut ? 'consents.status.opt-out' : 'consents.status.open');
  const day = sayDay(language, decidedOn!);
  const kind = withdrawnOn ? 'withdrawn' : given ? 'given' : 'refused';
  const lines = [
    say(language, `consents.status.${kind}`, { day, role: roleName(byRole!) }),
    ...(answeredVersion === version ? [] : [say(language, 'consents.status.changed')]),
  ];
  return lines.join(' ');
}
