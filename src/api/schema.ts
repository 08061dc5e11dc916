import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { AuditResolvers } from './resolvers/AuditResolvers';
import { ComputedTraitResolvers } from './resolvers/ComputedTraitResolvers';
import { ConfigurationResolvers } from './resolvers/ConfigurationResolvers';
import { DecisionResolvers } from './resolvers/DecisionResolvers';
import { DestinationResolvers } from './resolvers/DestinationResolvers';
import { ErasureResolvers } from './resolvers/ErasureResolvers';
import { ExperienceResolvers } from './resolvers/ExperienceResolvers';
import { IdentityRulesResolvers } from './resolvers/IdentityRulesResolvers';
import { IngestionResolvers } from './resolvers/IngestionResolvers';
import { JourneyQueries } from './resolvers/JourneyQueries';
import { KeyResolvers } from './resolvers/KeyResolvers';
import { LiveSubscriptions } from './resolvers/LiveSubscriptions';
import { MatchResolvers } from './resolvers/MatchResolvers';
import { NodeQueries } from './resolvers/NodeQueries';
import { PrivacyResolvers } from './resolvers/PrivacyResolvers';
import { ProfileQueries } from './resolvers/ProfileQueries';
import { SegmentResolvers } from './resolvers/SegmentResolvers';
import { ValueQueries } from './resolvers/ValueQueries';
import { AccountType } from './types/AccountType';
import { DestinationType } from './types/DestinationType';
import { InteractionType } from './types/InteractionType';
import { ProfileType } from './types/ProfileType';
import { SegmentType } from './types/SegmentType';
import { SourceType } from './types/SourceType';

const refuseTopic = (): never => {
  throw new Error('Subscriptions bring streams of their own; there are no topics.');
};
/** type-graphql wants one wherever there are subscriptions. */
const NO_TOPICS = { publish: refuseTopic, subscribe: refuseTopic };

/** The whole public schema. Inputs are checked where they are used, so type-graphql validates nothing of its own. */
export function buildSchema(): GraphQLSchema {
  return buildSchemaSync({
    resolvers: [
      ProfileQueries,
      NodeQueries,
      IngestionResolvers,
      ConfigurationResolvers,
      KeyResolvers,
      DecisionResolvers,
      DestinationResolvers,
      PrivacyResolvers,
      IdentityRulesResolvers,
      MatchResolvers,
      ErasureResolvers,
      ExperienceResolvers,
      JourneyQueries,
      ValueQueries,
      LiveSubscriptions,
      SegmentResolvers,
      ComputedTraitResolvers,
      AuditResolvers,
    ],
    orphanedTypes: [ProfileType, InteractionType, AccountType, SourceType, DestinationType, SegmentType],
    validate: false,
    pubSub: NO_TOPICS,
  });
}
