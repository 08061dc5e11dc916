import 'reflect-metadata';
import { join } from 'node:path';
import { DataSource, type Logger } from 'typeorm';
import { ownerConnection } from './pool';
import { AccountMemberRow } from './rows/accountMemberRow';
import { AccountRow } from './rows/accountRow';
import { AuditEntryRow } from './rows/auditEntryRow';
import { AuditHeadRow } from './rows/auditHeadRow';
import { AuditNoteRow } from './rows/auditNoteRow';
import { ChangeNoteRow } from './rows/changeNoteRow';
import { ChangeRow } from './rows/changeRow';
import { ComputedTraitRow } from './rows/computedTraitRow';
import { ConsentRow } from './rows/consentRow';
import { ConversationRow } from './rows/conversationRow';
import { CredentialRow } from './rows/credentialRow';
import { CustomerOrderRow } from './rows/customerOrderRow';
import { CustomerRow } from './rows/customerRow';
import { DeadLetterRow } from './rows/deadLetterRow';
import { DecisionRow } from './rows/decisionRow';
import { DeliveryRow } from './rows/deliveryRow';
import { DestinationRow } from './rows/destinationRow';
import { DroppedEventRow } from './rows/droppedEventRow';
import { DroppedSegmentRow } from './rows/droppedSegmentRow';
import { ErasureIdentifierRow } from './rows/erasureIdentifierRow';
import { ErasureProfileRow } from './rows/erasureProfileRow';
import { ErasureRow } from './rows/erasureRow';
import { EventMatchRow } from './rows/eventMatchRow';
import { ExperienceDueRow } from './rows/experienceDueRow';
import { ExperienceProgressRow } from './rows/experienceProgressRow';
import { FrictionSignalRow } from './rows/frictionSignalRow';
import { IdentifierRow } from './rows/identifierRow';
import { InboxRow } from './rows/inboxRow';
import { InfluenceCaseRow } from './rows/influenceCaseRow';
import { InteractionRow } from './rows/interactionRow';
import { LaneRow } from './rows/laneRow';
import { LinkRow } from './rows/linkRow';
import { MatchCandidateRow } from './rows/matchCandidateRow';
import { MatchDueRow } from './rows/matchDueRow';
import { MatchKeyRow } from './rows/matchKeyRow';
import { MatchModelRow } from './rows/matchModelRow';
import { PartLabelRow } from './rows/partLabelRow';
import { PerceptionRow } from './rows/perceptionRow';
import { ProfileMergeRow } from './rows/profileMergeRow';
import { ProfileRow } from './rows/profileRow';
import { RetentionProgressRow } from './rows/retentionProgressRow';
import { RuleChangeRow } from './rows/ruleChangeRow';
import { SearchTermRow } from './rows/searchTermRow';
import { SegmentMembershipRow } from './rows/segmentMembershipRow';
import { SegmentProgressRow } from './rows/segmentProgressRow';
import { SegmentRow } from './rows/segmentRow';
import { SegmentStayRow } from './rows/segmentStayRow';
import { SegmentTallyRow } from './rows/segmentTallyRow';
import { SegmentWakeRow } from './rows/segmentWakeRow';
import { SourceRow } from './rows/sourceRow';
import { SubscriptionRow } from './rows/subscriptionRow';
import { SuppressionRow } from './rows/suppressionRow';
import { SurveyAnswerRow } from './rows/surveyAnswerRow';
import { ToldFrictionRow } from './rows/toldFrictionRow';
import { TombstoneKeyRow } from './rows/tombstoneKeyRow';
import { TombstoneRow } from './rows/tombstoneRow';
import { TouchBackfillRow } from './rows/touchBackfillRow';
import { TouchChunkRow } from './rows/touchChunkRow';
import { TrackedEventRow } from './rows/trackedEventRow';
import { TraitStateRow } from './rows/traitStateRow';
import { ValueModelRow } from './rows/valueModelRow';
import { WorkspaceRow } from './rows/workspaceRow';

/** Both `src` and its build in `dist` have the migrations two folders up. */
const MIGRATIONS = join(__dirname, '..', '..', 'migrations', '*.{js,ts}');

const ROWS = [
  AccountMemberRow,
  AccountRow,
  AuditEntryRow,
  AuditHeadRow,
  AuditNoteRow,
  ChangeNoteRow,
  ChangeRow,
  ComputedTraitRow,
  ConsentRow,
  ConversationRow,
  CredentialRow,
  CustomerOrderRow,
  CustomerRow,
  DeadLetterRow,
  DecisionRow,
  DeliveryRow,
  DestinationRow,
  EventMatchRow,
  DroppedEventRow,
  DroppedSegmentRow,
  ExperienceDueRow,
  ExperienceProgressRow,
  FrictionSignalRow,
  IdentifierRow,
  InboxRow,
  InfluenceCaseRow,
  InteractionRow,
  LaneRow,
  LinkRow,
  MatchCandidateRow,
  MatchDueRow,
  MatchKeyRow,
  MatchModelRow,
  PartLabelRow,
  PerceptionRow,
  ProfileMergeRow,
  ProfileRow,
  RetentionProgressRow,
  RuleChangeRow,
  SearchTermRow,
  SegmentMembershipRow,
  SegmentProgressRow,
  SegmentRow,
  SegmentStayRow,
  SegmentTallyRow,
  SegmentWakeRow,
  SourceRow,
  SubscriptionRow,
  SuppressionRow,
  SurveyAnswerRow,
  ToldFrictionRow,
  TouchBackfillRow,
  TouchChunkRow,
  TrackedEventRow,
  TraitStateRow,
  ValueModelRow,
  ErasureIdentifierRow,
  ErasureProfileRow,
  ErasureRow,
  TombstoneKeyRow,
  TombstoneRow,
  WorkspaceRow,
];

/** Whatever the logging, TypeORM would write of failed migrations to the standard output; who runs them is told by what is thrown. */
const SILENT: Logger = {
  logQuery: () => undefined,
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};

/**
 * TypeORM's door to the database, with the owner's rights: migrations, and the rows' metadata. Nothing on a hot path goes through it. A statement that
 * waits longer for a lock fails with 55P03.
 */
export function createDataSource(databaseUrl: string, lockTimeoutMs = 2_000): DataSource {
  return new DataSource({
    type: 'postgres',
    extra: ownerConnection(databaseUrl, [`lock_timeout=${lockTimeoutMs}`]),
    poolSize: 2,
    entities: ROWS,
    migrations: [MIGRATIONS],
    migrationsTableName: 'schema_migration',
    migrationsTransactionMode: 'each',
    synchronize: false,
    installExtensions: false,
    logging: false,
    logger: SILENT,
  });
}
