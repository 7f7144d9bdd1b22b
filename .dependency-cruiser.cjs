// Who may import whom. Each rule is proven by a planted violation in scripts/check-architecture.test.ts.

/** Suites that run against several implementations of one port: test code, though not named *.test.ts. */
const CONTRACT_SUITES = "^src/.+/contract/";

/** What tests set up is no part of the product. */
const FIXTURES = "^src/.+/testing/";

const forbid = (name, from, to) => ({ name, severity: "error", from: { path: from, pathNot: CONTRACT_SUITES }, to });

/** Everything but `allowed` is forbidden: our own modules and npm packages alike. Node's modules only where said. */
const only = (name, from, allowed) => forbid(name, from, { pathNot: allowed });
const onlyAndNode = (name, from, allowed) => forbid(name, from, { pathNot: allowed, dependencyTypesNot: ["core"] });

/** Of our own modules only `allowed`; any npm package and Node. */
const onlyOurs = (name, from, allowed) => forbid(name, from, { path: OURS, pathNot: allowed });

const OURS = "^(src|simulators|scripts|bench|e2e|prisma)/";
const npm = (...names) => `node_modules/(${names.join("|")})/`;

/** src/server/<verb folder>/..., and files such as src/server/errors.ts. */
const VERBS = "^src/server/(?!(api|adapters|db|testing)/|runtime\\.ts$)";
/**
 * The floors of the verbs, bottom up: each knows itself and those before it, so that no two folders know each other.
 * Pages read on top of all; runtime.ts joins them and stands outside.
 */
const FLOORS = [
  "(errors|refs|report-failure|bot-context|ports)\\.ts$|^src/server/(ports|http)/",
  ...[
    "audit",
    "tenant",
    "live",
    "market",
    "venues",
    "books",
    "orders",
    "health",
    "models",
    "cycle",
    "looks",
    "steering",
    "trials",
    "auth",
    "bots",
    "accounts",
    "demo",
    "views",
    "exports",
  ].map((name) => `${name}/`),
].map((floor) => `^src/server/${floor}`);

const MODE_FOLDERS = "^src/trading/decision/modes/[^/]+/";
const LEAVES = "^src/inngest/(client|events)\\.ts$";
const GENERATED = "^src/server/db/generated/";

module.exports = {
  forbidden: [
    only("trading-is-pure", "^src/trading/", ["^src/trading/", npm("decimal\\.js", "zod")]),
    forbid("modes-through-the-registry", "^(?!src/trading/decision/modes/)", { path: MODE_FOLDERS }),
    forbid("modes-stay-apart", "^src/trading/decision/modes/([^/]+)/", {
      path: "^src/trading/decision/modes/",
      pathNot: "^src/trading/decision/modes/$1/",
    }),
    only("contracts-know-only-trading", "^src/contracts/", ["^src/(contracts|trading)/", npm("zod", "@zxcvbn-ts")]),
    only("env-is-a-leaf", "^src/(env\\.js$|environment/)", ["^src/environment/", npm("zod")]),

    onlyOurs("adapters-know-trading-and-db", "^src/server/adapters/", ["^src/trading/", "^src/server/(adapters|db)/"]),
    forbid("adapters-stay-apart", "^src/server/adapters/([^/]+)/", {
      path: "^src/server/adapters/",
      pathNot: "^src/server/adapters/$1/",
    }),
    forbid("ccxt-in-one-place", "^src/(?!server/adapters/exchange/load-ccxt\\.ts$)", {
      path: npm("ccxt"),
      dependencyTypesNot: ["type-only"],
    }),
    forbid("model-sdk-in-one-place", "^src/(?!server/adapters/model/open-client\\.ts$)", {
      path: npm("@anthropic-ai/sdk"),
      dependencyTypesNot: ["type-only"],
    }),
    onlyOurs("db-knows-trading", "^src/server/db/", [
      "^src/server/(db/|errors\\.ts$)",
      "^src/trading/",
      "^src/env\\.js$",
    ]),
    forbid("generated-client-through-db", "^(?!src/server/db/)", { path: GENERATED }),
    forbid("prisma-through-db", "^src/(?!server/db/)", { path: npm("@prisma", "\\.prisma") }),
    onlyOurs("verbs-take-ports-as-arguments", VERBS, [
      VERBS,
      "^src/(trading|contracts)/",
      "^src/server/db/(?!generated/)",
    ]),
    ...FLOORS.slice(0, -1).map((floor, index) =>
      forbid("floors-know-those-below", floor, { path: FLOORS.slice(index + 1) }),
    ),
    forbid("verbs-stand-on-a-floor", VERBS, { path: VERBS, pathNot: FLOORS }),
    onlyOurs("routers-are-thin", "^src/server/api/routers/", ["^src/server/api/", VERBS, "^src/contracts/"]),
    forbid("people-for-administrators", "^src/server/(?!api/routers/admin\\.ts$|views/people/)", {
      path: "^src/server/views/people/",
    }),
    onlyOurs("api-is-assembled-from-routers", "^src/server/api/(?!routers/)", [
      "^src/server/(api/|runtime\\.ts$)",
      VERBS,
      "^src/(contracts|trading)/",
    ]),
    onlyOurs("runtime-joins-ports-and-adapters", "^src/server/runtime\\.ts$", [
      "^src/server/(adapters|db)/(?!generated/)",
      VERBS,
      "^src/(trading|contracts)/",
      "^src/env\\.js$",
      LEAVES,
    ]),

    onlyOurs("inngest-orders-the-cycle", "^src/inngest/(?!embedded/)", [
      "^src/inngest/",
      "^src/server/(models/|cycle/|looks/|steering/|venues/|health/|http/|runtime\\.ts$)",
      "^src/(trading|contracts)/",
      "^src/env\\.js$",
    ]),
    onlyOurs("inngest-leaves-stay-leaves", LEAVES, [
      LEAVES,
      "^src/inngest/embedded/",
      "^src/(trading|contracts)/",
      "^src/env\\.js$",
    ]),
    onlyAndNode("embedded-runner-knows-no-product", "^src/inngest/embedded/", [
      "^src/inngest/embedded/",
      "^src/env\\.js$",
      npm("pg", "@types/pg", "inngest", "cron-parser"),
    ]),

    forbid("components-know-router-types-only", "^src/components/", {
      path: "^src/(server|inngest|env\\.js$)",
      dependencyTypesNot: ["type-only"],
    }),
    onlyOurs("components-know-contracts-and-trading", "^src/components/", [
      "^src/(components|contracts|trading|trpc)/",
      "^src/server/api/root\\.ts$",
    ]),
    forbid("browser-trpc-knows-router-types-only", "^src/trpc/(?!server\\.tsx?$)", {
      path: "^src/server/",
      dependencyTypesNot: ["type-only"],
    }),
    onlyOurs("trpc-knows-the-api", "^src/trpc/", ["^src/(trpc|contracts|trading)/", "^src/server/api/"]),
    onlyOurs("pages-go-through-the-api", "^src/app/(?!api/)", [
      "^src/(app|components|contracts|trading|trpc)/",
      "^src/server/(api|auth)/",
    ]),
    onlyOurs("route-handlers-call-one-thing", "^src/app/api/", [
      "^src/app/api/",
      "^src/(contracts|trading)/",
      "^src/server/(api/|runtime\\.ts$)",
      VERBS,
      "^src/inngest/(client|events|hosted|index)\\.ts$",
      "^src/env\\.js$",
    ]),
    onlyOurs("proxy-is-a-gate", "^src/proxy\\.ts$", ["^src/contracts/", "^src/env\\.js$"]),
    onlyAndNode("default-headers-know-the-environment", "^src/default-headers\\.js$", ["^src/env\\.js$"]),
    onlyOurs("supervisor-knows-health", "^src/supervisor/", [
      "^src/supervisor/",
      "^src/server/(health/|db/(raw-sql|connection-settings)\\.ts$)",
    ]),
    forbid("nobody-imports-supervisor", "^(?!src/supervisor/|scripts/|e2e/)", { path: "^src/supervisor/" }),
    onlyOurs("instrumentation-starts-the-runtime", "^src/instrumentation\\.ts$", [
      "^src/server/runtime\\.ts$",
      "^src/inngest/",
      "^src/env\\.js$",
    ]),

    onlyAndNode("simulators-know-trading-only", "^simulators/", ["^simulators/", "^src/trading/"]),
    forbid("nobody-imports-app", "^(?!src/app/|scripts/)", { path: "^src/app/" }),
    forbid("nobody-imports-simulators", "^(?!simulators/|scripts/|bench/|e2e/|prisma/)", { path: "^simulators/" }),
    forbid("nobody-imports-scripts", "^(?!scripts/|bench/|e2e/|prisma/)", { path: "^(scripts|bench|e2e|prisma)/" }),
    {
      ...forbid("product-imports-no-fixture", "^src/", { path: FIXTURES }),
      from: { path: "^src/", pathNot: [FIXTURES, CONTRACT_SUITES] },
    },
    forbid("product-imports-no-contract-suite", ".", { path: CONTRACT_SUITES }),
    forbid("product-needs-no-dev-dependency", "^src/", {
      dependencyTypes: ["npm-dev"],
      dependencyTypesNot: ["type-only"],
      pathNot: "node_modules/@types/",
    }),
    forbid("imports-resolve", ".", { couldNotResolve: true }),
    forbid("no-cycles", ".", { circular: true }),
  ],
  options: {
    tsPreCompilationDeps: true,
    // Packages without a CommonJS form are found under "import" only.
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: ["node_modules", GENERATED] },
    exclude: { path: "\\.(test|spec)\\.tsx?$" },
  },
};
