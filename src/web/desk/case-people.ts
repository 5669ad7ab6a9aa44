import type { CaseView } from '../../casework/views';
import { INTERVIEW_PARTNERS } from '../../rules/facilitation';
import { languageName } from '../../rules/languages';
import { codeLabel, roleLabel } from './code-label';

/** Somebody whom a case concerns or who acts in it, without a name where they are from outside. */
export interface PersonLine {
  who: string;
  what: string;
  /** The part of the page that says more. */
  section: string;
}

/**
 * Everybody of a case at one glance: who was harmed, who speaks for them, who is in danger, who was heard, who leads the dialogue, who works
 * on it. `risk`: as it was last assessed. Names of people from outside stand nowhere on the page: they are revealed with a reason, and the person sees that.
 */
export function peopleOf(view: CaseView, risk: CaseView['said']): PersonLine[] {
  const { complaint } = view;
  const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
  const coded = (name: string, code: string) => lower(codeLabel(name, code));
  const line = (section: string, who: string, what: string): PersonLine => ({ section, who, what });
  return [
    line(
      'complaint',
      view.collective ? 'Who lodged for the group' : 'The person',
      `${codeLabel('identityMode', complaint.identityMode)}, speaks as ${coded('complainantRole', complaint.complainantRole)}, writes ${languageName(complaint.language)}`,
    ),
    ...(view.collective ? [line('collective', 'Members', String(view.collective.membersSeen))] : []),
    ...view.mandates.map(({ n, basis, status }) =>
      line(
        'mandates',
        `Representative ${n}`,
        `${basis === null ? 'Nobody said yet what it rests on' : codeLabel('mandateBasis', basis)}: ${coded('mandateStatus', status)}`,
      ),
    ),
    ...risk
      .flatMap(({ answers }) => (answers.personsAtRisk ?? []) as string[])
      .map((code) => line('protection', codeLabel('personsAtRisk', code), 'At risk of reprisal')),
    ...view.meetings
      .filter(({ withWhom }) => (INTERVIEW_PARTNERS as readonly string[]).includes(withWhom))
      .map(({ n, kind, withWhom, status }) =>
        line(
          'meetings',
          `${codeLabel('meetingKind', kind)} ${n}`,
          `${codeLabel('meetingPartner', withWhom)}: ${coded('meetingOutcome', status)}`,
        ),
      ),
    ...view.assignments.map(({ role, name, isGuest, isAsked }) =>
      line('assignments', roleLabel(role), `${name}${isGuest ? ', guest' : ''}${isAsked ? ', asked' : ''}`),
    ),
  ];
}
