import type { JsonObject } from '../../../kernel/json';
import { known, neededText, numberIn, textIn } from '../payload';
import type { VendorMessage } from '../webhookVendor';
import { partyOf } from './party';

/** Nobody of the company spoke with who called. */
const UNANSWERED = ['no-answer', 'busy', 'failed', 'canceled'];

/**
 * What became of a call, by `CallStatus`: ringing and answered are the one start of it, whichever is told first. An inbound call that was put
 * through to nobody (`DialCallStatus`) was abandoned, although Twilio had answered it.
 */
export function callMessages(parameters: JsonObject): readonly VendorMessage[] {
  const sid = neededText(parameters, 'CallSid');
  const isInbound = !textIn(parameters, 'Direction')?.startsWith('outbound');
  const status = (textIn(parameters, 'CallStatus') ?? '').toLowerCase();
  const dialled = textIn(parameters, 'DialCallStatus')?.toLowerCase() ?? null;
  const step = stepOf(status, dialled, isInbound);
  if (step === null) return [];
  const at = Date.parse(textIn(parameters, 'Timestamp') ?? '');
  return [
    {
      type: 'track',
      messageId: `${sid}-${step.name}`,
      ...(Number.isNaN(at) ? {} : { timestamp: new Date(at).toISOString() }),
      event: step.event,
      properties: known({
        call_id: sid,
        direction: isInbound ? 'inbound' : 'outbound',
        duration_seconds: numberIn(parameters, 'CallDuration', 'DialCallDuration'),
        reason: step.reason,
        to: textIn(parameters, isInbound ? 'To' : 'From'),
        recording_url: textIn(parameters, 'RecordingUrl'),
      }),
      context: partyOf(textIn(parameters, isInbound ? 'From' : 'To')).context,
    },
  ];
}

interface Step {
  readonly name: string;
  readonly event: string;
  readonly reason?: string;
}

function stepOf(status: string, dialled: string | null, isInbound: boolean): Step | null {
  if (isInbound && dialled !== null && UNANSWERED.includes(dialled)) return { name: 'abandoned', event: 'Call Abandoned', reason: dialled };
  if (status === 'ringing' || status === 'in-progress') return { name: 'started', event: 'Call Started' };
  if (status === 'completed') return { name: 'ended', event: 'Call Ended' };
  if (!UNANSWERED.includes(status)) return null;
  // The customer did not come to the telephone: the company's call is over, nobody waited.
  return isInbound
    ? { name: 'abandoned', event: 'Call Abandoned', reason: status }
    : { name: 'ended', event: 'Call Ended', reason: status };
}
