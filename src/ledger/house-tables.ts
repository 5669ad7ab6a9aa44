import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { AiSystem } from '../records/entities/ai-system';
import { Person } from '../records/entities/person';
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
  routing_versions: RoutingVersion,
  wordings: Wording,
} as const satisfies Record<string, EntityTarget<ObjectLiteral & { id: string }>>;
