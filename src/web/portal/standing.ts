import type { MyCaseView } from '../../casework/views';
import { has, say, sayDay } from '../../words/words';

/** Where a case stands, in the words of the person: what comes next and by when, what is late, and who answers for that. */
export interface Standing {
  due: string[];
  late: string[];
  told: string[];
}

/** Deadlines that concern the person: named where they are hers or the law's; of ours, the next step alone. */
export function standingOf(view: MyCaseView, language: string): Standing {
  const running = view.clocks.filter(({ status }) => status === 'RUNNING');
  const late = new Set(view.late.map(({ clock }) => clock));
  const named = running
    .filter(({ code }) => has(`clock.${code}`) && !late.has(code as never))
    .map(({ code, dueLegalLatest }) => ({ what: say(language, `clock.${code}`), day: dueLegalLatest }));
  const [ours] = running
    .filter(({ code }) => !has(`clock.${code}`) && !late.has(code as never))
    .toSorted((a, b) => (a.dueInternal < b.dueInternal ? -1 : 1));
  return {
    due: [
      ...(ours ? [{ what: promise(ours.code, language), day: ours.dueInternal, by: ours.basis }] : []).map(
        ({ what, day, by }) =>
          say(language, by === 'legal' ? 'mycase.next.by-law' : 'mycase.next.by-us', {
            what,
            day: sayDay(language, day),
          }),
      ),
      ...named.map(({ what, day }) => say(language, 'mycase.due.day', { what, day: sayDay(language, day) })),
    ],
    late: view.late.map(({ clock, action, basis, dueOn }) =>
      say(language, basis === 'legal' ? 'mycase.late.by-law' : 'mycase.late.by-us', {
        what: clock ? promise(clock, language) : say(language, 'mycase.late.action', { n: action! }),
        day: sayDay(language, dueOn),
      }),
    ),
    told: view.lateReports.flatMap(({ role, reportedOn, answerDueOn, status }) =>
      status === 'REPLACED' || status === 'OVER'
        ? []
        : [
            say(language, `mycase.late.${status}`, {
              role: say(language, `role.${role}`),
              reported: sayDay(language, reportedOn),
              day: sayDay(language, answerDueOn),
            }),
          ],
    ),
  };
}

/** What a clock of ours is for, as the person would say it. */
function promise(code: string, language: string): string {
  return say(language, `promise.${code}`);
}
