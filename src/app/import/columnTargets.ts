import { identifierTypeOf, isIdentifierType } from '../../identity/identifierType';
import { FileFault } from './importRow';

/** What a column's values are taken for. */
export type ColumnTarget =
  | { readonly kind: 'userId' | 'anonymousId' }
  | { readonly kind: 'timestamp' }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'identifier'; readonly type: string }
  | { readonly kind: 'trait'; readonly key: string };

/** How targets are written in `--map` and shown: those with a name of their own, then identifiers (they have a dot), then traits. */
const NAMED: Readonly<Record<string, ColumnTarget>> = {
  user_id: { kind: 'userId' },
  anonymous_id: { kind: 'anonymousId' },
  timestamp: { kind: 'timestamp' },
  '-': { kind: 'ignored' },
};

/** Names that columns have in the exports of common tools, letters and digits only, by target; `id` is the source's own id. */
const KNOWN_COLUMNS: Readonly<Record<string, string>> = {
  user_id: 'userid uid',
  anonymous_id: 'anonymousid',
  timestamp: 'timestamp updatedat lastmodified lastmodifieddate modifiedat modifieddate lastupdated',
  id: 'id customerid contactid clientid personid leadid memberid recordid externalid customernumber customerno kundennummer kundennr',
  email: 'email emailaddress mail mailaddress primaryemail workemail emailadresse',
  phone:
    'phone phonenumber primaryphone workphone mobile mobilephone mobilenumber cell cellphone tel telephone telefon telefonnummer handy',
  firstName: 'firstname givenname forename vorname',
  lastName: 'lastname familyname surname nachname',
  name: 'name fullname displayname contactname customername',
  company: 'company companyname organisation organization organisationname organizationname firma',
  birthday: 'birthday birthdate dateofbirth dob geburtsdatum',
  createdAt: 'createdat created createdate createddate creationdate signupdate signedupat registeredat',
};

const TARGET_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(KNOWN_COLUMNS).flatMap(([target, columns]) => columns.split(' ').map((column) => [column, target] as const)),
);

export interface ColumnRules {
  /** By column, in the words of `--map`. */
  readonly mapped: ReadonlyMap<string, string>;
  /** The column that holds the user id; null: guessed. */
  readonly idColumn: string | null;
  /** The type of the source's own ids, such as `crm.id`. */
  readonly ownIdType: string;
}

/** What each column is taken for; columns may turn up at any time, the first that is guessed to be something has it. */
export class ColumnTargets {
  private readonly targets = new Map<string, ColumnTarget>();
  private readonly taken = new Set<string>();

  constructor(private readonly rules: ColumnRules) {
    for (const [column, text] of rules.mapped) this.take(column, targetOf(text));
    if (rules.idColumn !== null) this.take(rules.idColumn, { kind: 'userId' });
  }

  of(column: string): ColumnTarget {
    return this.targets.get(column) ?? this.guess(column);
  }

  /** `[column, target]` in the words of `--map`, in the order in which they turned up. */
  shown(): readonly (readonly [column: string, target: string])[] {
    return [...this.targets].map(([column, target]) => [column, shownTarget(target)]);
  }

  private guess(column: string): ColumnTarget {
    const known = TARGET_OF.get(column.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''));
    const target = known === 'id' ? ({ kind: 'identifier', type: this.rules.ownIdType } as const) : targetOf(known ?? column);
    const own: ColumnTarget = { kind: 'trait', key: column };
    const chosen = known === undefined || this.taken.has(shownTarget(target)) ? own : target;
    this.targets.set(column, chosen);
    this.taken.add(shownTarget(chosen));
    return chosen;
  }

  private take(column: string, target: ColumnTarget): void {
    const shown = shownTarget(target);
    if (target.kind !== 'ignored' && this.taken.has(shown)) throw new FileFault(`Two columns are mapped to ${shown}.`);
    this.targets.set(column, target);
    this.taken.add(shown);
  }
}

/** The type that a source's own ids have. */
export function ownIdType(source: string): string {
  const name = identifierTypeOf(source) ?? 'source';
  const type = `${name}.id`;
  return isIdentifierType(type) ? type : 'source.id';
}

function targetOf(text: string): ColumnTarget {
  if (Object.hasOwn(NAMED, text)) return NAMED[text] as ColumnTarget;
  if (text.includes('.') && isIdentifierType(text)) return { kind: 'identifier', type: text };
  return { kind: 'trait', key: text };
}

function shownTarget(target: ColumnTarget): string {
  if (target.kind === 'trait') return target.key;
  if (target.kind === 'identifier') return target.type;
  return Object.keys(NAMED).find((name) => NAMED[name]?.kind === target.kind) ?? target.kind;
}
