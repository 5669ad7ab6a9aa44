import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { AiSystem } from '../records/entities/ai-system';
import { PatternReview } from '../records/entities/pattern-review';
import { Person } from '../records/entities/person';
import { RegisterCase } from '../records/entities/register-case';
import { RegisterEmptying } from '../records/entities/register-emptying';
import { RegisterEntry } from '../records/entities/register-entry';
import { RegisterVersion } from '../records/entities/register-version';
import { PolicyDraft } from '../records/entities/policy-draft';
import { PolicyVersion } from '../records/entities/policy-version';
import { RoutingVersion } from '../records/entities/routing-version';
import { SystemRecord } from '../records/entities/system-record';
import { Vendor } from '../records/entities/vendor';
import { Wording } from '../records/entities/wording';

/** Tables whose every column is told by the history of the house, by name. */
export const HOUSE_TABLES = {
  people: Person,
  vendors: Vendor,
  ai_systems: AiSystem,
  system_records: SystemRecord,
  register_entries: RegisterEntry,
  register_versions: RegisterVersion,
  register_cases: RegisterCase,
  register_emptyings: RegisterEmptying,
  routing_versions: RoutingVersion,
  policies: PolicyVersion,
  policy_drafts: PolicyDraft,
  pattern_reviews: PatternReview,
  wordings: Wording,
} as const satisfies Record<string, EntityTarget<ObjectLiteral & { id: string }>>;
