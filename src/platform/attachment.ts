import { FILE_POLICY, SAFE_HEADERS } from './safe-headers';

/** Headers that let a browser save content and never show it: whatever the file is, it runs nowhere. `fileName` is safe already. */
export function attachmentHeaders(fileName: string, sizeInBytes: number): Record<string, string | number> {
  return {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${encoded(fileName)}`,
    'content-length': sizeInBytes,
    ...SAFE_HEADERS,
    'content-security-policy': FILE_POLICY,
  };
}

/** RFC 8187: what a header cannot hold is percent-encoded; `encodeURIComponent` leaves four more to do. */
function encoded(fileName: string): string {
  return encodeURIComponent(fileName).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
