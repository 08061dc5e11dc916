import { CHANNELS, DEPARTMENTS } from '../../kernel/vocabulary';
import type { SucceedingSignal } from '../../measures/friction/succession';
import { arrayText } from '../arrayText';
import { replaceRows, smallint, text, textual, time } from './replaceRows';

/** Grain: one row a profile and sign. */
export const replaceFrictionSignals = replaceRows<SucceedingSignal>('friction_signal', 'signal_key', [
  text('signal_key', (signal) => signal.key),
  text('kind', (signal) => signal.kind),
  text('severity', (signal) => signal.severity),
  smallint('department', (signal) => DEPARTMENTS.indexOf(signal.department)),
  smallint('channel', (signal) => CHANNELS.indexOf(signal.channel)),
  time('detected_at', (signal) => signal.detectedAtMs),
  time('resolved_at', (signal) => signal.resolvedAtMs),
  text('message', (signal) => signal.message),
  textual('evidence', 'uuid[]', (signal) => arrayText(signal.evidence)),
  time('previous_at', (signal) => signal.previousAtMs),
  time('previous_in_channel_at', (signal) => signal.previousInChannelAtMs),
  time('previous_of_any_at', (signal) => signal.previousOfAnyAtMs),
]);
