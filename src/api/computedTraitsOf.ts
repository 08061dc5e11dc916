import type { Json, JsonObject } from '../kernel/json';
import { isPersonalKey } from '../profile/personalKeys';
import type { ProfileAt } from './loaders/segmentLoaders';
import { maskField } from './masking';
import type { RequestContext } from './requestContext';

/** The values of a profile's computed traits as this key may see them: one is personal as the property that it is counted from is. */
export async function computedTraitsOf(context: RequestContext, profile: ProfileAt): Promise<JsonObject> {
  const values = await context.segments.computedValues.load(profile);
  if (context.access.seesPersonal) return values;
  const traits = new Map((await context.segments.computedTraits()).map((trait) => [trait.key, trait]));
  const masked: Record<string, Json> = Object.create(null);
  for (const [key, value] of Object.entries(values)) {
    const { aggregate, property } = traits.get(key)?.definition ?? { aggregate: null, property: null };
    const personal = aggregate === 'count' ? undefined : property?.find(isPersonalKey);
    if (value !== undefined) masked[key] = maskField(personal ?? key, value);
  }
  return masked;
}
