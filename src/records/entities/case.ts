import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/time';

/** A complaint on its way from lodging to closure. Columns ending in `Sealed` are ciphertext under the key of the case. */
@Entity('cases')
@Index(['nextDueOn', 'id'])
@Index(['lateToldTo', 'id'], { where: '"lateToldTo" IS NOT NULL' })
@Index(['lodgedOn', 'id'])
@Index(['closedOn', 'id'], { where: '"closedOn" IS NOT NULL' })
@Index(['alertSince', 'id'], { where: '"alertSince" IS NOT NULL' })
export class Case {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** Random name of this case in the ledger. */
  @Column({ type: 'varchar', length: 36, unique: true })
  ledgerId!: string;

  /** Public name, `RD-7K3F-9QXM`. */
  @Column({ type: 'varchar', length: 64, unique: true })
  reference!: string;

  @Column({ type: 'varchar', length: 64 })
  state!: string;

  /** Rises by one with every change; what `If-Match` names. */
  @Column({ type: 'integer' })
  revision!: number;

  /** Workflow, clocks and calendars this case was opened under. */
  @Column({ type: 'varchar', length: 64 })
  policyVersion!: string;

  @Column({ type: 'varchar', length: 10 })
  lodgedOn!: Day;

  @Column({ type: 'varchar', length: 64 })
  language!: string;

  @Column({ type: 'varchar', length: 64 })
  channel!: string;

  @Column({ type: 'varchar', length: 64 })
  identityMode!: string;

  @Column({ type: 'varchar', length: 64 })
  complainantRole!: string;

  /** Own rating; null: the question was skipped. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  fearOfReprisal!: string | null;

  @Column({ type: 'boolean', nullable: true })
  awareOfAiUse!: boolean | null;

  @Column({ type: 'text' })
  narrativeSealed!: string;

  @Column({ type: 'text', nullable: true })
  desiredOutcomeSealed!: string | null;

  @Column({ type: 'text', nullable: true })
  whenHappenedSealed!: string | null;

  @Column({ type: 'text', nullable: true })
  systemKnownSealed!: string | null;

  @Column({ type: 'text', nullable: true })
  reprisalTextSealed!: string | null;

  @Column({ type: 'text', nullable: true })
  accommodationSealed!: string | null;

  /** People or units who must not see the case, as the complainant said at lodging. */
  @Column({ type: 'text', nullable: true })
  keepOutSealed!: string | null;

  /** Said at lodging; null: not said. */
  @Column({ type: 'boolean', nullable: true })
  systemUnknown!: boolean | null;

  /** The legal hold that stands from receipt where a system is named; false once it was released. Further ones: `legal_holds`. */
  @Column({ type: 'boolean' })
  legalHold!: boolean;

  @Column({ type: 'varchar', length: 64, nullable: true })
  jurisdiction!: string | null;

  @Column({ type: 'boolean', nullable: true })
  isDataRightsRequest!: boolean | null;

  @Column({ type: 'boolean', nullable: true })
  reporterIsWorker!: boolean | null;

  @Column({ type: 'boolean', nullable: true })
  concernsListedLaw!: boolean | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  useDomain!: string | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  lifecycleStage!: string | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  stateNexus!: string | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  decisionMode!: string | null;

  @Column({ type: 'simple-json', nullable: true })
  rights!: string[] | null;

  @Column({ type: 'simple-json', nullable: true })
  harms!: string[] | null;

  /** Affected groups as a JSON list: of one person, they can be data of a special category. */
  @Column({ type: 'text', nullable: true })
  groupsSealed!: string | null;

  @Column({ type: 'simple-json', nullable: true })
  rootCauses!: string[] | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  nature!: string | null;

  @Column({ type: 'integer', nullable: true })
  scale!: number | null;

  @Column({ type: 'integer', nullable: true })
  scope!: number | null;

  @Column({ type: 'integer', nullable: true })
  irremediability!: number | null;

  @Column({ type: 'integer', nullable: true })
  likelihood!: number | null;

  @Column({ type: 'boolean', nullable: true })
  vulnerable!: boolean | null;

  @Column({ type: 'boolean', nullable: true })
  delayMakesIrremediable!: boolean | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  tier!: string | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  reprisalLevel!: string | null;

  @Column({ type: 'boolean', nullable: true })
  isDefender!: boolean | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  track!: string | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  interimDecision!: string | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  involvement!: string | null;

  /** AGREED or NOT_AGREED. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  agreement!: string | null;

  /** FULL, PARTLY, NO or UNVERIFIED. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  verification!: string | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  declineCode!: string | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  closureCode!: string | null;

  @Column({ type: 'simple-json', nullable: true })
  systemicEffects!: string[] | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  closedOn!: Day | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  suspendedGround!: string | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  suspendedUntil!: Day | null;

  @Column({ type: 'boolean', nullable: true })
  withdrawalPressure!: boolean | null;

  /** How many of the newest attempts to reach the person were made since they were last heard. */
  @Column({ type: 'integer' })
  contactAttempts!: number;

  /** Earliest internal due day of the running clocks; what the queue sorts by. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  nextDueOn!: Day | null;

  /** The rung of the ladder that was told that something is late and has not answered. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  lateToldTo!: string | null;

  /** Texts, files, names and contacts are gone since this day. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  erasedOn!: Day | null;

  /** The schedule that was due, or that it was asked for. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  erasedUnder!: string | null;

  /** Since when a protection officer has to look whether the person is safe; null where nobody has to. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  alertSince!: Day | null;

  /** By when the risk of reprisal is looked at again; null where nobody rated it, and after the end, which has reviews of its own. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  reprisalReviewOn!: Day | null;

  /** Of a complaint for a group: who belongs to it, as the person, or who acts for her, told. */
  @Column({ type: 'text', nullable: true })
  groupDefinitionSealed!: string | null;

  /** The same, as staff wrote it. */
  @Column({ type: 'text', nullable: true })
  groupByStaffSealed!: string | null;

  @Column({ type: 'integer', nullable: true })
  estimatedSize!: number | null;

  /** A code of `MEMBERSHIP_MODES`. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  membershipMode!: string | null;

  @Column({ type: 'boolean', nullable: true })
  individualRemedyNeeded!: boolean | null;

  /** During the monitoring of a remedy: the day on which somebody last looked whether the harm came back. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  lookedAtOn!: Day | null;

  /** A code of `REFERRAL_ANSWERS`: what the body to which the case was passed on said last. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  referralAnswer!: string | null;
}
