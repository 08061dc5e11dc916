import { isJsonObject, type JsonObject } from '../kernel/json';
import { Refusal } from '../kernel/refusals';

/** Where clients put the id of a document: GraphQL over HTTP's own name, and those of Relay's network layers. */
const ID_FIELDS = ['documentId', 'id', 'doc_id'];
const HASH_PREFIX = 'sha256:';

/** The documents that a server runs where it runs no other. */
export class PersistedDocuments {
  private readonly texts: ReadonlySet<string>;

  private constructor(private readonly byId: ReadonlyMap<string, string>) {
    this.texts = new Set(byId.values());
  }

  /**
   * From what builds of clients write: an object of documents by their ids (graphql-codegen, Relay), or Apollo's manifest. Throws a sentence where it is
   * neither.
   */
  static fromJson(json: unknown): PersistedDocuments {
    const entries = isJsonObject(json) ? (json['format'] === APOLLO_FORMAT ? manifestEntries(json) : Object.entries(json)) : [];
    if (entries.length === 0) throw new Error('It must be an object of documents by their ids, or an Apollo persisted query manifest.');
    const byId = new Map<string, string>();
    for (const [id, text] of entries) {
      if (typeof id !== 'string' || typeof text !== 'string') throw new Error(`The document ${JSON.stringify(id)} must be a text.`);
      byId.set(withoutPrefix(id), text);
    }
    return new PersistedDocuments(byId);
  }

  /** The request with the text of its document in `query`. Refuses with DOCUMENT_UNKNOWN. */
  resolve(request: JsonObject): JsonObject {
    const { query, extensions } = request;
    const id = idOf(request);
    const text = id === null ? query : this.byId.get(withoutPrefix(id));
    if (typeof text !== 'string' || text === '' || (id === null && !this.texts.has(text))) {
      throw new Refusal('DOCUMENT_UNKNOWN', id === null ? undefined : 'There is no document with this id.');
    }
    if (!isJsonObject(extensions)) return { ...request, query: text };
    const { persistedQuery: _known, ...others } = extensions;
    return { ...request, query: text, extensions: others };
  }

  /** As `resolve`, for a request that is in the address of a GET; answers the part from `?` on. */
  resolveSearch(search: string): string {
    const parameters = new URLSearchParams(search);
    const extensions = parsed(parameters.get('extensions'));
    const resolved = this.resolve({ ...Object.fromEntries(parameters), ...(extensions !== null && { extensions }) });
    parameters.set('query', String(resolved['query']));
    if (extensions !== null) parameters.set('extensions', JSON.stringify(resolved['extensions']));
    return `?${parameters}`;
  }
}

const APOLLO_FORMAT = 'apollo-persisted-query-manifest';

function manifestEntries({ operations }: JsonObject): (readonly [unknown, unknown])[] {
  return Array.isArray(operations) ? operations.map((operation) => [operation?.id, operation?.body] as const) : [];
}

function idOf({ extensions, ...request }: JsonObject): string | null {
  for (const field of ID_FIELDS) if (typeof request[field] === 'string') return request[field];
  const persisted = isJsonObject(extensions) ? extensions['persistedQuery'] : null;
  const hash = isJsonObject(persisted) ? persisted['sha256Hash'] : null;
  return typeof hash === 'string' ? hash : null;
}

function withoutPrefix(id: string): string {
  return id.startsWith(HASH_PREFIX) ? id.slice(HASH_PREFIX.length) : id;
}

/** Null where it is no object; Apollo says what is wrong with it. */
function parsed(text: string | null): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}
