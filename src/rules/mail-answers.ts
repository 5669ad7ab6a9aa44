// Source: our own promise (feature 6: whoever writes by e-mail comes back like anybody else; nothing of what came in is sent out again).

/** What became of the answer to a complaint that came by e-mail, and what staff read of it. Codes are stable. */
export const MAIL_ANSWERS = {
  WAITING:
    'The number for the person goes to the address that the e-mail came from, in about an hour or later.',
  SENDING:
    'The number for the person is being sent. Where a server stopped in the middle, it is sent anew the next day.',
  SENT: 'The number for the person was sent to the address that the e-mail came from.',
  RETURNED:
    'The e-mail with the number for the person came back. Reach the person in another way, and hand over a new one.',
  REFUSED:
    'The number for the person could not be sent. Reach the person in another way, and hand over a new one.',
  'NOT-SENT':
    'No number was sent: no address that can be answered, or no outgoing mail is set up. Reach the person in another way, and hand over a number.',
  'BY-STAFF': 'A member of staff made the number for the person.',
  'TAKEN-OVER': 'The person gave the number in, and has one that nobody here has seen.',
} as const;

export type MailAnswerStatus = keyof typeof MAIL_ANSWERS;

/** Answers that nobody got: staff have to reach the person. */
export const MAIL_ANSWERS_TO_HAND_OVER: readonly MailAnswerStatus[] = ['RETURNED', 'REFUSED', 'NOT-SENT'];

/** How often sending is begun before somebody has to hand the number over. */
export const MAIL_ANSWER_TRIES = 12;

/** Most complaints by e-mail that are taken from one address on one day; further ones wait for a person to look at them. */
export const MAILS_FROM_ONE_ADDRESS_A_DAY = 20;

/** Most replies by e-mail that one case takes on one day. */
export const REPLIES_BY_MAIL_A_DAY = 20;

/** Days after which a mail that is in the mailbox no more is forgotten. */
export const TAKEN_MAIL_DAYS = 30;

/**
 * Of how many rounds the answer is sent in one, drawn afresh in each: nobody who sees mails come and go tells which belongs to which, and
 * no time has to be stored. After each failure half as often.
 */
export function roundsToWait(tries: number): number {
  return 6 * 2 ** Math.min(tries, 6);
}
