import type { DocumentNode } from 'graphql';

/** Parsed documents take some 30 KB each, far more than their text. */
const MOST_DOCUMENTS = 500;

/** The documents that were parsed and found valid last, by the hash of their text; the one that was asked for longest ago goes first. */
export class DocumentStore {
  private readonly documents = new Map<string, DocumentNode>();

  get(hash: string): Promise<DocumentNode | undefined> {
    const document = this.documents.get(hash);
    if (document) this.keep(hash, document);
    return Promise.resolve(document);
  }

  set(hash: string, document: DocumentNode): Promise<void> {
    this.keep(hash, document);
    if (this.documents.size > MOST_DOCUMENTS) this.documents.delete(this.documents.keys().next().value as string);
    return Promise.resolve();
  }

  delete(hash: string): Promise<boolean> {
    return Promise.resolve(this.documents.delete(hash));
  }

  private keep(hash: string, document: DocumentNode): void {
    this.documents.delete(hash);
    this.documents.set(hash, document);
  }
}
