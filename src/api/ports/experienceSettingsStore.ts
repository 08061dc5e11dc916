import type { JsonObject } from '../../kernel/json';
import type { Author } from './author';

export interface ExperienceSettingsStore {
  /** Keeps settings that have no fault; all customers are told of anew in the background. The same settings again change nothing. */
  setSettings(workspaceId: number, settings: JsonObject, author: Author): Promise<void>;
}
