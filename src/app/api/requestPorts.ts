import type { AccountReader } from '../../api/ports/accountReader';
import type { ApiPorts } from '../../api/ports/apiPorts';
import type { AuditLog } from '../../api/ports/auditLog';
import type { ExperienceReports } from '../../api/ports/experienceReports';
import type { IdentityGraphReader } from '../../api/ports/identityGraphReader';
import type { PathReader } from '../../api/ports/pathReader';
import type { ProfileReader } from '../../api/ports/profileReader';
import type { SegmentReader } from '../../api/ports/segmentReader';
import type { TimelineReader } from '../../api/ports/timelineReader';
import type { StopSignal } from '../../kernel/stopSignal';
import { endingWith, type WorkspaceConnections } from '../../storage/workspaceConnections';
import { auditLog } from '../audit/auditLog';
import type { ChunkPathReader } from '../journeys/chunkPathReader';
import { experienceReports } from './experienceReports';
import { identityGraphReader } from './identityGraphReader';
import { accountReader, profileReader } from './profileReaders';
import { type SegmentReaderOptions, segmentReader } from './segmentReader';
import { timelineReader } from './timelineReader';

export interface ReaderOptions extends SegmentReaderOptions {
  readonly connections: WorkspaceConnections;
  readonly reportConnections: WorkspaceConnections;
  readonly paths: ChunkPathReader;
}

/** Who reads for one request, and for as long as somebody waits for that. A reader is made when it is asked for: most requests need two. */
class RequestReaders {
  private readonly connections: WorkspaceConnections;

  constructor(
    private readonly options: ReaderOptions,
    private readonly signal: StopSignal,
  ) {
    this.connections = endingWith(options.connections, signal);
  }

  get profiles(): ProfileReader {
    return profileReader(this.connections);
  }

  get timelines(): TimelineReader {
    return timelineReader(this.connections);
  }

  get identityGraphs(): IdentityGraphReader {
    return identityGraphReader(this.connections);
  }

  get accounts(): AccountReader {
    return accountReader(this.connections);
  }

  get segments(): SegmentReader {
    return segmentReader(this.connections, this.options);
  }

  get audit(): AuditLog {
    return auditLog(this.connections, this.options.pool);
  }

  get reports(): ExperienceReports {
    return experienceReports(endingWith(this.options.reportConnections, this.signal));
  }

  get paths(): PathReader {
    return this.options.paths.endingWith(this.signal);
  }
}

/** Ports that serve all requests. */
export type SharedPorts = Omit<ApiPorts, keyof RequestReaders>;

/** The ports of one request: its own readers, and those that it shares with all others, which are not copied each time. */
export function requestPorts(shared: SharedPorts, options: ReaderOptions): (signal: StopSignal) => ApiPorts {
  class RequestPorts extends RequestReaders {}
  Object.assign(RequestPorts.prototype, shared);
  return (signal) => new RequestPorts(options, signal) as RequestReaders & SharedPorts;
}
