const REASONS: readonly [codes: RegExp, (said: string) => string][] = [
  [
    /^EADDRINUSE$/,
    () => 'Another program already listens on this port. Stop it, or set PORT to another number.',
  ],
  [
    /^(EACCES|EPERM)$/,
    (said) =>
      `This user may not use what it needs: ${said}. Set PORT above 1023, or DATA_DIR to a folder that is yours.`,
  ],
  [/^(ENOSPC|SQLITE_FULL|53100)$/, (said) => `The disk is full: ${said}. Make room on it and try again.`],
  [
    /^(EROFS|SQLITE_READONLY|SQLITE_CANTOPEN)/,
    (said) =>
      `The folder of the data cannot be written: ${said}. Check DATA_DIR, who may write there, and how its disk is mounted.`,
  ],
  [
    /^(EEXIST|ENOTDIR)$/,
    (said) => `The folder of the data cannot be made: ${said}. Set DATA_DIR to a folder, not to a file.`,
  ],
  [
    /^SQLITE_(NOTADB|CORRUPT)/,
    (said) =>
      `The database in DATA_DIR is damaged: ${said}. Keep a copy of the folder as it is, then put back the last backup.`,
  ],
  [
    /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|EAI_AGAIN|57P03)$/,
    (said) =>
      `The server of the database does not answer: ${said}. Start it, or correct host and port in DATABASE_URL.`,
  ],
  [
    /^(3D000|28000|28P01|42501)$/,
    (said) =>
      `The server of the database refuses: ${said}. Correct user, password and name of the database in DATABASE_URL, or what that user may do there.`,
  ],
];

/** Why a start or a command failed, and where the system or a database says it in its own words alone, what to do next. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  const reason = REASONS.find(([codes]) => typeof code === 'string' && codes.test(code));
  return reason ? reason[1](error.message) : error.message;
}
