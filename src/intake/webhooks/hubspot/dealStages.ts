import type { JsonObject } from '../../../kernel/json';
import { known } from '../payload';

/** HubSpot, "Set up and customize your deal pipelines and deal stages": the default pipeline's stages, which are known by name. */
const DEFAULT_STAGES: Readonly<Record<string, string>> = {
  appointmentscheduled: 'Appointment scheduled',
  qualifiedtobuy: 'Qualified to buy',
  presentationscheduled: 'Presentation scheduled',
  decisionmakerboughtin: 'Decision maker bought-in',
  contractsent: 'Contract sent',
  closedwon: 'Closed won',
  closedlost: 'Closed lost',
};

/** A stage by its id; `stage_name` where it is one that every account has at first. */
export function stageOf(stage: string | null): JsonObject {
  return known({ stage, stage_name: stage !== null && Object.hasOwn(DEFAULT_STAGES, stage) ? DEFAULT_STAGES[stage] : null });
}
