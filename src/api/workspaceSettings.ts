import { type IdentityRules, identityRulesFromJson } from '../identity/rules';
import type { Clock } from '../kernel/clock';
import type { JsonObject } from '../kernel/json';
import { Refusal } from '../kernel/refusals';
import type { MeasureSettings } from '../measures/settings';
import { settingsFromJson } from '../measures/settingsFromJson';
import type { SurvivorshipRules } from '../profile/survivorship';
import { survivorshipFromJson } from '../profile/survivorshipFromJson';

/** What the workspace has configured, as far as reading goes by it. */
export interface WorkspaceSettings {
  /** ISO 3166 alpha-2: the country of phone numbers that name none. */
  readonly defaultCountry: string;
  readonly survivorship: SurvivorshipRules;
  readonly identityRules: IdentityRules;
  readonly measures: MeasureSettings;
}

export type SettingsReader = (workspaceId: number) => Promise<{ readonly defaultCountry: string; readonly settings: JsonObject } | null>;

/** Changed settings are noticed within this time. */
const TRUST_MS = 3_000;

/** Settings by workspace, read at most once in a while. */
export class SettingsCache {
  private readonly remembered = new Map<number, { readonly untilMs: number; readonly settings: Promise<WorkspaceSettings> }>();

  constructor(
    private readonly read: SettingsReader,
    private readonly clock: Clock,
  ) {}

  settingsOf(workspaceId: number): Promise<WorkspaceSettings> {
    const nowMs = this.clock();
    const known = this.remembered.get(workspaceId);
    if (known && known.untilMs > nowMs) return known.settings;
    const settings = this.load(workspaceId);
    this.remembered.set(workspaceId, { untilMs: nowMs + TRUST_MS, settings });
    settings.catch(() => this.remembered.delete(workspaceId));
    return settings;
  }

  private async load(workspaceId: number): Promise<WorkspaceSettings> {
    const stored = await this.read(workspaceId);
    // A key's workspace is there; a token may name any.
    if (!stored) throw new Refusal('UNAUTHENTICATED', `There is no workspace ${workspaceId}.`);
    return {
      defaultCountry: stored.defaultCountry,
      survivorship: survivorshipFromJson(stored.settings['survivorship']),
      identityRules: identityRulesFromJson(stored.settings['identityRules']),
      measures: settingsFromJson(stored.settings['experience']).settings,
    };
  }
}
