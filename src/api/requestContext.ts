import type { Clock, NewId } from '../kernel/clock';
import type { StopSignal } from '../kernel/stopSignal';
import type { TextSentiment } from '../timeline/sentiment/textSentiment';
import type { Access } from './access';
import { type ProfileLoaders, profileLoaders } from './loaders/profileLoaders';
import { type RelatedLoaders, relatedLoaders } from './loaders/relatedLoaders';
import { type SegmentLoaders, segmentLoaders } from './loaders/segmentLoaders';
import { TimelineLoaders } from './loaders/timelineLoaders';
import { TimelineSearch } from './loaders/timelineSearch';
import type { Meter } from './meter';
import type { Operation } from './operation';
import type { ApiPorts } from './ports/apiPorts';
import type { QueryNeeds } from './queryNeeds';
import { ReadTrail } from './readTrail';
import type { PositionWatch } from './readYourWrites';
import type { WorkspaceSettings } from './workspaceSettings';

/** Makes a key nobody can guess. */
export type NewKey = (kind: 'api' | 'write') => string;

/** Everything that one GraphQL request works with. It lives as long as the request, and so do the loaders' memories. */
export interface RequestContext {
  readonly access: Access;
  readonly settings: WorkspaceSettings;
  readonly ports: ApiPorts;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly newKey: NewKey;
  readonly sentimentOf: TextSentiment;
  /** What the query selects, filled in before it runs. */
  readonly needs: QueryNeeds;
  readonly profiles: ProfileLoaders;
  readonly timelines: TimelineLoaders;
  readonly timelineSearch: TimelineSearch;
  readonly related: RelatedLoaders;
  readonly segments: SegmentLoaders;
  /** Whom it shows. */
  readonly trail: ReadTrail;
  /** To read what was just written. */
  readonly positions: Pick<PositionWatch, 'reached'>;
  readonly operation: Operation;
  /** Null where nothing is limited. */
  readonly meter: Meter | null;
  /** Null where nothing can be streamed. */
  readonly live: LiveReceiver | null;
}

/** Whom a subscription tells. */
export interface LiveReceiver {
  /** Of the event that arrived last, as the transport says; what the subscription itself says counts more. */
  readonly lastEventId: string | null;
  readonly onTooSlow: () => void;
}

export interface RequestSurroundings {
  /** What reads for one request only; it stops with the signal. */
  readonly portsOf: (signal: StopSignal) => ApiPorts;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly newKey: NewKey;
  /** Of customers' words. */
  readonly sentimentOf: TextSentiment;
  readonly positions: Pick<PositionWatch, 'reached'>;
}

/** What one request brings with it. */
export interface RequestParts {
  readonly access: Access;
  readonly settings: WorkspaceSettings;
  readonly operation: Operation;
  readonly meter: Meter | null;
  readonly live: LiveReceiver | null;
}

export function requestContext(surroundings: RequestSurroundings, parts: RequestParts): RequestContext {
  const { portsOf, clock, newId, newKey, sentimentOf, positions } = surroundings;
  const { access, settings, operation, meter, live } = parts;
  const ports = portsOf(operation.signal);
  const needs: QueryNeeds = { sightings: false, traits: false };
  return {
    ports,
    clock,
    newId,
    newKey,
    sentimentOf,
    positions,
    access,
    settings,
    operation,
    meter,
    needs,
    profiles: profileLoaders(ports.profiles, access.workspaceId, needs, settings.survivorship),
    timelines: new TimelineLoaders(ports.timelines, access.workspaceId),
    timelineSearch: new TimelineSearch(ports.timelines, access.workspaceId),
    related: relatedLoaders(ports, access.workspaceId),
    segments: segmentLoaders(ports.segments, access.workspaceId, clock),
    trail: new ReadTrail(),
    live,
  };
}
