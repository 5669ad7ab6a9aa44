// Source: features.md 30 (content-free, opt-in, delayed). What is sent names nothing of a case, and its time tells nothing of the house.
import type { Letter } from './letters';

/**
 * Of an alert: nothing is under way; its sending was begun; it was sent and its holder has not looked since; the server says that there
 * is no such address. One whose sending was begun on an earlier day is sent again.
 */
export const ALERT_STATUSES = ['ON', 'SENDING', 'SENT', 'REFUSED'] as const;
export type AlertStatus = (typeof ALERT_STATUSES)[number];

/** An alert leaves so long after the news at least, and at most: when staff wrote cannot be read from when it comes. */
export const ALERT_AFTER_HOURS = { least: 1, most: 8 } as const;

/** Letters of danger: nobody is called to a device for them who may not be alone with it. */
export const NOT_ALERTED: readonly Letter[] = ['retaliation-received', 'check-in'];
