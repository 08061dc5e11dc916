import type { Author } from './author';

export interface ConsentRecord {
  readonly identifierId: string;
  readonly purpose: string;
  readonly granted: boolean;
  readonly atMs: number;
  readonly sourceId: number;
}

/** Who is to be left alone, and what customers agreed to. */
export interface PrivacyDesk {
  /** With all identifiers that it has. False where there is no such profile; a merged id means its survivor. */
  suppressProfile(
    workspaceId: number,
    asked: { readonly profileId: string; readonly suppressed: boolean; readonly reason: string | null },
    author: Author,
  ): Promise<boolean>;
  /** Those of these identifiers that are suppressed. */
  readSuppressed(workspaceId: number, identifierIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** What was said last of each purpose by each of these identifiers. */
  readConsents(workspaceId: number, identifierIds: readonly string[]): Promise<readonly ConsentRecord[]>;
}
