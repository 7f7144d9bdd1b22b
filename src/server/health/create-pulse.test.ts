import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Pulse } from "~/contracts/pulse";
import { createPulse } from "./create-pulse";

const RUNNER = { part: "runner" as const, since: "2024-01-01T00:00:00.000Z" };
type Seen = Pick<Pulse, "stopped" | "lags">;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const open = () => {
  const looks: { answer(seen: Seen): void; fail(): void }[] = [];
  const pulse = createPulse({
    wallNow: () => Date.now(),
    look: () =>
      new Promise<Seen>((answer, reject) => {
        looks.push({ answer, fail: () => reject(new Error("no answer")) });
      }),
  });
  return { looks, pulse };
};
const settle = () => vi.advanceTimersByTimeAsync(0);

it("tells the first answer at once, and nothing before it", async () => {
  const { looks, pulse } = open();
  const heard: Pulse[] = [];
  pulse.listen((each) => void heard.push(each));
  await vi.advanceTimersByTimeAsync(3000);
  expect(heard).toEqual([]);
  looks[0]?.answer({ stopped: [RUNNER], lags: [] });
  await settle();
  expect(heard).toEqual([{ kind: "pulse", stopped: [RUNNER], lags: [] }]);
});

it("says by itself that the database does not answer, since when, whether looks hang or fail, and when it does again", async () => {
  const { looks, pulse } = open();
  const heard: Pulse[] = [];
  pulse.listen((each) => void heard.push(each));
  looks[0]?.answer({ stopped: [], lags: [] });
  await settle();
  const answeredAt = new Date().toISOString();
  await vi.advanceTimersByTimeAsync(3000);
  looks[1]?.fail();
  await vi.advanceTimersByTimeAsync(3000);
  expect(heard.at(-1)?.stopped).toEqual([{ part: "database", since: answeredAt }]);
  expect(looks).toHaveLength(3);
  looks[2]?.answer({ stopped: [], lags: [] });
  await vi.advanceTimersByTimeAsync(1000);
  expect(heard.at(-1)?.stopped).toEqual([]);
});

it("asks once a second for all who listen, and not at all when nobody does", async () => {
  const { looks, pulse } = open();
  const silences = [1, 2, 3].map(() => pulse.listen(() => undefined));
  for (let second = 0; second < 5; second++) {
    looks.at(-1)?.answer({ stopped: [], lags: [] });
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(looks).toHaveLength(6);
  for (const silence of silences) silence();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(looks).toHaveLength(6);
});

it("blames nobody for the time in which nobody listened", async () => {
  const { looks, pulse } = open();
  const silence = pulse.listen(() => undefined);
  looks[0]?.answer({ stopped: [], lags: [] });
  await settle();
  silence();
  await vi.advanceTimersByTimeAsync(60_000);
  const heard: Pulse[] = [];
  pulse.listen((each) => void heard.push(each));
  await vi.advanceTimersByTimeAsync(2000);
  expect(heard).toEqual([]);
});
