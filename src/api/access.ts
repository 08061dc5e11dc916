import { Refusal } from '../kernel/refusals';
import { SCOPES, type Scope } from '../kernel/vocabulary';

/** Who is asking: an API key or somebody who signed in, in which workspace, and what they may do. */
export class Access {
  readonly seesPersonal: boolean;

  constructor(
    readonly workspaceId: number,
    /** The key's name, or the `sub` of who signed in: who did it, in the audit log. */
    readonly actor: string,
    private readonly scopes: ReadonlySet<string>,
  ) {
    this.seesPersonal = scopes.has('pii:read');
  }

  /** Refuses with FORBIDDEN where the key lacks the scope. */
  need(scope: Scope): void {
    if (!this.scopes.has(scope)) throw new Refusal('FORBIDDEN', `This needs a key with the scope ${scope}.`);
  }

  /** A key can hand on only what it has itself. Refuses with INVALID_INPUT or FORBIDDEN. */
  grantable(scopes: readonly string[]): readonly Scope[] {
    const known = SCOPES.filter((scope) => scopes.includes(scope));
    const unknown = scopes.find((scope) => !known.some((other) => other === scope));
    if (unknown !== undefined || known.length === 0) {
      throw new Refusal('INVALID_INPUT', `scopes must be one or more of ${SCOPES.join(', ')}.`);
    }
    for (const scope of known) this.need(scope);
    return known;
  }
}
