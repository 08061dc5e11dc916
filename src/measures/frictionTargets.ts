import { CHANNELS, type Channel } from '../kernel/vocabulary';
import { MINUTE_MS } from './businessHours';
import { FRICTION_DEFAULTS, type FrictionSettings, type WaitTarget } from './friction/frictionSettings';
import type { MeasureSettings } from './settings';

/** Friction goes by the workspace's own targets for replies. */
export function frictionSettings({ replyTargets }: MeasureSettings): FrictionSettings {
  const waitTargets = Object.fromEntries(
    CHANNELS.map((channel): [Channel, WaitTarget] => {
      const { minutes, clock } = replyTargets[channel];
      return [channel, { ms: minutes * MINUTE_MS, inBusinessHours: clock === 'BUSINESS' }];
    }),
  );
  return { ...FRICTION_DEFAULTS, waitTargets };
}
