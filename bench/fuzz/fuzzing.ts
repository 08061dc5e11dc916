import { buildSchema } from '../../src/api/schema';
import type { FuzzInput, FuzzTarget } from './input';
import { judge, PATIENCE_CODES } from './judge';
import { type InputKind, type Making, makeInput } from './makeInput';
import { Nonsense } from './nonsense';
import { type Outcome, Sending } from './send';

export interface FuzzOptions {
  readonly seed: number;
  /** The numbers of the inputs: [from, to) */
  readonly from: number;
  readonly to: number;
  /** Ids of what the run itself needs, which mutations must not be pointed at. */
  readonly sparedIds: ReadonlySet<string>;
  /** Called after each input, one at a time. */
  readonly onSent?: (sent: number) => Promise<void>;
}

export interface Finding {
  readonly index: number;
  readonly kind: InputKind;
  readonly fault: string;
  readonly input: string;
  readonly answer: string;
}

export interface FuzzReport {
  readonly sent: number;
  readonly findings: readonly Finding[];
  /** By kind of input and status, such as `intake 200`. */
  readonly answers: ReadonlyMap<string, number>;
  readonly codes: ReadonlyMap<string, number>;
  /** What took too long, by its code and what was asked for. */
  readonly patience: ReadonlyMap<string, number>;
  /** Ids of messages that the server took, or refused one by one. */
  readonly answered: ReadonlySet<string>;
}

const PARALLEL = 12;
const PUBLIC_ID = /\b(?:prf|int|acc|src|dlt|key|mrg|mch|aud|seg|dst|chg)_[0-9a-f]{1,32}\b/g;
const MOST_IDS = 500;
const MOST_SHOWN = 1_500;

/** Sends inputs, several at a time, and judges every answer. */
export class Fuzzing {
  private readonly answers = new Map<string, number>();
  private readonly codes = new Map<string, number>();
  private readonly patience = new Map<string, number>();
  private readonly findings: Finding[] = [];
  private readonly answered = new Set<string>();
  private readonly ids: string[] = [];
  private sent = 0;

  private constructor(
    private readonly sending: Sending,
    private readonly options: FuzzOptions,
  ) {}

  static async run(target: FuzzTarget, options: FuzzOptions): Promise<FuzzReport> {
    const sending = new Sending(target.address);
    const fuzzing = new Fuzzing(sending, options);
    const making = { seed: options.seed, schema: buildSchema(), nonsense: new Nonsense(options.seed), target, ids: fuzzing.ids };
    await fuzzing.sendAll(making);
    sending.close();
    const { sent, findings, answers, codes, patience, answered } = fuzzing;
    return { sent, findings, answers, codes, patience, answered };
  }

  private async sendAll(making: Making): Promise<void> {
    let next = this.options.from;
    let telling = Promise.resolve();
    const one = async () => {
      while (next < this.options.to) {
        const index = next++;
        const { kind, input } = makeInput(index, making);
        this.note(index, kind, input, await this.sending.send(input));
        const sent = ++this.sent;
        telling = telling.then(() => this.options.onSent?.(sent));
        await telling;
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, one));
  }

  private note(index: number, kind: InputKind, input: FuzzInput, outcome: Outcome): void {
    const { fault, codes } = judge(input, outcome);
    count(this.answers, `${kind} ${outcome.status ?? 'none'}`);
    for (const code of codes) count(this.codes, code);
    for (const code of codes) if (PATIENCE_CODES.has(code)) count(this.patience, `${code} of ${kind} ${rootField(input)}`);
    if (fault !== null) this.findings.push({ index, kind, fault, input: shown(input), answer: shortened(outcome.body) });
    if (input.kind === 'http' && outcome.status === 200) for (const id of input.messageIds) this.answered.add(id);
    for (const [id] of outcome.body.slice(0, 50_000).matchAll(PUBLIC_ID)) this.learn(id);
  }

  /** The latest few hundred, so that what is gone is not asked for for ever. */
  private learn(id: string): void {
    if (this.options.sparedIds.has(id)) return;
    if (this.ids.length < MOST_IDS) this.ids.push(id);
    else this.ids[this.sent % MOST_IDS] = id;
  }
}

function shown(input: FuzzInput): string {
  if (input.kind === 'raw') return shortened(input.bytes.toString('latin1'));
  if (input.kind === 'socket') return shortened(JSON.stringify(input.frames.map(String)));
  return shortened(`${input.method} ${input.path} ${JSON.stringify(input.headers)}\n${input.body?.toString('utf8') ?? ''}`);
}

/** Of an operation of GraphQL; else nothing. */
function rootField(input: FuzzInput): string {
  const body = input.kind === 'http' ? (input.body?.toString('utf8') ?? input.path) : '';
  return /(?:query|mutation|subscription)(?:\([^)]*\))? \{ (?:other\d: )?(\w+)/.exec(body)?.[1] ?? '';
}

function shortened(text: string): string {
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
