// Sources: W3C Content Security Policy 3 and Trusted Types; RFC 6797 (HSTS); OWASP HTTP Headers Cheat Sheet (2025).
import type { Settings } from './settings';

const NOTHING_BUT_ITSELF = [
  "default-src 'none'",
  "object-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
];

/** What no page of ours asks a device for. */
const UNUSED_FEATURES = [
  ...[
    'accelerometer',
    'autoplay',
    'browsing-topics',
    'camera',
    'display-capture',
    'geolocation',
    'gyroscope',
  ],
  ...['magnetometer', 'microphone', 'midi', 'payment', 'usb', 'xr-spatial-tracking'],
];

/** Of every answer, unless it says otherwise: it is kept nowhere, framed nowhere, tells no other site and runs no script. */
export const SAFE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': NOTHING_BUT_ITSELF.join('; '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': UNUSED_FEATURES.map((feature) => `${feature}=()`).join(', '),
  'cache-control': 'no-store',
};

/** Of a file that somebody sent: wherever a browser would show it, it is nobody's page. */
export const FILE_POLICY =
  "default-src 'none'; object-src 'none'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox";

/** Of a page that brings a script of ours: it runs scripts that bear this nonce, and none else. */
export function policyWithScript(nonce: string): string {
  return [...NOTHING_BUT_ITSELF, `script-src 'nonce-${nonce}'`].join('; ');
}

/** Tells browsers to come by https alone from now on; nothing where they did not come by https or the setting is 0. */
export function strictTransport(origin: string, { hstsDays }: Settings): Record<string, string> {
  if (!origin.startsWith('https:') || hstsDays === 0) return {};
  return { 'strict-transport-security': `max-age=${hstsDays * 86_400}; includeSubDomains` };
}
