import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { isJsonObject } from '../../kernel/json';
import { Refusal } from '../../kernel/refusals';
import { settingsFromJson } from '../../measures/settingsFromJson';
import { authorOf } from '../authorOf';
import { ExperienceFigures } from '../experienceFigures';
import { ExperienceArgs } from '../inputs/ExperienceArgs';
import { SetExperienceSettingsInput } from '../inputs/ExperienceInputs';
import type { ReportInterval } from '../ports/experienceReports';
import { reportedSegment } from '../reportedSegment';
import type { RequestContext } from '../requestContext';
import { ExperienceReportType } from '../types/ExperienceReportType';
import { ExperienceSettingsType, SetExperienceSettingsPayloadType } from '../types/ExperienceSettingsType';

const DAY_MS = 86_400_000;
const INTERVAL_MS: Readonly<Record<ReportInterval, number>> = {
  HOUR: DAY_MS / 24,
  DAY: DAY_MS,
  WEEK: 7 * DAY_MS,
  MONTH: 28 * DAY_MS,
  QUARTER: 90 * DAY_MS,
};
const MOST_STEPS = 2_000;
const MAX_SETTINGS_CHARACTERS = 65_536;
const MOST_FAULTS = 10;

@Resolver()
export class ExperienceResolvers {
  @Query(() => ExperienceReportType, {
    description: 'Company-wide measures of customer experience over [from, to). Needs the scope reports:read.',
  })
  async experience(
    @Ctx() context: RequestContext,
    @Args(() => ExperienceArgs) { from: fromMs, to: toMs, segmentId, department, channel, interval }: ExperienceArgs,
  ): Promise<ExperienceReportType> {
    context.access.need('reports:read');
    checkPeriod(fromMs, toMs);
    if (interval && (toMs - fromMs) / INTERVAL_MS[interval] > MOST_STEPS) {
      throw new Refusal('INVALID_INPUT', `interval must cut the period into at most ${MOST_STEPS} steps.`);
    }
    const { timeZone } = context.settings.measures;
    const of = { department: department ?? null, channel: channel ?? null, segmentId: await reportedSegment(context, segmentId) };
    const period = { fromMs, toMs, ...of, interval: interval ?? null, timeZone };
    return new ExperienceReportType(new ExperienceFigures(context, period));
  }

  @Query(() => ExperienceSettingsType, { description: 'Needs the scope reports:read.' })
  async experienceSettings(@Ctx() context: RequestContext): Promise<ExperienceSettingsType> {
    context.access.need('reports:read');
    const workspace = await context.ports.configuration.findWorkspace(context.access.workspaceId);
    const stored = workspace?.settings['experience'];
    return { settings: isJsonObject(stored) ? stored : {} };
  }

  @Mutation(() => SetExperienceSettingsPayloadType, {
    description:
      'Replaces the settings; what is told of customers follows at once, reports over all of them within minutes. Needs the scope admin.',
  })
  async setExperienceSettings(
    @Ctx() context: RequestContext,
    @Arg('input', () => SetExperienceSettingsInput) input: SetExperienceSettingsInput,
  ): Promise<SetExperienceSettingsPayloadType> {
    context.access.need('admin');
    const { settings } = input;
    if (JSON.stringify(settings).length > MAX_SETTINGS_CHARACTERS) throw new Refusal('INVALID_INPUT', 'settings are too large.');
    const { faults } = settingsFromJson(settings);
    if (faults.length > 0) throw new Refusal('INVALID_INPUT', faults.slice(0, MOST_FAULTS).join(' '));
    await context.ports.experienceSettings.setSettings(context.access.workspaceId, settings, authorOf(context));
    return { experienceSettings: { settings } };
  }
}

function checkPeriod(fromMs: number, toMs: number): void {
  if (fromMs >= toMs) throw new Refusal('INVALID_INPUT', 'from must be before to.');
}
