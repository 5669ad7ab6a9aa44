/**
 * Everything a page may load comes from here, and no script at all. The few pages that cannot do without (`script`) run our own files only,
 * which write no markup.
 */
export function contentSecurityPolicy({ script = false } = {}): string {
  return [
    "default-src 'none'",
    ...(script ? ["script-src 'self'", "require-trusted-types-for 'script'", "trusted-types 'none'"] : []),
    "style-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}
