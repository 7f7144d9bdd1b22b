import { describe, expect, it, vi } from "vitest";
import { appSpec, tradingSpecs } from "./child-specs";
import { parseStartOptions } from "./start-options";

const VENUE = "0198f3f0-0000-7000-8000-000000000001";
const HANDOVER = {
  databaseUrl: "postgresql://a:b@127.0.0.1:5432/a",
  venueId: VENUE,
  marketPort: 4010,
  modelPort: 4011,
  authSecret: "0123456789abcdef0123456789abcdef",
  modelSecrets: "local:secret",
};
const HOSTED = { RUNNER: "inngest", INNGEST_DEV: "1" };
const demoOf = ({ env }: ReturnType<typeof appSpec>) => [env["DEMO_VENUE_ID"], env["DEMO_MARKET_URL"]];

describe("npm start", () => {
  it("starts the embedded runner, and no market's address goes to the app, where nothing else is set", () => {
    const options = parseStartOptions([], {});
    expect(tradingSpecs(HANDOVER, options).map(({ name }) => name)).toEqual(["market", "runner"]);
    expect(demoOf(appSpec(HANDOVER, options))).toEqual([undefined, undefined]);
  });

  it("gives every process a small nursery, where Node's own keeps 48 MB of garbage, and no code that grows for hours", () => {
    const options = parseStartOptions([], {});
    const specs = [...tradingSpecs(HANDOVER, options), appSpec(HANDOVER, options)];
    for (const { args } of specs) expect(args.slice(0, 2)).toEqual(["--max-semi-space-size=2", "--no-sparkplug"]);
    expect(specs.find(({ name }) => name === "runner")?.args[2]).toBe("--heap-growing-percent=25");
  });

  it("with RUNNER=inngest starts no second runner over the database, and the app finds the demo's market", () => {
    const options = parseStartOptions([], HOSTED);
    expect(tradingSpecs(HANDOVER, options).map(({ name }) => name)).toEqual(["market"]);
    expect(demoOf(appSpec(HANDOVER, options))).toEqual([VENUE, "http://127.0.0.1:4010"]);
    expect(appSpec(HANDOVER, options).args.join(" ")).toContain("--hostname 127.0.0.1");
  });

  it("tells the runner and the app where the scripted model answers, and the market where to serve it", () => {
    for (const variables of [{}, HOSTED]) {
      const options = parseStartOptions([], variables);
      const [market, ...asking] = [...tradingSpecs(HANDOVER, options), appSpec(HANDOVER, options)];
      expect(market?.env["SCRIPTED_MODEL_PORT"]).toBe("4011");
      for (const { env } of asking) expect(env["SCRIPTED_MODEL_URL"]).toBe("http://127.0.0.1:4011");
      for (const { env } of asking) expect(env["MODEL_KEY_SECRETS"]).toBe("local:secret");
    }
  });

  it("lets the demo's bots ask as often as its clock lets them, and in a database of one's own as often as anywhere", () => {
    const paceOf = (variables: Record<string, string | undefined>) =>
      tradingSpecs(HANDOVER, parseStartOptions([], variables)).find(({ name }) => name === "runner")?.env[
        "MODEL_CALLS_PER_MINUTE"
      ];
    expect(paceOf({})).toBe("600");
    expect(paceOf({ DATABASE_URL: "postgresql://app@127.0.0.1/a" })).toBeUndefined();
    vi.stubEnv("MODEL_CALLS_PER_MINUTE", "7");
    expect(paceOf({})).toBe("7");
    vi.unstubAllEnvs();
  });

  it("migrates as DIRECT_URL where no owner is named, and gives no child the owner's address", () => {
    const [app, direct, owner] = ["app", "direct", "owner"].map((role) => `postgresql://${role}@127.0.0.1/a`);
    const databaseOf = (variables: Record<string, string | undefined>) => parseStartOptions([], variables).database;
    expect(databaseOf({})).toBeNull();
    expect(databaseOf({ DATABASE_URL: app })).toEqual({ owner: app, app, direct: app });
    expect(databaseOf({ DATABASE_URL: app, DIRECT_URL: direct })).toEqual({ owner: direct, app, direct });
    const all = { DATABASE_URL: app, DIRECT_URL: direct, OWNER_DATABASE_URL: owner };
    expect(databaseOf(all)).toEqual({ owner, app, direct });
    expect(() => databaseOf({ OWNER_DATABASE_URL: owner })).toThrow(/set DATABASE_URL too/);
    const { env } = appSpec(HANDOVER, parseStartOptions([], all));
    expect(env["DIRECT_URL"]).toBe(HANDOVER.databaseUrl);
  });

  it("lets people register in the demo on this machine only, and says so to the app alone", () => {
    const doorOf = (variables: Record<string, string | undefined>) =>
      appSpec(HANDOVER, parseStartOptions([], variables)).env["REGISTRATION"];
    expect(doorOf({})).toBe("open");
    expect(doorOf({ DATABASE_URL: "postgresql://app@127.0.0.1/a" })).toBeUndefined();
    const others = tradingSpecs(HANDOVER, parseStartOptions([], {}));
    expect(others.filter(({ env }) => "REGISTRATION" in env)).toEqual([]);
    vi.stubEnv("NEXTAUTH_URL", "https://bots.example.org");
    expect(doorOf({})).toBeUndefined();
    vi.unstubAllEnvs();
    vi.stubEnv("REGISTRATION", "invite");
    expect(doorOf({})).toBeUndefined();
    vi.unstubAllEnvs();
  });

  it("refuses Inngest's settings without RUNNER, and RUNNER=inngest without the app that executes", () => {
    expect(() => parseStartOptions([], { INNGEST_DEV: "1" })).toThrow(/^The environment.*\n.*INNGEST_DEV: .*RUNNER/);
    expect(() => parseStartOptions(["--no-app"], HOSTED)).toThrow(/leave out --no-app/);
  });
});
