import type { AccountReader } from './accountReader';
import type { AuditLog } from './auditLog';
import type { ConfigurationStore } from './configurationStore';
import type { DecisionDesk } from './decisionDesk';
import type { DestinationDesk } from './destinationDesk';
import type { ExperienceReports } from './experienceReports';
import type { ExperienceSettingsStore } from './experienceSettingsStore';
import type { IdentityGraphReader } from './identityGraphReader';
import type { IdentityRulesStore } from './identityRulesStore';
import type { IngestionStore } from './ingestionStore';
import type { KeyDesk } from './keyDesk';
import type { LiveEvents } from './liveEvents';
import type { MatchDesk } from './matchDesk';
import type { MessageDoor } from './messageDoor';
import type { PathReader } from './pathReader';
import type { PrivacyDesk } from './privacyDesk';
import type { ProfileReader } from './profileReader';
import type { ReadLog } from './readLog';
import type { SegmentDesk } from './segmentDesk';
import type { SegmentReader } from './segmentReader';
import type { TimelineReader } from './timelineReader';
import type { ValueModels } from './valueModels';

/**
 * What the API needs from outside. Every call is about one workspace; whatever belongs to another one is simply not in the answer.
 * 64-bit ids of identifiers travel as decimal text, UUIDs as their usual text, times as milliseconds since 1970.
 */
export interface ApiPorts {
  readonly profiles: ProfileReader;
  readonly timelines: TimelineReader;
  readonly paths: PathReader;
  readonly identityGraphs: IdentityGraphReader;
  readonly identityRules: IdentityRulesStore;
  readonly matches: MatchDesk;
  readonly decisions: DecisionDesk;
  readonly audit: AuditLog;
  readonly reads: ReadLog;
  readonly reports: ExperienceReports;
  readonly experienceSettings: ExperienceSettingsStore;
  readonly values: ValueModels;
  readonly segments: SegmentReader;
  readonly segmentDesk: SegmentDesk;
  readonly accounts: AccountReader;
  readonly configuration: ConfigurationStore;
  readonly keys: KeyDesk;
  readonly ingestion: IngestionStore;
  readonly door: MessageDoor;
  readonly live: LiveEvents;
  readonly destinations: DestinationDesk;
  readonly privacy: PrivacyDesk;
}
