// The protection plan (reprisal risk assessment 5.1; ISO 37002:2021 8.4): nothing is done to somebody for their own good against their wish.
import {
  PROTECTION_MEASURES,
  protectionStands,
  reviewDay,
  type ProtectionMeasureCode,
  type ReprisalLevel,
} from '../protection';
import type { StepAnswers } from './facts';
import { need, oneOf, type Need } from './need';
import { LEVELS, ownRating, reprisalRankOf, said } from './readings';

const chosen = (answers: StepAnswers) =>
  (answers.protectionMeasures ?? []) as readonly ProtectionMeasureCode[];

export const PROTECTION_NEEDS = {
  protectionWished: need(
    'Some of these are done only where whoever they protect wishes it: ask first. Without asking, plan only the identity vault, pseudonymised copies, a handler from outside, the check before any contact, files stripped, a secure channel, redacted findings, and the incident log.',
    (_f, a) => a.protectionWished === true || chosen(a).every((code) => PROTECTION_MEASURES[code].duty),
  ),
  protectionIsNew: need(
    'One of these is planned or in force for them already. Leave it out, or end it first.',
    (f, a) =>
      !f.protection.some(
        ({ measure, protects, status }) =>
          protectionStands(status) && protects === a.protects && chosen(a).some((code) => code === measure),
      ),
  ),
  protectionWaits: oneOf(
    'measure of protection that is planned and not yet in force',
    'protectionNumber',
    (f) => f.protection.filter(({ status }) => status === 'PLANNED'),
  ),
  protectionStands: oneOf('measure of protection that is planned or in force', 'protectionNumber', (f) =>
    f.protection.filter(({ status }) => protectionStands(status)),
  ),
  reviewInTime: need(
    'Look at it again sooner: after today, and within 90 days at low risk of reprisal, 30 at medium, 7 at high, on the next day at extreme. Until somebody rates the risk, what the person said of it counts.',
    (f, a) => {
      const level = LEVELS[Math.max(reprisalRankOf(f), ownRating(f))] as ReprisalLevel;
      return said(a, 'reviewOn') > f.today && said(a, 'reviewOn') <= reviewDay(level, f.today);
    },
  ),
} as const satisfies Record<string, Need>;
