import { FRICTION_DEFAULTS, type FrictionSettings } from './friction/frictionSettings';
import type { MeasureSettings } from './settings';

/** Friction goes by the workspace's own targets for replies. */
export function frictionSettings({ replyTargets }: MeasureSettings): FrictionSettings {
  return { ...FRICTION_DEFAULTS, waitTargets: replyTargets };
}
