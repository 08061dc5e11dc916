import type { Fact } from '../fact';
import type { FrictionSettings } from './frictionSettings';
import type { FrictionHistory } from './history';
import type { Sign } from './sign';

/** Payments fail again within days without one that is made between. Grain: from the first failure until the next payment, which ends it. */
export function failedPayments({ facts, settings }: FrictionHistory): Sign[] {
  const signs: Sign[] = [];
  let failures: Fact[] = [];
  for (const fact of facts) {
    if (fact.kind === 'PAYMENT_FAILED') failures.push(fact);
    if (fact.kind !== 'PAYMENT_MADE') continue;
    signs.push(...signOf(failures, fact, settings));
    failures = [];
  }
  return [...signs, ...signOf(failures, null, settings)];
}

function signOf(failures: readonly Fact[], payment: Fact | null, settings: FrictionSettings): Sign[] {
  const needed = settings.failedPayments - 1;
  const last = failures.findIndex((fact, index) => {
    const first = failures[index - needed];
    return first !== undefined && fact.occurredAtMs - first.occurredAtMs < settings.failedPaymentsWithinMs;
  });
  const about = failures[last - needed];
  const detecting = failures[last];
  if (!about || !detecting) return [];
  const evidence = failures.slice(last - needed);
  const another = failures[last + 1];
  return [
    {
      kind: 'FAILED_PAYMENT',
      about,
      evidence: payment ? [...evidence, payment] : evidence,
      severity: 'MEDIUM',
      detectedAtMs: detecting.occurredAtMs,
      worseAtMs: another?.occurredAtMs ?? null,
      endsAtMs: payment?.occurredAtMs ?? null,
      message: `${evidence.length} payments failed one after another`,
    },
  ];
}
