import type { FrictionSettings } from './friction/frictionSettings';
import type { MeasureSettings } from './settings';

/** Friction goes by the workspace's own targets for replies. */
export function frictionSettings({ replyTargets, friction }: MeasureSettings): FrictionSettings {
  return { ...friction, waitTargets: replyTargets };
}
