import type { RetentionYears } from '../../rules/retention';

/** How long this house keeps what; read once at start. */
export class HouseRetention {
  constructor(readonly years: RetentionYears) {}
}
