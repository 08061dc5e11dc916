import type { Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Config } from '../config';

const FLUSH_MS = 1_000;

export interface TraceExport {
  readonly tracer: Tracer;
  /** Sends what is left, for two seconds at most. */
  stop(): Promise<void>;
}

/** Sends spans as OTLP over HTTP, to where the standard variables of the environment say, which the exporter reads itself. */
export function startTraceExport(config: Pick<Config, 'traceSampler'>, processName: string): TraceExport {
  const own = resourceFromAttributes({ 'service.name': 'throughline', 'throughline.process': processName });
  const provider = new TracerProvider({
    resource: defaultResource()
      .merge(own)
      .merge(detectResources({ detectors: [envDetector] })),
    sampler: samplerOf(config.traceSampler),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  return {
    tracer: provider.getTracer('throughline'),
    async stop() {
      await provider.forceFlush({ timeoutMillis: FLUSH_MS }).catch(() => undefined);
      await Promise.race([provider.shutdown().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, FLUSH_MS).unref())]);
    },
  };
}

function samplerOf({ root, ratio, isParentBased }: Config['traceSampler']): Sampler {
  const sampler =
    root === 'always_on' ? new AlwaysOnSampler() : root === 'always_off' ? new AlwaysOffSampler() : new TraceIdRatioBasedSampler(ratio);
  return isParentBased ? new ParentBasedSampler({ root: sampler }) : sampler;
}
