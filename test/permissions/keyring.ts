import type { System } from '../journeys/system';

/** API keys of a system's first workspace by their scopes, each made when it is first asked for. */
export class Keyring {
  private readonly keys = new Map<string, Promise<string>>();

  constructor(private readonly system: System) {}

  with(scopes: readonly string[]): Promise<string> {
    const name = [...new Set(scopes)].sort().join(' ');
    const key = this.keys.get(name) ?? this.create(name);
    this.keys.set(name, key);
    return key;
  }

  private async create(name: string): Promise<string> {
    const create = 'mutation ($name: String!, $scopes: [String!]!) { createApiKey(input: { name: $name, scopes: $scopes }) { key } }';
    const { data, codes } = await this.system.graphql(create, { name, scopes: name.split(' ') });
    if (codes.length > 0) throw new Error(`No key with ${name}: ${codes.join()}`);
    return data.createApiKey.key;
  }
}
