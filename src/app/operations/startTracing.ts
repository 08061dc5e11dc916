import type { Config } from '../config';
import type { Tracing } from './tracing';

export interface RunningTracing {
  /** Null where no traces are kept. */
  readonly tracing: Tracing | null;
  stop(): Promise<void>;
}

/** OpenTelemetry is loaded only where it is asked for. */
export async function startTracing(config: Pick<Config, 'isTraced' | 'traceSampler'>, processName: string): Promise<RunningTracing> {
  if (!config.isTraced) return { tracing: null, stop: () => Promise.resolve() };
  const [{ startTraceExport }, { Tracing: Started }] = await Promise.all([import('./traceExport.js'), import('./tracing.js')]);
  const exported = startTraceExport(config, processName);
  return { tracing: new Started(exported.tracer), stop: () => exported.stop() };
}
