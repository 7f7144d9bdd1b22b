import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HEALTH_FRESH_MS, isOutage, judgeLook, type VenueHealth, type VenueState } from "./venue-health";

const MINUTE_MS = 60_000;
const BEGIN = 1_000_000_000;

type Look = { readonly state: VenueState; readonly at: number };

const message = (state: VenueState): string | null => (state === "ok" ? null : `It is ${state}.`);
const watch = (looks: readonly Look[]) => {
  const changes: string[] = [];
  let health: VenueHealth | null = null;
  for (const { state, at } of looks) {
    const judged = judgeLook(health, { state, message: message(state), checkedAt: at });
    if (judged.isChange) changes.push(judged.state);
    health = judged;
  }
  return { health, changes };
};
/** Looks a minute apart: . answers, x does not, m is closed, _ is a minute without a look. */
const looksOf = (text: string): Look[] =>
  text.split("").flatMap((letter, index): Look[] => {
    if (letter === "_") return [];
    const state = letter === "x" ? "unreachable" : letter === "m" ? "maintenance" : "ok";
    return [{ state, at: BEGIN + index * MINUTE_MS }];
  });
const outcome = (text: string) => {
  const { health, changes } = watch(looksOf(text));
  const now = BEGIN + (text.length - 1) * MINUTE_MS;
  return { isOut: health !== null && isOutage(health, now), changes: changes.join(" ") };
};

describe("judgeLook", () => {
  it.each<[string, string, boolean, string]>([
    ["answers", "...", false, ""],
    ["one failed look", "..x", false, ""],
    ["one failed look, the very first", "x", false, ""],
    ["one failed look, and well again", "..x.", false, ""],
    ["every second look failing", "x.x.x.x", false, ""],
    ["two failed looks in a row", "..xx", true, "unreachable"],
    ["an outage that goes on is told once", "..xxxx", true, "unreachable"],
    ["one answer ends it at once", "..xxx.", false, "unreachable ok"],
    ["one failed look after it ended", "..xxx.x", false, "unreachable ok"],
    ["maintenance is said by the venue itself, at once", ".m", false, "maintenance"],
    ["maintenance and then a failed look", ".mx", false, "maintenance"],
    ["an outage that nobody watched any more", "..xx___", false, "unreachable"],
    ["two failed looks with a time between in which nobody looked", ".x___x", false, ""],
    ["an old outage and one new failed look", ".xx___x", false, "unreachable"],
    ["an old outage and two new failed looks", ".xx___xx", true, "unreachable"],
  ])("%s: %s", (_case, text, isOut, changes) => {
    expect(outcome(text)).toEqual({ isOut, changes });
  });

  it("an outage lasts since the first look that failed", () => {
    const { health } = watch(looksOf("..xxx"));
    expect(health).toMatchObject({ state: "unreachable", since: BEGIN + 2 * MINUTE_MS, suspectedAt: null });
  });

  it("two looks at one moment are one: what held up the first held up the second", () => {
    const looks: Look[] = [0, 9_999].map((after) => ({ state: "unreachable", at: BEGIN + after }));
    expect(watch(looks).health).toMatchObject({ state: "ok", suspectedAt: BEGIN });
    expect(watch([...looks, { state: "unreachable", at: BEGIN + 10_000 }]).changes).toEqual(["unreachable"]);
  });

  it("whatever was seen before: an outage needs two fresh failed looks in a row, and one answer ends it", () => {
    const states = fc.constantFrom<VenueState>("ok", "unreachable", "maintenance");
    const steps = fc.array(fc.record({ state: states, after: fc.integer({ min: 1, max: 400_000 }) }), { minLength: 1 });
    fc.assert(
      fc.property(steps, (path) => {
        let at = BEGIN;
        const looks = path.map(({ state, after }) => ({ state, at: (at += after) }));
        const { health } = watch(looks);
        const [before, last] = [looks.at(-2), looks.at(-1)];
        if (!health || !last) return;
        const areBothSilent = last.state === "unreachable" && before?.state === "unreachable";
        const isSpanFresh = before !== undefined && last.at - before.at < HEALTH_FRESH_MS;
        expect(!isOutage(health, last.at) || (areBothSilent && isSpanFresh)).toBe(true);
        expect(health.since).toBeLessThanOrEqual(health.checkedAt);
        expect(health.state === "ok" || health.message !== null).toBe(true);
      }),
    );
  });
});
