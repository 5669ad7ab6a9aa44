import type { Settings } from './settings';

/** What of the settings says where people reach this server. */
export type Origins = Pick<Settings, 'publicUrl'> & Partial<Pick<Settings, 'onionUrl'>>;

interface Asked {
  headers?: Record<string, string | string[] | undefined>;
}

/**
 * The address by which a request came, without a slash at the end: that of the onion service where its `Host` says so, otherwise the
 * ordinary one. Never anything else that a `Host` holds, so that nobody can make us write an address of theirs.
 */
export function originOf({ headers }: Asked, { publicUrl, onionUrl = '' }: Origins): string {
  return onionUrl !== '' && headers?.host?.toString().toLowerCase() === new URL(onionUrl).host
    ? onionUrl
    : publicUrl;
}
