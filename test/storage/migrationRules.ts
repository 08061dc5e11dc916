/** A statement of a migration that would hold up, or break, processes that work on while it runs. */
export interface Unsafe {
  readonly rule: 'CONTRACTS' | 'REWRITES' | 'SCANS' | 'INDEXES' | 'LOCKS' | 'TRANSACTION';
  readonly statement: string;
}

interface Rule {
  readonly rule: Unsafe['rule'];
  readonly pattern: RegExp;
  /** Which group of the pattern names the table; what is made in the same migration is nobody's yet. */
  readonly table: number;
  readonly except?: RegExp;
}

const NAME = '(?:public\\.)?"?(\\w+)"?';

/** docs/operations.md says them in words. */
const RULES: readonly Rule[] = [
  { rule: 'CONTRACTS', pattern: new RegExp(`^drop table (?:if exists )?${NAME}`), table: 1 },
  { rule: 'CONTRACTS', pattern: new RegExp(`^alter table (?:only )?${NAME}.* (?:drop column|drop constraint|rename)\\b`), table: 1 },
  { rule: 'CONTRACTS', pattern: /^(?:drop (?:function|view|sequence|type)|revoke) /, table: 0, except: / from public$/ },
  { rule: 'REWRITES', pattern: new RegExp(`^alter table (?:only )?${NAME}.* alter (?:column )?\\w+ (?:set data )?type `), table: 1 },
  { rule: 'REWRITES', pattern: new RegExp(`^alter table (?:only )?${NAME}.* add column .* (?:generated |default [^,]*\\()`), table: 1 },
  { rule: 'REWRITES', pattern: new RegExp(`^alter table (?:only )?${NAME}.* add column (?!.* default )[^,]* not null`), table: 1 },
  { rule: 'REWRITES', pattern: new RegExp(`^(?:cluster|vacuum full) ${NAME}`), table: 1 },
  { rule: 'SCANS', pattern: new RegExp(`^alter table (?:only )?${NAME}.* alter (?:column )?\\w+ set not null`), table: 1 },
  {
    rule: 'SCANS',
    pattern: new RegExp(`^alter table (?:only )?${NAME}.* add (?:constraint|check|foreign key|unique|primary key|exclude)\\b`),
    table: 1,
    except: / not valid$| using index /,
  },
  { rule: 'SCANS', pattern: new RegExp(`^(?:update|delete from) (?:only )?${NAME}`), table: 1 },
  { rule: 'INDEXES', pattern: new RegExp(`^create (?:unique )?index (?!concurrently)(?:.* )?on (?:only )?${NAME}`), table: 1 },
  { rule: 'INDEXES', pattern: new RegExp(`^reindex (?!.*concurrently).* ${NAME}`), table: 1 },
  { rule: 'LOCKS', pattern: new RegExp(`^lock (?:table )?(?:only )?${NAME}`), table: 1 },
];

/** What is unsafe in a migration, by its statements in order. */
export function unsafeStatements(name: string, statements: readonly string[], isInTransaction: boolean): Unsafe[] {
  const own = new Set<string>();
  const found: Unsafe[] = [];
  for (const statement of statements.flatMap(splitStatements).map(normalised)) {
    const made = /^create (?:unlogged )?table (?:if not exists )?(?:public\.)?"?(\w+)"?/.exec(statement);
    if (made) own.add(made[1] as string);
    for (const { rule, pattern, table, except } of RULES) {
      const match = pattern.exec(statement);
      if (match === null || except?.test(statement)) continue;
      const isOwn = table > 0 && own.has(match[table] as string);
      if (!isOwn && !(rule === 'CONTRACTS' && name.startsWith('Contract'))) found.push({ rule, statement });
    }
    if (/ concurrently /.test(statement) && isInTransaction) found.push({ rule: 'TRANSACTION', statement });
  }
  return found;
}

/** At semicolons outside of quotations. */
function splitStatements(text: string): string[] {
  const statements: string[] = [];
  let current = '';
  const tokens = text.match(/--[^\n]*|\$(\w*)\$[\s\S]*?\$\1\$|'(?:[^']|'')*'|;|[^;$'-]+|[\s\S]/g) ?? [];
  for (const token of tokens) {
    if (token === ';') {
      statements.push(current);
      current = '';
    } else if (!token.startsWith('--')) current += token;
  }
  return [...statements, current].filter((statement) => statement.trim() !== '');
}

function normalised(statement: string): string {
  return statement.replace(/\s+/g, ' ').trim().toLowerCase();
}
