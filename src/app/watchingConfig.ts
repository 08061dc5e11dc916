import { z } from 'zod';
import { numberFrom } from './wholeNumber';

const ROOT_SAMPLERS = ['always_on', 'always_off', 'traceidratio'] as const;
type TraceSampler = (typeof ROOT_SAMPLERS)[number];
/** Names of OpenTelemetry's. */
const TRACE_SAMPLERS = [...ROOT_SAMPLERS, 'parentbased_always_on', 'parentbased_always_off', 'parentbased_traceidratio'] as const;

/** What others may see of the processes at work. */
export interface WatchingConfig {
  /** What GET /metrics asks for as `Authorization: Bearer …`; null: it answers this machine alone. */
  readonly metricsToken: string | null;
  /** Where the first worker answers /metrics, /readyz and /healthz, the others at the ports after it; null: nowhere. */
  readonly metricsPort: number | null;
  /** Whether traces are sent: OTEL_EXPORTER_OTLP_ENDPOINT or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is set and OTEL_SDK_DISABLED is not true. */
  readonly isTraced: boolean;
  /** Which traces are kept. (Default: all, and of those that began elsewhere the ones that are kept there; OTEL_TRACES_SAMPLER and its _ARG) */
  readonly traceSampler: { readonly root: TraceSampler; readonly ratio: number; readonly isParentBased: boolean };
  /** Of reads one of so many is noted in the audit log: 1 for all, 0 for none. (Default: 1; AUDIT_READS=full, sampled:N or off) */
  readonly auditReadsOneIn: number;
}

export function httpUrl(example: string) {
  return z.string().refine((text) => /^https?:\/\/[^/]/.test(text) && URL.canParse(text), { error: `must look like ${example}` });
}

/** For the schema of the environment. */
export const WATCHING_ENVIRONMENT = {
  METRICS_TOKEN: z
    .string()
    .regex(/^[!-~]{16,200}$/, { error: 'must be 16 to 200 visible ASCII characters' })
    .optional(),
  METRICS_PORT: numberFrom(1, 65_535).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl('http://localhost:4318').optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: httpUrl('http://localhost:4318/v1/traces').optional(),
  OTEL_TRACES_SAMPLER: z.enum(TRACE_SAMPLERS, { error: `must be one of ${TRACE_SAMPLERS.join(', ')}` }).default('parentbased_always_on'),
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .refine((text) => /^(0|1|0?\.\d+|[01]\.\d+)$/.test(text) && Number(text) <= 1, { error: 'must be a share from 0 to 1' })
    .transform(Number)
    .default(1),
  OTEL_SDK_DISABLED: z.enum(['true', 'false'], { error: 'must be true or false' }).optional(),
  AUDIT_READS: z
    .string()
    .regex(/^(full|off|sampled:[1-9][0-9]{0,5})$/, { error: 'must be full, off or sampled:N, such as sampled:10 for every tenth read' })
    .default('full'),
};

type Settings = z.infer<z.ZodObject<typeof WATCHING_ENVIRONMENT>>;

export function watchingOf(settings: Settings): WatchingConfig {
  const endpoint = settings.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? settings.OTEL_EXPORTER_OTLP_ENDPOINT;
  return {
    metricsToken: settings.METRICS_TOKEN ?? null,
    metricsPort: settings.METRICS_PORT ?? null,
    isTraced: settings.OTEL_SDK_DISABLED !== 'true' && endpoint !== undefined,
    traceSampler: traceSamplerOf(settings),
    auditReadsOneIn: oneInOf(settings.AUDIT_READS),
  };
}

function traceSamplerOf({ OTEL_TRACES_SAMPLER: name, OTEL_TRACES_SAMPLER_ARG: ratio }: Settings): WatchingConfig['traceSampler'] {
  const isParentBased = name.startsWith('parentbased_');
  return { root: name.replace('parentbased_', '') as TraceSampler, ratio, isParentBased };
}

function oneInOf(reads: string): number {
  if (reads === 'off') return 0;
  return reads === 'full' ? 1 : Number(reads.slice('sampled:'.length));
}
