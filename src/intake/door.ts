import type { Clock, NewId } from '../kernel/clock';
import type { JsonObject } from '../kernel/json';
import { Refusal } from '../kernel/refusals';
import { admitMessages, type Received, type Rejected } from './admitMessages';
import { checkMessage } from './checkMessage';
import type { InboxAppend } from './groupCommit';
import { MessageRefusal } from './messageRefusal';
import { envelopeOf, type OpenBody, openBody } from './openBody';

export interface DoorPorts {
  /** Resolves to the position when what is appended is durable. */
  readonly append: (append: InboxAppend) => Promise<bigint | null>;
  /** Throws the refusal OVERLOADED. */
  readonly refuseWhenBehind: (workspaceId: number) => void;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly maxBodyBytes: number;
  readonly onAdmitted?: (accepted: number, rejected: readonly Rejected[]) => void;
}

/** Where messages come from. */
export interface Sender {
  readonly workspaceId: number;
  readonly sourceId: number;
  /** The server itself has something to tell: of somebody who may have no identifiers but a vendor's, an address or a number. */
  readonly isServer?: boolean;
}

export interface Receipt {
  readonly accepted: number;
  /** Of the request in the inbox; null where nothing was accepted. */
  readonly position: bigint | null;
  readonly rejected: readonly Rejected[];
}

/** The one way into the inbox, for every protocol. What it answers is durable. */
export class Door {
  constructor(private readonly ports: DoorPorts) {}

  /** Throws the refusal OVERLOADED; to be asked before a body is read. */
  refuseWhenBehind(workspaceId: number): void {
    this.ports.refuseWhenBehind(workspaceId);
  }

  /** Rejects with the refusal UNAVAILABLE where the database does not take it. */
  async receive(sender: Sender, open: OpenBody, request: Pick<Received, 'call' | 'body'>): Promise<Receipt> {
    const { call, body } = request;
    const received = { sourceId: sender.sourceId, receivedAtMs: this.ports.clock(), call, body };
    const { entry, deadLetters, rejected } = admitMessages(open, received, this.ports.newId);
    const isNothing = entry === null && deadLetters.length === 0;
    const position = isNothing ? null : await this.ports.append({ workspaceId: sender.workspaceId, entry, deadLetters });
    const accepted = entry?.messageCount ?? 0;
    this.ports.onAdmitted?.(accepted, rejected);
    return { accepted, position, rejected };
  }

  /** A delivery that was found genuine, as JSON. Rejects with the refusal UNAVAILABLE where the database does not take it. */
  async receiveDelivery(sender: Sender, delivery: string, messageCount: number): Promise<Receipt> {
    const received = { sourceId: sender.sourceId, receivedAtMs: this.ports.clock(), messageCount, refused: [] };
    const entry = { ...received, call: 'webhook' as const, body: Buffer.from(delivery) };
    const position = await this.ports.append({ workspaceId: sender.workspaceId, entry, deadLetters: [] });
    this.ports.onAdmitted?.(messageCount, []);
    return { accepted: messageCount, position, rejected: [] };
  }

  /** A batch that did not come as a body. Refuses with OVERLOADED, BODY_TOO_LARGE, BODY_TOO_DEEP or UNAVAILABLE. */
  async accept(
    sender: Sender,
    messages: readonly JsonObject[],
  ): Promise<{ accepted: number; position: string | null; rejected: readonly Rejected[] }> {
    this.ports.refuseWhenBehind(sender.workspaceId);
    const body = Buffer.from(JSON.stringify({ batch: messages }));
    if (body.length > this.ports.maxBodyBytes) throw new Refusal('BODY_TOO_LARGE');
    const call = callOf(sender);
    const receipt = await this.receive(sender, openBody({ body, call }), { call, body });
    return { ...receipt, position: receipt.position === null ? null : String(receipt.position) };
  }

  /** Why the door would refuse a message; null where it would take it. */
  check(sender: Sender, message: JsonObject): { readonly code: string; readonly reason: string } | null {
    const call = callOf(sender);
    const open = openBody({ body: Buffer.from(JSON.stringify({ batch: [message] })), call });
    const envelope = envelopeOf(open, { sourceId: sender.sourceId, receivedAtMs: this.ports.clock(), call }, 'unplaced-');
    const [raw] = open.messages;
    const checked = raw === undefined ? null : checkMessage(raw, envelope);
    return checked instanceof MessageRefusal ? { code: checked.code, reason: checked.reason } : null;
  }
}

function callOf({ isServer = false }: Sender): 'own' | null {
  return isServer ? 'own' : null;
}
