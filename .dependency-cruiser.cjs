/**
 * The floors of src, lowest first. A folder may import what stands before it, never what stands beside or after it.
 * `src/app` composes and may import everything.
 */
const FLOORS = [
  ['kernel'],
  ['intake'],
  ['identity'],
  ['timeline'],
  ['profile'],
  ['measures', 'segments'],
  ['activation'],
  ['storage', 'queue', 'bulk', 'api', 'http'],
  ['app'],
];
const INNER_FLOORS = FLOORS.slice(0, 7).flat();

/** Which folders may know which framework; no other may. */
const FRAMEWORKS = {
  typeorm: ['src/storage', 'migrations'],
  'type-graphql': ['src/api'],
  bullmq: ['src/queue'],
  ioredis: ['src/queue'],
  '@duckdb/node-api': ['src/bulk'],
  fastify: ['src/http', 'src/api', 'src/app'],
  '@apollo/server': ['src/api', 'src/app'],
  jose: ['src/app/signIn'],
  stripe: ['src/intake/webhooks/stripe'],
};
/** Plain libraries that inner floors may use: they do no input or output and do not dictate how code is laid out. Of stripe only the verifier is used. */
const INNER_LIBRARIES = ['libphonenumber-js', 'tinyld', 'stripe', 'standardwebhooks'];

const inside = (folders) => `^src/(${folders.join('|')})/`;
const packages = (names) => `(^|/)node_modules/(${names.join('|')})(/|$)`;

const floorRules = FLOORS.flatMap((folders, index) =>
  folders.map((folder) => ({
    name: `floor-${index}-${folder}`,
    severity: 'error',
    comment: `src/${folder} may import only the floors below it.`,
    from: { path: inside([folder]) },
    to: {
      path: inside([
        ...FLOORS.slice(index)
          .flat()
          .filter((other) => other !== folder),
      ]),
    },
  })),
).filter((rule) => !rule.name.endsWith('-app'));

const frameworkRules = Object.entries(FRAMEWORKS).map(([name, folders]) => ({
  name: `framework-${name}`,
  severity: 'error',
  comment: `Only ${folders.join(', ')} may import ${name}.`,
  from: { pathNot: `^(${folders.join('|')})/` },
  to: { path: packages([name]) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...floorRules,
    ...frameworkRules,
    {
      name: 'inner-floors-know-no-framework',
      severity: 'error',
      from: { path: inside(INNER_FLOORS) },
      to: { path: 'node_modules/', pathNot: packages(INNER_LIBRARIES) },
    },
    {
      name: 'src-stands-on-its-own',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts|workers)/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'GraphQL types refer to one another by nature, through functions that are called later.',
      from: { pathNot: '^src/api/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^(src|workers)/' },
      to: {},
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-undeclared-packages',
      severity: 'error',
      from: { path: '^(src|workers|migrations)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default'] },
  },
};
