import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { ConfigurationResolvers } from './resolvers/ConfigurationResolvers';
import { DecisionResolvers } from './resolvers/DecisionResolvers';
import { ExperienceResolvers } from './resolvers/ExperienceResolvers';
import { IdentityRulesResolvers } from './resolvers/IdentityRulesResolvers';
import { IngestionResolvers } from './resolvers/IngestionResolvers';
import { JourneyQueries } from './resolvers/JourneyQueries';
import { LiveSubscriptions } from './resolvers/LiveSubscriptions';
import { MatchResolvers } from './resolvers/MatchResolvers';
import { NodeQueries } from './resolvers/NodeQueries';
import { ProfileQueries } from './resolvers/ProfileQueries';
import { ValueQueries } from './resolvers/ValueQueries';
import { AccountType } from './types/AccountType';
import { InteractionType } from './types/InteractionType';
import { ProfileType } from './types/ProfileType';
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
      DecisionResolvers,
      IdentityRulesResolvers,
      MatchResolvers,
      ExperienceResolvers,
      JourneyQueries,
      ValueQueries,
      LiveSubscriptions,
    ],
    orphanedTypes: [ProfileType, InteractionType, AccountType, SourceType],
    validate: false,
    pubSub: NO_TOPICS,
  });
}
