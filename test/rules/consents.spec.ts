import {
  CONSENT_CODES,
  consentBehind,
  consentHolds,
  consentRule,
  SHARED_WITH,
} from '../../src/rules/consents';
import { STEPS } from '../../src/rules/steps';

describe('A consent', () => {
  it.each(CONSENT_CODES)('%s holds as decided last, and unanswered only where it is an opt-out', (code) => {
    for (const given of [true, false])
      expect(consentHolds({ [code]: { given, bySelf: true } }, code)).toBe(given);
    expect(consentHolds({}, code)).toBe(code === 'CN-STAT');
    const others = Object.fromEntries(
      CONSENT_CODES.filter((other) => other !== code).map((other) => [other, { given: true, bySelf: true }]),
    );
    expect(consentHolds(others, code)).toBe(code === 'CN-STAT');
  });

  it('is behind what is shared, passed on or talked about, and behind no other step', () => {
    for (const [sharedWith, { consent }] of Object.entries(SHARED_WITH))
      expect(consentBehind('share', { sharedWith })).toBe(consent);
    expect(consentBehind('refer', { referralMode: 'WITH_CONSENT' })).toBe('CN-SHARE-AUTH');
    expect(consentBehind('refer', { referralMode: 'SIGNPOST_ONLY' })).toBeNull();
    for (const [askedOf, code] of [
      ['UNIT', 'CN-SHARE-UNIT'],
      ['VENDOR', 'CN-SHARE-VENDOR'],
      ['OTHER', null],
    ])
      expect(consentBehind('request-evidence', { askedOf, packetNumber: 1 })).toBe(code);
    expect(consentBehind('request-evidence', { askedOf: 'UNIT' })).toBeNull();
    const behind = STEPS.map(({ step }) => step).filter(
      (step) =>
        consentBehind(step, {
          sharedWith: 'UNIT',
          referralMode: 'WITH_CONSENT',
          sensitiveNoted: true,
          askedOf: 'VENDOR',
          packetNumber: 1,
        }) !== null,
    );
    expect(behind.sort()).toEqual([
      'classify',
      'invite-guest',
      'move-to-dialogue',
      'open-dialogue',
      'publish-story',
      'refer',
      'request-evidence',
      'share',
    ]);
  });

  it.each(CONSENT_CODES)('%s has words with a version', (code) => {
    expect(consentRule(code).version).toBeGreaterThanOrEqual(1);
  });
});
