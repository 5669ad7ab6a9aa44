import { FirstTables1795478400000 } from './migrations/2026-11-24-first-tables';

/** Every migration, oldest first. A migration that has once been released is never edited. */
export const MIGRATIONS = [FirstTables1795478400000];
