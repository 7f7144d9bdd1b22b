import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { registerFunction } from "../registry/function-registry";
import { planRouting, type ArrivedEvent } from "./plan-routing";

const FUNCTION = registerFunction({
  id: "app-fn",
  maxAttempts: 5,
  triggers: [{ event: "go", expression: "event.data.kind == 'x'" }],
  singleton: { mode: "skip", key: "event.data.id" },
  cancels: [{ event: "stop", if: "async.data.id == event.data.id" }],
});

let sequence = 0;
const event = (name: string, data: object, ts?: number): ArrivedEvent => {
  sequence += 1;
  const id = `e${sequence}`;
  return { id, name, body: { id, name, data, ts } };
};

describe("planRouting", () => {
  it("starts what the trigger's condition lets through, due at once or at a future ts", () => {
    const events = [
      event("go", { kind: "x", id: 1 }),
      event("go", { kind: "y", id: 2 }),
      event("go", { kind: "x", id: 3 }, 900),
    ];
    const [segment, ...rest] = planRouting([FUNCTION], events, 500);
    expect(rest).toEqual([]);
    expect(segment?.starts.map(({ singleton_key, due_ms }) => [singleton_key, due_ms])).toEqual([
      ["1", 500],
      ["3", 900],
    ]);
  });

  it("cancels by the same typed value: 1 is not '1', and a missing one matches nothing", () => {
    const [start] = planRouting([FUNCTION], [event("go", { kind: "x", id: 1 })], 0);
    const cancels = (data: object) =>
      planRouting([FUNCTION], [event("stop", data)], 0)[0]?.cancels.map(({ key }) => key);
    const ownKey = start?.starts[0]?.cancel_keys[0]?.key;
    expect(cancels({ id: 1 })).toEqual([ownKey]);
    expect(cancels({ id: "1" })).not.toEqual([ownKey]);
    expect(cancels({})).toEqual([]);
    expect(planRouting([FUNCTION], [event("go", { kind: "x" })], 0)[0]?.starts[0]?.cancel_keys).toEqual([]);
  });

  it("keeps the order of starts and cancels, whatever the mix", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("go", "stop"), { maxLength: 30 }), (names) => {
        const events = names.map((name) => event(name, { kind: "x", id: 1 }));
        const segments = planRouting([FUNCTION], events, 0);
        const planned = segments.flatMap(({ starts, cancels }) =>
          [...starts, ...cancels].map(({ event_id }) => event_id),
        );
        expect(planned).toEqual(events.map(({ id }) => id));
      }),
    );
  });

  it("gives the same run id for the same function and event, and long keys a fixed length", () => {
    const long = event("go", { kind: "x", id: "k".repeat(10_000) });
    const [first, second] = [planRouting([FUNCTION], [long], 0), planRouting([FUNCTION], [long], 9)];
    expect(first[0]?.starts[0]?.run_id).toBe(second[0]?.starts[0]?.run_id);
    expect(first[0]?.starts[0]?.singleton_key?.length).toBeLessThan(100);
  });
});
