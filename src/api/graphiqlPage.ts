import { createHash } from 'node:crypto';

/** What a newcomer sees first: one tab a question. */
export const EXAMPLES = [
  `# Who is this customer? One profile, however many identifiers lead to it.
query CustomerByEmail {
  profile(identifier: { type: "email", value: "ada.lovelace@example.com" }) {
    id
    displayName
    email
    phone
    firstSeenAt
    lastSeenAt
    identifiers { type value firstSeenAt lastSeenAt }
    traits
    accounts { externalId name }
    timeline(first: 50) {
      totalCount
      nodes { occurredAt department channel kind summary }
      pageInfo { hasNextPage endCursor }
    }
  }
}
`,
  `# Page through what support and sales had to do with a customer. For the next page, put pageInfo.endCursor into "after".
query TimelinePages($after: String) {
  profile(identifier: { type: "email", value: "ada.lovelace@example.com" }) {
    timeline(first: 10, after: $after, filter: { departments: [SUPPORT, SALES] }) {
      totalCount
      edges { cursor node { occurredAt kind name summary properties subject { type externalId } source { name } } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
`,
  `# An agent's search box: prefixes, typing mistakes, phone numbers in any format.
query Search {
  searchProfiles(text: "lovelase", first: 5) {
    nodes { id displayName email phone lastSeenAt }
  }
}
`,
  `# Why are these identifiers one customer?
query WhyOneCustomer {
  profile(identifier: { type: "email", value: "ada.lovelace@example.com" }) {
    previousIds
    merges { at rule survivorId absorbedId }
    identityGraph {
      nodes { type value }
      links { rule linkedAt from { type value } to { type value } evidence { occurredAt summary } }
    }
  }
}
`,
  `# What hurts, and what next? With asOf, as it stood at a time.
query WhatHurts {
  profile(identifier: { type: "email", value: "rosalind.franklin@example.com" }) {
    displayName
    lifecycleStage
    friction { kind severity message detectedAt resolvedAt evidence { summary } }
    context {
      openConversations { externalId status channel }
      preferredChannel
      suggestions { kind text evidence { summary } }
    }
    experience { nps { latest } csat { latest } healthScore medianFirstReplyMinutes reopens averageSentiment }
    value { orders revenue { amount currency } rfm aliveProbability predictedOrders90d churnRisk }
  }
}
`,
  `# How far ingestion has come, and what it refused.
query Ingestion {
  ingestion { received processed lagMillis deadLetters eventsPerSecond }
  deadLetters(first: 5) { nodes { at code reason message } }
  sources { id name type department }
}
`,
  `# Send a message. To read your own write, put the position into the request header "throughline-position" of the next query.
mutation Ingest {
  ingest(input: { messages: [
    { type: "track", userId: "newcomer-1", event: "Trial Started", properties: { plan: "pro" } }
    { type: "identify", userId: "newcomer-1", traits: { name: "New Comer", email: "new.comer@example.com" } }
  ] }) {
    accepted
    position
  }
}
`,
];

export interface Page {
  readonly html: string;
  /** Content-Security-Policy. */
  readonly policy: string;
}

/**
 * GraphiQL with everything inlined: it asks for nothing but /graphql. A key is filled in where one is given. Its nine megabytes are loaded
 * when it is first asked for; most processes of the API are never visited by a browser.
 */
export async function graphiqlPage(devApiKey: string | null): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const headers = JSON.stringify({ authorization: `Bearer ${devApiKey ?? 'YOUR-API-KEY'}` }, null, 2);
  const page = renderGraphiQL({
    title: 'Throughline',
    endpoint: '/graphql',
    subscriptionsProtocol: 'GRAPHQL_SSE',
    headers,
    defaultTabs: EXAMPLES.map((query) => ({ query, headers })),
    shouldPersistHeaders: false,
    isHeadersEditorEnabled: true,
    defaultEditorToolsVisibility: 'headers',
  });
  const html = page.trimStart();
  return { html, policy: policyOf(html) };
}

/**
 * Everything the page needs is in it, so it may load nothing from anywhere, run no script but its own, and be framed by nobody. Its editor
 * writes styles while it runs, and its workers are made of text.
 */
function policyOf(html: string): string {
  return [
    "default-src 'none'",
    `script-src ${scriptHashes(html).join(' ')}`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    'worker-src blob:',
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** Browsers hash a script as they have read it, each line ended by LF alone. */
function scriptHashes(html: string): string[] {
  const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script = '']) => script.replace(/\r\n?/g, '\n'));
  return scripts.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
}
