import type { WebhookSettings } from './webhookVendor';

/** The first of the names under which the settings hold a text: people look for a secret under the word of its vendor. */
export function secretOf(settings: WebhookSettings, names: readonly string[]): string | null {
  for (const name of names) {
    const value = settings[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}

/** What is wrong with settings that must hold a secret; null where they do. */
export function missingSecret(settings: WebhookSettings, names: readonly string[], what: string): string | null {
  return secretOf(settings, names) === null ? `${names[0]} must be ${what}.` : null;
}
