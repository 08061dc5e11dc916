import { Arg, Ctx, ID, Resolver, Root, Subscription } from 'type-graphql';
import { innerId } from '../../kernel/ids';
import { Refusal } from '../../kernel/refusals';
import type { Department } from '../../kernel/vocabulary';
import type { Severity } from '../../measures/friction/signal';
import { type ReadableStream, readable } from '../live/liveEvent';
import type { LiveStart } from '../ports/liveEvents';
import type { RequestContext } from '../requestContext';
import { DepartmentEnum } from '../types/enums';
import { SeverityEnum } from '../types/experienceEnums';
import { FrictionSignalType } from '../types/FrictionSignalType';
import { InteractionType } from '../types/InteractionType';
import { ProfileType } from '../types/ProfileType';
import { SegmentMembershipChangeType } from '../types/SegmentMembershipChangeType';
import { segmentOf } from '../types/SegmentType';

const AFTER = 'extensions.eventId of the last event that arrived; what came since then is told first. At least that of the last hour';
/** From the least severe on. */
const SEVERITIES: readonly Severity[] = ['LOW', 'MEDIUM', 'HIGH'];

interface Subscribing<Args> {
  readonly context: RequestContext;
  readonly args: Args & { readonly after?: string | null };
}

@Resolver()
export class LiveSubscriptions {
  @Subscription(() => ProfileType, {
    subscribe: followProfile,
    description: 'The profile anew, whenever something of it changes. Changes within a quarter of a second are one event.',
  })
  profileChanged(
    @Root() profile: ProfileType,
    @Ctx() context: RequestContext,
    @Arg('profileId', () => ID) _profileId: string,
    @Arg('after', () => String, { nullable: true, description: AFTER }) _after: string | null,
  ): ProfileType {
    context.access.need('profiles:read');
    return profile;
  }

  @Subscription(() => InteractionType, {
    subscribe: followInteractions,
    description: 'Each new interaction, in the order they were received: of one profile, or of all.',
  })
  interactionAdded(
    @Root() interaction: InteractionType,
    @Ctx() context: RequestContext,
    @Arg('profileId', () => ID, { nullable: true }) _profileId: string | null,
    @Arg('departments', () => [DepartmentEnum], { nullable: true }) _departments: readonly Department[] | null,
    @Arg('after', () => String, { nullable: true, description: AFTER }) _after: string | null,
  ): InteractionType {
    context.access.need('profiles:read');
    return interaction;
  }

  @Subscription(() => SegmentMembershipChangeType, {
    subscribe: followSegment,
    description: 'Who enters a segment and who leaves it, in the order it was found. The first computation of a segment tells nothing.',
  })
  segmentMembershipChanged(
    @Root() change: SegmentMembershipChangeType,
    @Ctx() context: RequestContext,
    @Arg('segmentId', () => ID) _segmentId: string,
    @Arg('after', () => String, { nullable: true, description: AFTER }) _after: string | null,
  ): SegmentMembershipChangeType {
    needMembers(context);
    return change;
  }

  @Subscription(() => FrictionSignalType, {
    subscribe: followFriction,
    description: 'Each sign of bad experience, once, when it is found in what happened within the last day.',
  })
  frictionDetected(
    @Root() signal: FrictionSignalType,
    @Ctx() context: RequestContext,
    @Arg('minSeverity', () => SeverityEnum, { nullable: true }) _minSeverity: Severity | null,
    @Arg('after', () => String, { nullable: true, description: AFTER }) _after: string | null,
  ): FrictionSignalType {
    context.access.need('profiles:read');
    return signal;
  }
}

async function followProfile({ context, args }: Subscribing<{ profileId: string }>): Promise<ReadableStream> {
  context.access.need('profiles:read');
  const profileId = await knownProfile(context, args.profileId);
  const stream = await context.ports.live.profileChanges(startOf(context, args.after), profileId);
  return readable(stream, async (id, current) => {
    const record = await current.profiles.byId.load(id);
    return record && new ProfileType(record, current);
  });
}

async function followInteractions({
  context,
  args,
}: Subscribing<{ profileId?: string | null; departments?: readonly Department[] | null }>): Promise<ReadableStream> {
  context.access.need('profiles:read');
  const profileId = typeof args.profileId === 'string' ? await knownProfile(context, args.profileId) : null;
  const wanted = { profileId, departments: args.departments ?? null };
  const stream = await context.ports.live.interactions(startOf(context, args.after), wanted);
  return readable(stream, (record, { access, trail }) => {
    trail.sawInteractionOf(record.identifierId);
    return Promise.resolve(new InteractionType(record, !access.seesPersonal));
  });
}

async function followSegment({ context, args }: Subscribing<{ segmentId: string }>): Promise<ReadableStream> {
  needMembers(context);
  const segmentId = innerId('Segment', args.segmentId);
  if (!(await context.segments.byId.load(segmentId))) throw new Refusal('NOT_FOUND', 'There is no such segment.');
  const stream = await context.ports.live.memberships(startOf(context, args.after), segmentId);
  return readable(stream, async ({ profileId, entered, atMs }, current) => {
    const [segment, profile] = await Promise.all([current.segments.byId.load(segmentId), current.profiles.byId.load(profileId)]);
    // Either may be gone since.
    if (!segment || !profile) return null;
    return new SegmentMembershipChangeType({
      segment: segmentOf(current, segment),
      profile: new ProfileType(profile, current),
      entered,
      at: atMs,
    });
  });
}

/** Who is in a segment is told to who may read both. */
function needMembers({ access }: RequestContext): void {
  access.need('segments:read');
  access.need('profiles:read');
}

async function followFriction({ context, args }: Subscribing<{ minSeverity?: Severity | null }>): Promise<ReadableStream> {
  context.access.need('profiles:read');
  const severities = SEVERITIES.slice(SEVERITIES.indexOf(args.minSeverity ?? 'LOW'));
  const stream = await context.ports.live.friction(startOf(context, args.after), severities);
  return readable(stream, async ({ profileId, signalKey }, current) => {
    const record = await current.profiles.byId.load(profileId);
    const signals = record ? await new ProfileType(record, current).friction() : [];
    // A late message may have explained it since.
    return signals.find((signal) => signal.key === signalKey) ?? null;
  });
}

/** Refuses with NOT_FOUND what is no profile of this workspace. */
async function knownProfile(context: RequestContext, id: string): Promise<string> {
  const profileId = innerId('Profile', id);
  if (!(await context.profiles.byId.load(profileId))) throw new Refusal('NOT_FOUND', 'There is no such profile.');
  return profileId;
}

/** Where a stream is to begin, for whoever asks in this context. */
export function startOf({ access, live }: RequestContext, after: string | null | undefined): LiveStart {
  if (!live) throw new Error('A subscription is run where nothing can be streamed.');
  return { workspaceId: access.workspaceId, after: after ?? live.lastEventId, onTooSlow: live.onTooSlow };
}
